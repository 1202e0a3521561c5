import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { roundAt, type Round } from '#lib/teaching/rounds.ts';
import type { Task } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { EVER } from '../learning/enrolments.ts';
import type { Group, Organisation } from './rights.ts';
import type { Assignment } from './tasks.ts';

/** What is looked at in a group: one of its assignments, or a course as a whole. */
export interface Subject {
	/** An assignment's id, or `course:` and the id of a course. */
	key: string;
	course: Course;
	task: Task;
	/** What counts: everything (empty), or only what was done since this instant, ISO 8601 in UTC. */
	since: string;
	/** Absent for a course as a whole. */
	assigned?: { assignment: Assignment; round: Round };
}

const WHOLE: Task = { scope: 'course', lessons: [], requiredScore: null, attempts: null };

/**
 * Everything that can be looked at in a group: what is open and due next comes first, then what has no
 * due day, what is over (the latest first), what has not begun, and at last the courses.
 */
export async function subjectsOf(
	db: Database,
	courses: Course[],
	group: Pick<Group, 'id'>,
	{ timeZone }: Pick<Organisation, 'timeZone'>,
	now: Date,
): Promise<Subject[]> {
	const { assignments } = db.tables;
	const asked = await db.read
		.select()
		.from(assignments)
		.where(and(eq(assignments.groupId, group.id), isNull(assignments.withdrawnAt)))
		.orderBy(asc(assignments.createdAt), asc(assignments.id));
	const assigned = asked.flatMap((assignment): Subject[] => {
		const course = courses.find(({ id }) => id === assignment.course);
		if (!course) return [];
		const round = roundAt({ ...assignment, timeZone }, now);
		const { id: key } = assignment;
		return [{ key, course, task: assignment, since: round.since, assigned: { assignment, round } }];
	});
	assigned.sort((a, b) => {
		const [left, right] = [rankOf(a, now), rankOf(b, now)];
		return left[0] - right[0] || left[1] - right[1];
	});
	const whole = courses.map((course): Subject => ({
		key: `course:${course.id}`,
		course,
		task: WHOLE,
		since: EVER,
	}));
	return [...assigned, ...whole];
}

function rankOf({ assigned }: Subject, now: Date): [place: number, time: number] {
	const { opensAt, closesAt } = assigned!.round;
	if (opensAt > now) return [3, opensAt.getTime()];
	if (!closesAt) return [1, -opensAt.getTime()];
	return closesAt > now ? [0, closesAt.getTime()] : [2, -closesAt.getTime()];
}

/**
 * What an address asks for; what is of use most often when it asks for nothing that there is: the
 * first assignment, else the first course that somebody in the group has begun, else the first.
 */
export async function chosenSubject(
	db: Database,
	subjects: Subject[],
	groupId: string,
	key: string | undefined,
): Promise<Subject> {
	const asked = subjects.find((one) => one.key === key);
	const [first] = subjects;
	if (asked) return asked;
	if (first!.assigned) return first!;
	for (const subject of subjects) if (await isBegun(db, groupId, subject.course.id)) return subject;
	return first!;
}

async function isBegun(db: Database, groupId: string, course: string): Promise<boolean> {
	const { enrolments, members } = db.tables;
	const [one] = await db.read
		.select({ userId: members.userId })
		.from(members)
		.innerJoin(
			enrolments,
			and(
				eq(enrolments.userId, members.userId),
				eq(enrolments.course, course),
				eq(enrolments.since, EVER),
			),
		)
		.where(eq(members.groupId, groupId))
		.limit(1);
	return one !== undefined;
}
