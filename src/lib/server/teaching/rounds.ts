import { aliasedTable, and, eq, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { roundAt, type Schedule } from '#lib/teaching/rounds.ts';
import type { Database, Queries } from '../db/database.ts';
import { preparedIn, unseen } from '../db/prepared.ts';
import { EVER, recount } from '../learning/enrolments.ts';

const findSchedules = preparedIn<Promise<Schedule[]>>(
	'find_schedules',
	({ tables: { assignees, assignments, groups, members, organisations } }, tx) =>
		tx
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
					eq(assignments.course, unseen('course')),
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
					eq(members.userId, unseen('userId')),
					or(sql`${assignments.forEveryone}`, isNotNull(assignees.userId)),
				),
			),
);

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
	const theirs = await findSchedules(db, tx, { userId, course: course.id });
	const since = new Set(theirs.map((schedule) => roundAt(schedule, now).since));
	since.delete('');
	for (const start of since) await recount(db, tx, course, userId, start);
}

/** Counts in one transaction: others want to write, too. */
const FEW = 20;

/**
 * Counts rounds in which learners have done something that was not counted: when an assignment was
 * changed so that another round has begun, or when somebody joined in the middle of one. What needs
 * no counting costs a look.
 *
 * @param only one assignment; all of them when left out
 * @returns how many were counted
 */
export async function countRounds(
	db: Database,
	courses: Course[],
	{
		only,
		goOn = () => true,
		now = new Date(),
	}: { only?: string; goOn?: () => boolean; now?: Date } = {},
): Promise<number> {
	const { assignments, groups, organisations } = db.tables;
	const again = await db.read
		.select({ assignment: assignments, timeZone: organisations.timeZone })
		.from(assignments)
		.innerJoin(groups, and(eq(groups.id, assignments.groupId), isNull(groups.archivedAt)))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.where(
			and(
				isNotNull(assignments.everyMonths),
				isNull(assignments.withdrawnAt),
				only === undefined ? undefined : eq(assignments.id, only),
			),
		);
	let counted = 0;
	for (const { assignment, timeZone } of again) {
		const { since } = roundAt({ ...assignment, timeZone }, now);
		const course = courses.find(({ id }) => id === assignment.course);
		if (!course || since === EVER || !goOn()) continue;
		const missing = await uncounted(db, assignment, since);
		for (let from = 0; from < missing.length && goOn(); from += FEW) {
			const some = missing.slice(from, from + FEW);
			await db.tx(async (tx) => {
				for (const userId of some) await recount(db, tx, course, userId, since);
			});
			counted += some.length;
		}
	}
	return counted;
}

/** Members who have done something since a round began, and have no figures of it. */
async function uncounted(
	db: Pick<Database, 'tables' | 'read'>,
	{ id, groupId, course, forEveryone }: Database['tables']['assignments']['$inferSelect'],
	since: string,
): Promise<string[]> {
	const { assignees, enrolments, members } = db.tables;
	const ever = aliasedTable(enrolments, 'ever');
	const rows = await db.read
		.select({ userId: members.userId })
		.from(members)
		.innerJoin(
			ever,
			and(
				eq(ever.userId, members.userId),
				eq(ever.course, course),
				eq(ever.since, EVER),
				gte(ever.lastAt, new Date(since)),
			),
		)
		.leftJoin(
			enrolments,
			and(
				eq(enrolments.userId, members.userId),
				eq(enrolments.course, course),
				eq(enrolments.since, since),
			),
		)
		.leftJoin(assignees, and(eq(assignees.assignmentId, id), eq(assignees.userId, members.userId)))
		.where(
			and(
				eq(members.groupId, groupId),
				isNull(enrolments.userId),
				forEveryone ? undefined : isNotNull(assignees.userId),
			),
		);
	return rows.map(({ userId }) => userId);
}
