import { aliasedTable, and, asc, count, eq, inArray, sql, sum, type AnyColumn } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { AFTER, BEFORE, CONFIDENCE } from '#lib/course/parts.ts';
import { SUMMARY, type Summary } from '#lib/progress/first-answers.ts';
import type { PairCount } from '#lib/teaching/confidence.ts';
import type { AnswerCount } from '#lib/teaching/items.ts';
import type { Database, Queries } from '../db/database.ts';

/*
 * First answers of those who are in a group now. Every query starts from the group's members and
 * finds their rows by the key of `first_answers`, so that nobody outside the group costs anything.
 */
type Db = Pick<Database, 'tables'>;

/** How many are in the group. */
export async function membersOf({ tables: { members } }: Db, queries: Queries, groupId: string) {
	const [row] = await queries
		.select({ total: count() })
		.from(members)
		.where(eq(members.groupId, groupId));
	return row!.total;
}

/** The sums of each member who has finished something in a course. */
export async function summariesOf(
	{ tables: { firstAnswers, members } }: Db,
	queries: Queries,
	groupId: string,
	course: string,
): Promise<Summary[]> {
	const rows = await queries
		.select({ response: firstAnswers.response })
		.from(members)
		.innerJoin(
			firstAnswers,
			and(
				eq(firstAnswers.userId, members.userId),
				eq(firstAnswers.course, course),
				eq(firstAnswers.lesson, SUMMARY),
				eq(firstAnswers.step, SUMMARY),
				eq(firstAnswers.item, SUMMARY),
			),
		)
		.where(eq(members.groupId, groupId));
	return rows.map(({ response }) => JSON.parse(response) as Summary);
}

/** The answers to each activity of a step, equal ones counted, by the activity's id. */
export async function answersTo(
	{ tables: { firstAnswers, members } }: Db,
	queries: Queries,
	groupId: string,
	{ course, lesson, step }: { course: string; lesson: string; step: string },
): Promise<Map<string, AnswerCount[]>> {
	const { item, response, earned, possible, restEarned, restPossible } = firstAnswers;
	const rest = shareOf(restEarned, restPossible);
	const rows = await queries
		.select({
			item,
			response,
			earned,
			possible,
			count: count(),
			rested: count(rest),
			rest: sum(rest).mapWith(Number),
			restSquares: sum(sql`${rest} * ${rest}`).mapWith(Number),
		})
		.from(members)
		.innerJoin(
			firstAnswers,
			and(
				eq(firstAnswers.userId, members.userId),
				eq(firstAnswers.course, course),
				eq(firstAnswers.lesson, lesson),
				eq(firstAnswers.step, step),
			),
		)
		.where(eq(members.groupId, groupId))
		.groupBy(item, response, earned, possible);
	const answers = new Map<string, AnswerCount[]>();
	for (const { item: id, ...row } of rows) {
		const these = answers.get(id) ?? [];
		these.push({
			...row,
			response: JSON.parse(row.response),
			rest: row.rest ?? 0,
			restSquares: row.restSquares ?? 0,
		});
		answers.set(id, these);
	}
	return answers;
}

/** 0–1; null where there was nothing to earn. In words that both engines understand. */
function shareOf(earned: AnyColumn, possible: AnyColumn) {
	return sql<number | null>`cast(${earned} as double precision) / nullif(${possible}, 0)`;
}

/** Ratings before and after a course of those who answered both times, equal pairs counted. */
export async function confidencePairs(
	{ tables: { firstAnswers, members } }: Db,
	queries: Queries,
	groupId: string,
	course: string,
): Promise<PairCount[]> {
	const [before, after] = [BEFORE, AFTER].map((step) => aliasedTable(firstAnswers, step)) as [
		typeof firstAnswers,
		typeof firstAnswers,
	];
	const isOf = (answers: typeof firstAnswers, step: string) =>
		and(
			eq(answers.userId, members.userId),
			eq(answers.course, course),
			eq(answers.lesson, CONFIDENCE),
			eq(answers.step, step),
		);
	const rows = await queries
		.select({ before: before.response, after: after.response, count: count() })
		.from(members)
		.innerJoin(before, isOf(before, BEFORE))
		.innerJoin(after, isOf(after, AFTER))
		.where(eq(members.groupId, groupId))
		.groupBy(before.response, after.response);
	return rows.map((row) => ({
		before: JSON.parse(row.before) as unknown,
		after: JSON.parse(row.after) as unknown,
		count: row.count,
	}));
}

/**
 * The server's courses as a group is likely to want them: those that it is asked to take come first.
 */
export async function coursesOf(
	{ tables: { assignments } }: Db,
	queries: Queries,
	courses: Course[],
	groupId: string,
): Promise<Course[]> {
	if (courses.length < 2) return courses;
	const rows = await queries
		.selectDistinct({ course: assignments.course })
		.from(assignments)
		.where(
			and(
				eq(assignments.groupId, groupId),
				inArray(
					assignments.course,
					courses.map(({ id }) => id),
				),
			),
		)
		.orderBy(asc(assignments.course));
	const asked = new Set(rows.map(({ course }) => course));
	return [...courses].sort((a, b) => Number(asked.has(b.id)) - Number(asked.has(a.id)));
}
