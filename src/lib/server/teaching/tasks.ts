import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { roundAt, type Round } from '#lib/teaching/rounds.ts';
import { taskStanding, type TaskStanding } from '#lib/teaching/standing.ts';
import type { Database, Queries } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Group, Organisation } from './rights.ts';

export type Assignment = Database['tables']['assignments']['$inferSelect'];

export type EnrolmentRow = Database['tables']['enrolments']['$inferSelect'];

/** An assignment as one learner has it: the round it is in, and where they stand. */
export interface AssignedTask {
	assignment: Assignment;
	group: Pick<Group, 'id' | 'name'>;
	organisation: Pick<Organisation, 'id' | 'name' | 'timeZone'>;
	round: Round;
	standing: TaskStanding;
	/** The figures of the round, where anything was begun. */
	enrolment: EnrolmentRow | undefined;
	/** Whether the round has begun. */
	isOpen: boolean;
	/** Past the end of the due day, and not done. */
	isOverdue: boolean;
}

/**
 * Everything that a learner is asked to do, what is due first at the top. Withdrawn assignments,
 * archived groups and organisations, and courses that this server no longer has are left out.
 */
export async function tasksOf(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	courses: Course[],
	userId: string,
	now: Date,
): Promise<AssignedTask[]> {
	const { enrolments } = db.tables;
	const asked = await askedOf(db, queries, userId);
	const ids = [...new Set(asked.map(({ assignment }) => assignment.course))];
	if (ids.length === 0) return [];
	const theirs = await queries
		.select()
		.from(enrolments)
		.where(and(eq(enrolments.userId, userId), inArray(enrolments.course, ids)));
	const tasks = asked.flatMap(({ assignment, group, organisation }) => {
		const course = courses.find(({ id }) => id === assignment.course);
		if (!course) return [];
		const round = roundAt({ ...assignment, timeZone: organisation.timeZone }, now);
		const enrolment = theirs.find((row) => row.course === course.id && row.since === round.since);
		const standing = taskStanding(assignment, mapOf(course), enrolment);
		const isOver = round.closesAt !== null && round.closesAt <= now;
		return {
			assignment,
			group,
			organisation,
			round,
			standing,
			enrolment,
			isOpen: round.opensAt <= now,
			isOverdue: isOver && standing.standing !== 'done',
		};
	});
	const end = ({ round }: AssignedTask) => round.closesAt?.getTime() ?? Infinity;
	return tasks.sort((a, b) => end(a) - end(b) || (a.assignment.id < b.assignment.id ? -1 : 1));
}

async function askedOf({ tables }: Pick<Database, 'tables'>, queries: Queries, userId: string) {
	const { assignees, assignments, groups, members, organisations } = tables;
	return queries
		.select({
			assignment: assignments,
			group: { id: groups.id, name: groups.name },
			organisation: {
				id: organisations.id,
				name: organisations.name,
				timeZone: organisations.timeZone,
			},
		})
		.from(members)
		.innerJoin(groups, and(eq(groups.id, members.groupId), isNull(groups.archivedAt)))
		.innerJoin(
			organisations,
			and(eq(organisations.id, groups.organisationId), isNull(organisations.archivedAt)),
		)
		.innerJoin(
			assignments,
			and(eq(assignments.groupId, groups.id), isNull(assignments.withdrawnAt)),
		)
		.leftJoin(
			assignees,
			and(eq(assignees.assignmentId, assignments.id), eq(assignees.userId, userId)),
		)
		.where(
			and(
				eq(members.userId, userId),
				or(eq(assignments.forEveryone, true), isNotNull(assignees.userId)),
			),
		);
}
