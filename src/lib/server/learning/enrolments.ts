import { and, asc, eq, gte, ne, sql } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { outline, type Outline } from '#lib/course/outline.ts';
import { enrol, type Enrolment } from '#lib/progress/enrolment.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { noProgress, type Progress } from '#lib/progress/progress.ts';
import { apply } from '#lib/progress/reduce.ts';
import type { Database, Queries, Tables } from '../db/database.ts';
import { preparedIn, upserter } from '../db/prepared.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';
import * as v from 'valibot';
import { countingIn } from './courses.ts';

/** What counts in the enrolment that holds everything ever done. */
export const EVER = '';

const maps = new WeakMap<Course, Outline>();

/** A course's outline, where its language does not matter. */
export function mapOf(course: Course): Outline {
	const known = maps.get(course) ?? outline(course, 'da');
	maps.set(course, known);
	return known;
}

/** One event and the progress that it led to. */
export interface Counted {
	event: LearnerEvent;
	progress: Progress;
}

/**
 * Counts fresh events into a learner's enrolment, in the transaction that stores them. It is counted
 * anew from all events when it never was, when the course has changed, or when an event came late.
 *
 * @param fresh in the order in which things happened
 */
export async function keepEnrolment(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	fresh: Counted[],
	now: Date,
): Promise<void> {
	const [row] = await findEnrolment(db, tx, { userId, course: course.id, since: EVER });
	const isLate = ({ event }: Counted) => !row || Date.parse(event.at) < row.lastAt.getTime();
	if (!row || row.courseVersion !== course.version || fresh.some(isLate))
		return recount(db, tx, course, userId, EVER);
	let enrolment: Enrolment = row;
	for (const { event, progress } of fresh)
		enrolment = enrol(enrolment, mapOf(course), progress, event, now);
	await keep(db, tx, course, userId, EVER, enrolment);
}

/**
 * Counts an enrolment from a learner's events.
 *
 * @param since counts only what was done from this instant on, ISO 8601 in UTC; everything when empty
 */
export async function recount(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	since: string,
): Promise<void> {
	const { enrolments, events } = db.tables;
	const rows = await tx
		.select({ body: events.body, receivedAt: events.receivedAt })
		.from(events)
		.where(
			and(
				eq(events.userId, userId),
				eq(events.course, course.id),
				since === EVER ? undefined : gte(events.at, since),
			),
		)
		.orderBy(asc(events.at), asc(events.id));
	const counting = countingIn(course);
	let progress = noProgress();
	let enrolment: Enrolment | undefined;
	for (const { body, receivedAt } of rows) {
		const event = body as LearnerEvent;
		progress = apply(counting, progress, event);
		enrolment = enrol(enrolment, mapOf(course), progress, event, receivedAt);
	}
	if (enrolment) return keep(db, tx, course, userId, since, enrolment);
	await tx
		.delete(enrolments)
		.where(
			and(
				eq(enrolments.userId, userId),
				eq(enrolments.course, course.id),
				eq(enrolments.since, since),
			),
		);
}

const given = sql.placeholder;
const findEnrolment = preparedIn<Promise<Tables['enrolments']['$inferSelect'][]>>(
	'find_enrolment',
	({ tables: { enrolments } }, tx) =>
		tx
			.select()
			.from(enrolments)
			.where(
				and(
					eq(enrolments.userId, given('userId')),
					eq(enrolments.course, given('course')),
					eq(enrolments.since, given('since')),
				),
			),
);
const writeEnrolment = upserter(
	'enrolments',
	['userId', 'course', 'since'],
	[
		'courseVersion',
		'standing',
		'stepsDone',
		'steps',
		'score',
		'failed',
		'testAttempts',
		'seconds',
		'cells',
		'beganAt',
		'lastAt',
		'progressedAt',
		'doneAt',
		'testPassedAt',
	],
);

async function keep(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	since: string,
	enrolment: Enrolment,
): Promise<void> {
	const key = { userId, course: course.id, since };
	await writeEnrolment(db, tx, { ...enrolment, ...key, courseVersion: course.version });
}

/** Set once every learner from before there were enrolments has been counted. */
const counted: Setting<v.BooleanSchema<undefined>> = {
	name: 'enrolments-counted',
	schema: v.boolean(),
};
/** Enrolments in one transaction: others want to write, too. */
const FEW = 20;

/**
 * Counts what is missing, and what was counted by another version of a course, a few at a time.
 *
 * @returns how many were counted
 */
export async function catchUp(
	db: Database,
	courses: Course[],
	goOn: () => boolean = () => true,
): Promise<number> {
	let total = 0;
	for (const course of courses) {
		const stale = await staleOf(db, course);
		for (let from = 0; from < stale.length && goOn(); from += FEW) {
			await db.tx(async (tx) => {
				for (const { userId, since } of stale.slice(from, from + FEW))
					await recount(db, tx, course, userId, since);
			});
			total += Math.min(FEW, stale.length - from);
		}
	}
	if (goOn()) await db.tx((tx) => writeSetting(db, tx, counted, true));
	return total;
}

async function staleOf(db: Database, course: Course): Promise<{ userId: string; since: string }[]> {
	const { enrolments, events } = db.tables;
	const old = await db.read
		.select({ userId: enrolments.userId, since: enrolments.since })
		.from(enrolments)
		.where(and(eq(enrolments.course, course.id), ne(enrolments.courseVersion, course.version)));
	if (await readSetting(db, db.read, counted)) return old;
	const known = await db.read
		.select({ userId: enrolments.userId })
		.from(enrolments)
		.where(and(eq(enrolments.course, course.id), eq(enrolments.since, EVER)));
	const seen = new Set(known.map(({ userId }) => userId));
	const all = await db.read
		.selectDistinct({ userId: events.userId })
		.from(events)
		.where(eq(events.course, course.id));
	return [
		...old,
		...all.filter(({ userId }) => !seen.has(userId)).map(({ userId }) => ({ userId, since: EVER })),
	];
}
