import { and, asc, eq, gt } from 'drizzle-orm';
import * as v from 'valibot';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import {
	firstAnswers as answersIn,
	isSummary,
	keepFirst,
	SUMMARY,
	type FirstAnswer,
	type Finished,
	type Kept,
} from '#lib/progress/first-answers.ts';
import type { Database, Queries } from '../db/database.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';
import { countingIn } from './courses.ts';

/**
 * Keeps the answers of freshly finished attempts where they are the first, in the transaction that
 * stores the events.
 *
 * @param finished in the order in which things happened
 */
export async function keepFirstAnswers(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	finished: Finished[],
): Promise<void> {
	if (finished.length === 0) return;
	const { firstAnswers } = db.tables;
	const [sums] = await tx
		.select()
		.from(firstAnswers)
		.where(
			and(
				eq(firstAnswers.userId, userId),
				eq(firstAnswers.course, course.id),
				eq(firstAnswers.lesson, SUMMARY),
				eq(firstAnswers.step, SUMMARY),
				eq(firstAnswers.item, SUMMARY),
			),
		);
	const kept: Kept = new Map(sums ? [['//', sums]] : []);
	for (const one of finished) keepFirst(kept, one);
	const rows = [...kept.values()];
	const answers = rows.filter((row) => !isSummary(row));
	await insert(db, tx, course, userId, answers);
	const after = rows.find(isSummary);
	if (!after || after === sums) return;
	const { response, earned, possible, at } = after;
	await tx
		.insert(firstAnswers)
		.values({ ...after, userId, course: course.id })
		.onConflictDoUpdate({ target: key(db), set: { response, earned, possible, at } });
}

/** Counts a learner's first answers from all of their events in a course. */
export async function recountFirstAnswers(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
): Promise<void> {
	const { events, firstAnswers } = db.tables;
	const rows = await tx
		.select({ body: events.body, receivedAt: events.receivedAt })
		.from(events)
		.where(and(eq(events.userId, userId), eq(events.course, course.id)));
	const received = rows.map(({ body, receivedAt }) => ({
		event: body as LearnerEvent,
		receivedAt,
	}));
	await tx
		.delete(firstAnswers)
		.where(and(eq(firstAnswers.userId, userId), eq(firstAnswers.course, course.id)));
	await insert(db, tx, course, userId, answersIn(countingIn(course), received));
}

async function insert(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	answers: FirstAnswer[],
): Promise<void> {
	if (answers.length === 0) return;
	await tx
		.insert(db.tables.firstAnswers)
		.values(answers.map((answer) => ({ ...answer, userId, course: course.id })))
		.onConflictDoNothing();
}

function key({ tables: { firstAnswers } }: Database) {
	const { userId, course, lesson, step, item } = firstAnswers;
	return [userId, course, lesson, step, item];
}

/**
 * By course id: the version that answers are counted by, and, while old events are still being
 * counted, the last learner that has been.
 */
const FIRST_ANSWERS_COUNTED = {
	name: 'first-answers-counted',
	schema: v.record(v.string(), v.object({ version: v.string(), after: v.optional(v.string()) })),
} satisfies Setting<v.GenericSchema>;
/** Learners in one transaction: others want to write, too. */
const FEW = 20;

/**
 * Counts what was answered before first answers were kept, and everything anew when a course has
 * changed: a few learners at a time, going on where it was left off.
 *
 * @returns how many learners were counted
 */
export async function catchUpFirstAnswers(
	db: Database,
	courses: Course[],
	goOn: () => boolean = () => true,
): Promise<number> {
	let total = 0;
	for (const course of courses)
		for (let isDone = false; !isDone && goOn();) {
			const counted = await db.tx((tx) => countSome(db, tx, course));
			total += counted;
			isDone = counted < FEW;
		}
	return total;
}

/** @returns how many; fewer than `FEW` when everybody has been counted */
async function countSome(db: Database, tx: Queries, course: Course): Promise<number> {
	const { events } = db.tables;
	const counted = (await readSetting(db, tx, FIRST_ANSWERS_COUNTED)) ?? {};
	const state = counted[course.id];
	const isSame = state?.version === course.version;
	if (isSame && state.after === undefined) return 0;
	const after = (isSame && state.after) || '';
	const people = await tx
		.selectDistinct({ userId: events.userId })
		.from(events)
		.where(and(eq(events.course, course.id), gt(events.userId, after)))
		.orderBy(asc(events.userId))
		.limit(FEW);
	for (const { userId } of people) await recountFirstAnswers(db, tx, course, userId);
	const last = people.length < FEW ? {} : { after: people.at(-1)!.userId };
	const value = { ...counted, [course.id]: { version: course.version, ...last } };
	await writeSetting(db, tx, FIRST_ANSWERS_COUNTED, value);
	return people.length;
}
