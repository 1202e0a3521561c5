import { aliasedTable, and, count, desc, eq, gte, isNotNull, isNull, ne, or } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { lessonsOfOutline } from '#lib/course/outline.ts';
import { roundAt, type Round } from '#lib/teaching/rounds.ts';
import { taskStanding, unitsOfTask } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Group, Organisation } from './rights.ts';
import type { Assignment } from './tasks.ts';

/** Where an assignment stands today. */
export type State = 'withdrawn' | 'upcoming' | 'open' | 'past';

export interface Listed {
	assignment: Assignment;
	round: Round;
	state: State;
	/** Members who have done it in this round, and how many are asked. */
	done: number;
	of: number;
	/** Other groups' assignments of the same course to the same people; see `clashesOf`. */
	clashes: Clash[];
}

/** Another group asks some of the same people for the same course, by other terms. */
export interface Clash {
	/** How many of them. */
	members: number;
	dueOn: string | null;
	requiredScore: number | null;
}

type Reading = Pick<Database, 'tables' | 'read'>;

/** A group's assignments, newest first, the withdrawn ones last. Its cost grows with the group alone. */
export async function listAssignments(
	db: Reading,
	courses: Course[],
	group: Pick<Group, 'id'>,
	{ timeZone }: Pick<Organisation, 'timeZone'>,
	now = new Date(),
): Promise<Listed[]> {
	const { assignments } = db.tables;
	const rows = await db.read
		.select()
		.from(assignments)
		.where(eq(assignments.groupId, group.id))
		.orderBy(desc(assignments.createdAt), desc(assignments.id));
	const everyone = await countAsked(db, group.id);
	const sheets = new Map<string, Promise<Sheet>>();
	const others = new Map<string, Promise<Other[]>>();
	const listed: Listed[] = [];
	for (const assignment of rows) {
		const round = roundAt({ ...assignment, timeZone }, now);
		const state = stateOf(assignment, round, now);
		const course = courses.find(({ id }) => id === assignment.course);
		const asked = assignment.forEveryone ? undefined : assignment;
		const of = asked ? await countAsked(db, group.id, asked.id) : everyone;
		const key = asked ? asked.id : assignment.course;
		if (state !== 'withdrawn' && !others.has(key))
			others.set(key, othersOf(db, assignment, asked?.id));
		listed.push({
			assignment,
			round,
			state,
			done: course ? await countDone(db, course, assignment, round, sheets) : 0,
			of,
			clashes: clashesAmong((await others.get(key)) ?? [], assignment, round, now),
		});
	}
	const isOver = ({ state }: Listed) => Number(state === 'withdrawn');
	return listed.sort((a, b) => isOver(a) - isOver(b));
}

export function stateOf({ withdrawnAt }: Assignment, round: Round, now: Date): State {
	if (withdrawnAt) return 'withdrawn';
	if (round.opensAt > now) return 'upcoming';
	return round.closesAt && round.closesAt <= now ? 'past' : 'open';
}

/** How many members a group has, or how many of them an assignment asks. */
async function countAsked(
	{ read, tables: { assignees, members } }: Reading,
	groupId: string,
	assignmentId?: string,
): Promise<number> {
	const all = read.select({ total: count() }).from(members).$dynamic();
	const some = assignmentId
		? all.innerJoin(
				assignees,
				and(eq(assignees.userId, members.userId), eq(assignees.assignmentId, assignmentId)),
			)
		: all;
	const [row] = await some.where(eq(members.groupId, groupId));
	return row?.total ?? 0;
}

/** Who has done most of a course, with their cells: for lessons, which no column counts. */
type Sheet = { userId: string; cells: Database['tables']['enrolments']['$inferSelect']['cells'] }[];

/**
 * How many have done it. A whole course and a final test are counted by the database; chosen lessons
 * from the cells of those who have begun, read once for all assignments of the same round.
 */
async function countDone(
	db: Reading,
	course: Course,
	assignment: Assignment,
	{ since }: Round,
	sheets: Map<string, Promise<Sheet>>,
): Promise<number> {
	const { read, tables } = db;
	const { assignees, enrolments, members } = tables;
	const { groupId, id, scope, requiredScore, forEveryone } = assignment;
	const theirs = and(
		eq(enrolments.userId, members.userId),
		eq(enrolments.course, course.id),
		eq(enrolments.since, since),
	);
	const asked = forEveryone
		? undefined
		: (await read.select().from(assignees).where(eq(assignees.assignmentId, id))).map(
				({ userId }) => userId,
			);
	if (scope === 'lessons') {
		const key = `${course.id}/${since}`;
		const sheet =
			sheets.get(key) ??
			// A query is asked anew each time that it is awaited; its promise only once.
			Promise.resolve(
				read
					.select({ userId: members.userId, cells: enrolments.cells })
					.from(members)
					.innerJoin(enrolments, theirs)
					.where(and(eq(members.groupId, groupId), gte(enrolments.stepsDone, 1))),
			);
		sheets.set(key, sheet);
		const among = asked && new Set(asked);
		return (await sheet).filter(
			({ userId, cells }) =>
				(!among || among.has(userId)) &&
				taskStanding(assignment, mapOf(course), { cells, score: null, testAttempts: 0 })
					.standing === 'done',
		).length;
	}
	// A course without lessons, or without the test asked for, is never done.
	if (unitsOfTask(assignment, mapOf(course)).length === 0) return 0;
	const [row] = await read
		.select({ total: count() })
		.from(members)
		.innerJoin(enrolments, theirs)
		.leftJoin(assignees, and(eq(assignees.assignmentId, id), eq(assignees.userId, members.userId)))
		.where(
			and(
				eq(members.groupId, groupId),
				forEveryone ? undefined : isNotNull(assignees.userId),
				scope === 'course' ? eq(enrolments.standing, 'done') : isNotNull(enrolments.testPassedAt),
				requiredScore === null ? undefined : gte(enrolments.score, requiredScore),
			),
		);
	return row?.total ?? 0;
}

interface Other {
	assignment: Assignment;
	timeZone: string;
	members: number;
}

/** Other groups' assignments of the same course, with how many of this group's people they ask. */
async function othersOf(
	{ read, tables }: Reading,
	{ groupId, course }: Pick<Assignment, 'groupId' | 'course'>,
	onlyAskedBy: string | undefined,
): Promise<Other[]> {
	const { assignees, assignments, groups, members, organisations } = tables;
	const here = aliasedTable(members, 'here');
	const asked = aliasedTable(assignees, 'asked');
	const counted = await read
		.select({ id: assignments.id, members: count() })
		.from(here)
		.innerJoin(members, and(eq(members.userId, here.userId), ne(members.groupId, groupId)))
		.innerJoin(
			assignments,
			and(
				eq(assignments.groupId, members.groupId),
				eq(assignments.course, course),
				isNull(assignments.withdrawnAt),
			),
		)
		.leftJoin(
			assignees,
			and(eq(assignees.assignmentId, assignments.id), eq(assignees.userId, here.userId)),
		)
		.leftJoin(asked, and(eq(asked.assignmentId, onlyAskedBy ?? ''), eq(asked.userId, here.userId)))
		.where(
			and(
				eq(here.groupId, groupId),
				or(eq(assignments.forEveryone, true), isNotNull(assignees.userId)),
				onlyAskedBy === undefined ? undefined : isNotNull(asked.userId),
			),
		)
		.groupBy(assignments.id);
	const others: Other[] = [];
	for (const { id, members: number } of counted) {
		const [row] = await read
			.select({ assignment: assignments, timeZone: organisations.timeZone })
			.from(assignments)
			.innerJoin(groups, and(eq(groups.id, assignments.groupId), isNull(groups.archivedAt)))
			.innerJoin(
				organisations,
				and(eq(organisations.id, groups.organisationId), isNull(organisations.archivedAt)),
			)
			.where(eq(assignments.id, id));
		if (row) others.push({ ...row, members: number });
	}
	return others;
}

/**
 * Where others ask the same people for the same course by another day or another score. Only counts
 * and terms: whose group it is, and who is in it, is not for this group's educators.
 */
function clashesAmong(
	others: Other[],
	{ requiredScore, withdrawnAt }: Assignment,
	{ dueOn }: Round,
	now: Date,
): Clash[] {
	if (withdrawnAt) return [];
	return others
		.map(({ assignment, timeZone, members }) => ({
			members,
			dueOn: roundAt({ ...assignment, timeZone }, now).dueOn,
			requiredScore: assignment.requiredScore,
		}))
		.filter((other) => other.dueOn !== dueOn || other.requiredScore !== requiredScore);
}

/** The same for one assignment. */
export async function clashesOf(
	db: Reading,
	assignment: Assignment,
	round: Round,
	now = new Date(),
): Promise<Clash[]> {
	const others = await othersOf(db, assignment, assignment.forEveryone ? undefined : assignment.id);
	return clashesAmong(others, assignment, round, now);
}

/** Titles of lessons, in the course's order. */
export function lessonTitles(course: Course, ids: string[], language: 'da' | 'en'): string[] {
	return lessonsOfOutline(mapOf(course))
		.filter(({ id }) => ids.includes(id))
		.map(({ id }) => titleOf(course, id, language));
}

function titleOf({ chapters }: Course, id: string, language: 'da' | 'en'): string {
	return (
		chapters.flatMap(({ lessons }) => lessons).find((one) => one.id === id)?.title[language] ?? id
	);
}
