import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { roundAt } from '#lib/teaching/rounds.ts';
import type { Database, Queries } from '../db/database.ts';
import { recount } from '../learning/enrolments.ts';

/**
 * Counts what a learner has done in every later round of an assignment that comes again, in the
 * transaction that stores their events.
 */
export async function keepRounds(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	now: Date,
): Promise<void> {
	const { assignees, assignments, groups, members, organisations } = db.tables;
	const theirs = await tx
		.select({
			startsOn: assignments.startsOn,
			dueOn: assignments.dueOn,
			everyMonths: assignments.everyMonths,
			timeZone: organisations.timeZone,
		})
		.from(members)
		.innerJoin(
			assignments,
			and(
				eq(assignments.groupId, members.groupId),
				eq(assignments.course, course.id),
				isNotNull(assignments.everyMonths),
				isNull(assignments.withdrawnAt),
			),
		)
		.innerJoin(groups, eq(groups.id, members.groupId))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.leftJoin(
			assignees,
			and(eq(assignees.assignmentId, assignments.id), eq(assignees.userId, members.userId)),
		)
		.where(
			and(
				eq(members.userId, userId),
				or(eq(assignments.forEveryone, true), isNotNull(assignees.userId)),
			),
		);
	const since = new Set(theirs.map((schedule) => roundAt(schedule, now).since));
	since.delete('');
	for (const start of since) await recount(db, tx, course, userId, start);
}
