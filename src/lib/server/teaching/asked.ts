import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import { isLanguage, type Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { Round } from '#lib/teaching/rounds.ts';
import { taskStanding, type TaskStanding } from '#lib/teaching/standing.ts';
import type { Database, Queries } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Assignment } from './tasks.ts';

/** A member who is asked to do something, as far as a letter needs it. */
export interface Asked {
	userId: string;
	email: string;
	language: Language;
	joinedAt: Date;
	standing: TaskStanding;
}

const BATCH = 500;

/**
 * Who is asked by an assignment and can be written to, with where they stand in a round; a batch at a
 * time, so that a group may be of any size. Who is shut out, or has no address, is left out.
 */
export async function* askedOf(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	course: Course,
	assignment: Assignment,
	{ since }: Pick<Round, 'since'>,
): AsyncGenerator<Asked[]> {
	const { assignees, enrolments, members, users } = db.tables;
	let after = '';
	for (;;) {
		const rows = await queries
			.select({
				userId: users.id,
				email: users.email,
				language: users.language,
				joinedAt: members.joinedAt,
				cells: enrolments.cells,
				score: enrolments.score,
				testAttempts: enrolments.testAttempts,
			})
			.from(members)
			.innerJoin(users, eq(users.id, members.userId))
			.leftJoin(
				assignees,
				and(eq(assignees.assignmentId, assignment.id), eq(assignees.userId, members.userId)),
			)
			.leftJoin(
				enrolments,
				and(
					eq(enrolments.userId, members.userId),
					eq(enrolments.course, course.id),
					eq(enrolments.since, since),
				),
			)
			.where(
				and(
					eq(members.groupId, assignment.groupId),
					gt(members.userId, after),
					isNull(users.disabledAt),
					assignment.forEveryone ? undefined : isNotNull(assignees.userId),
				),
			)
			.orderBy(asc(members.userId))
			.limit(BATCH);
		if (rows.length > 0)
			yield rows.flatMap(({ userId, email, language, joinedAt, cells, score, testAttempts }) => {
				if (email === null) return [];
				const enrolment = cells ? { cells, score, testAttempts: testAttempts ?? 0 } : undefined;
				const standing = taskStanding(assignment, mapOf(course), enrolment);
				const theirs = isLanguage(language) ? language : 'da';
				return [{ userId, email, language: theirs, joinedAt, standing }];
			});
		if (rows.length < BATCH) return;
		after = rows.at(-1)!.userId;
	}
}

/** Members of a group by their addresses; `missing` are those of nobody in it. */
export async function membersByAddress(
	{ tables: { members, users } }: Pick<Database, 'tables'>,
	queries: Queries,
	groupId: string,
	addresses: string[],
): Promise<{ ids: string[]; missing: string[] }> {
	const found = new Map<string, string>();
	for (let from = 0; from < addresses.length; from += BATCH) {
		const rows = await queries
			.select({ id: users.id, email: users.email })
			.from(users)
			.innerJoin(members, and(eq(members.userId, users.id), eq(members.groupId, groupId)))
			.where(inArray(users.email, addresses.slice(from, from + BATCH)));
		for (const { id, email } of rows) if (email) found.set(email, id);
	}
	return {
		ids: [...found.values()],
		missing: addresses.filter((address) => !found.has(address)),
	};
}
