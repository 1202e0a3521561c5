import { and, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { finishedBy, type Finished } from '#lib/progress/first-answers.ts';
import { noProgress, type LessonProgress, type Progress } from '#lib/progress/progress.ts';
import { apply, inOrder, reduce } from '#lib/progress/reduce.ts';
import { leave, narrate, SILENCE, type Visit } from '#lib/xapi/narrate.ts';
import type { Told } from '#lib/xapi/sayer.ts';
import { reaches } from '#lib/xapi/statement.ts';
import { issueDue } from '../certificates/issue.ts';
import type { Database, Queries, Tables } from '../db/database.ts';
import { inserter } from '../db/insert-many.ts';
import { preparedIn, upserter } from '../db/prepared.ts';
import { countingIn } from '../learning/courses.ts';
import { keepEnrolment, type Counted } from '../learning/enrolments.ts';
import { keepFirstAnswers, recountFirstAnswers } from '../learning/first-answers.ts';
import { indexOwn } from '../lrs/own-index.ts';
import { keepRounds } from '../teaching/rounds.ts';
import { destinationsNow } from './destinations.ts';
import { narratorOf } from './narrators.ts';

/**
 * Counts new events in and stores what there is to say of them, in the transaction that stores the
 * events themselves: either both are on record or neither.
 *
 * @param fresh events that were not on record before
 */
export async function tellOf(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	fresh: LearnerEvent[],
	now: Date,
): Promise<void> {
	if (fresh.length === 0) return;
	const narrator = narratorOf(course, userId);
	// First of all: on PostgreSQL this keeps the learner's other tabs waiting until the end.
	let visit = await openVisit(db, tx, course, userId, now);
	const counted = await countedBefore(db, tx, course, userId, fresh);
	let { progress } = counted;
	const told: Told[] = [];
	const steps: Counted[] = [];
	const finished: Finished[] = [];
	for (const event of inOrder(fresh)) {
		const after = counted.count(progress, event);
		const said = narrate(narrator, progress, after, event, visit);
		told.push(...said.told);
		visit = said.visit;
		const attempt = finishedBy(progress, after, event, now);
		if (attempt) finished.push(attempt);
		progress = after;
		steps.push({ event, progress });
	}
	await counted.keep(progress);
	await keepEnrolment(db, tx, course, userId, steps, now);
	if (counted.isAnew) await recountFirstAnswers(db, tx, course, userId);
	else await keepFirstAnswers(db, tx, course, userId, finished);
	await keepRounds(db, tx, course, userId, now);
	await issueDue(db, tx, (id) => (id === course.id ? course : undefined), userId, now, course.id);
	await keepVisit(db, tx, { userId, course: course.id, visit });
	await storeTold(db, tx, course, userId, told);
}

/**
 * Ends visits in which nothing has happened for a while.
 *
 * @returns how many
 */
export async function endVisits(
	db: Database,
	courses: (id: string) => Course | undefined,
	now = new Date(),
): Promise<number> {
	const { visits } = db.tables;
	const silent = lt(visits.seenAt, new Date(now.getTime() - SILENCE));
	return db.tx(async (tx) => {
		const ended = await tx.select().from(visits).where(silent).limit(200);
		for (const { userId, course: id, visit } of ended) {
			const course = courses(id);
			if (course && visit) {
				const told = leave(narratorOf(course, userId), visit as Visit);
				await storeTold(db, tx, course, userId, told);
			}
			await tx.delete(visits).where(and(eq(visits.userId, userId), eq(visits.course, id)));
		}
		return ended.length;
	});
}

/**
 * Progress before the fresh events, and how to go on from there. A lesson is counted anew from all
 * of its events when it never was, when the course has changed, or when an event came late.
 */
async function countedBefore(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	fresh: LearnerEvent[],
) {
	const { events } = db.tables;
	const counting = countingIn(course);
	const rows = await findStandings(db, tx, { userId, course: course.id });
	const known = new Map(rows.map((row) => [row.lesson, row]));
	const touched = [...new Set(fresh.map((event) => event.lesson))];
	const late = new Set(
		touched.filter((lesson) => {
			const row = known.get(lesson);
			return (
				!row ||
				row.courseVersion !== course.version ||
				fresh.some((event) => event.lesson === lesson && isBefore(event, row))
			);
		}),
	);
	const old = new Map<string, LearnerEvent[]>();
	if (late.size > 0) {
		const freshIds = fresh.map((event) => event.id);
		const found = await tx
			.select({ lesson: events.lesson, body: events.body })
			.from(events)
			.where(
				and(
					eq(events.userId, userId),
					eq(events.course, course.id),
					inArray(events.lesson, [...late]),
					notInArray(events.id, freshIds),
				),
			);
		for (const lesson of late)
			old.set(
				lesson,
				found.filter((row) => row.lesson === lesson).map((row) => row.body as LearnerEvent),
			);
	}
	const lessons: Record<string, LessonProgress> = {};
	for (const row of rows)
		if (!late.has(row.lesson)) lessons[row.lesson] = row.progress as LessonProgress;
	for (const [lesson, theirs] of old) {
		const counted = reduce(counting, theirs).lessons[lesson];
		if (counted) lessons[lesson] = counted;
	}

	const last = new Map<string, LearnerEvent>();
	return {
		progress: { ...noProgress(), lessons } satisfies Progress,
		/** Whether events from before were counted again; a lesson that is new to the learner has none. */
		isAnew: [...old.values()].some((earlier) => earlier.length > 0),
		/** Progress with one more event, in the order in which things happened. */
		count(progress: Progress, event: LearnerEvent): Progress {
			last.set(event.lesson, event);
			const earlier = old.get(event.lesson);
			if (!earlier) return apply(counting, progress, event);
			earlier.push(event);
			const counted = reduce(counting, earlier).lessons[event.lesson];
			return counted
				? { ...progress, lessons: { ...progress.lessons, [event.lesson]: counted } }
				: progress;
		},
		async keep(progress: Progress): Promise<void> {
			for (const lesson of touched) {
				const counted = progress.lessons[lesson];
				if (!counted) continue;
				const latest = inOrder([...(old.get(lesson) ?? []), last.get(lesson)!]).at(-1)!;
				await writeStanding(db, tx, {
					userId,
					course: course.id,
					lesson,
					courseVersion: course.version,
					progress: counted,
					lastAt: latest.at,
					lastId: latest.id,
				});
			}
		},
	};
}

const given = sql.placeholder;
const findStandings = preparedIn<Promise<Tables['lessonStandings']['$inferSelect'][]>>(
	'find_lesson_standings',
	({ tables: { lessonStandings } }, tx) =>
		tx
			.select()
			.from(lessonStandings)
			.where(
				and(
					eq(lessonStandings.userId, given('userId')),
					eq(lessonStandings.course, given('course')),
				),
			),
);
const writeStanding = upserter(
	'lessonStandings',
	['userId', 'course', 'lesson'],
	['courseVersion', 'progress', 'lastAt', 'lastId'],
);

function isBefore(
	{ at, id }: Pick<LearnerEvent, 'at' | 'id'>,
	{ lastAt, lastId }: { lastAt: string; lastId: string },
): boolean {
	return at < lastAt || (at === lastAt && id < lastId);
}

/** Notes that the learner is here. @returns the visit under way, if any */
async function openVisit(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	now: Date,
): Promise<Visit | undefined> {
	const [row] = await arrive(db, tx, { userId, course: course.id, now });
	return (row?.visit ?? undefined) as Visit | undefined;
}

const arrive = preparedIn<Promise<{ visit: unknown }[]>>('arrive', ({ tables: { visits } }, tx) =>
	tx
		.insert(visits)
		.values({ userId: given('userId'), course: given('course'), seenAt: given('now') })
		.onConflictDoUpdate({
			target: [visits.userId, visits.course],
			set: { seenAt: sql`excluded.seen_at` },
		})
		.returning({ visit: visits.visit }),
);
const keepVisit = preparedIn<Promise<unknown>>('keep_visit', ({ tables: { visits } }, tx) =>
	tx
		.update(visits)
		.set({ visit: given('visit') })
		.where(and(eq(visits.userId, given('userId')), eq(visits.course, given('course')))),
);

const insertOwn = inserter<'statements', 'seq' | 'detail' | 'body' | 'storedAt'>(
	'insert_own_statements',
	'statements',
	['id', 'userId', 'course', 'detail', 'storedAt', 'body'],
	['seq', 'detail', 'body', 'storedAt'],
);
const insertWaiting = inserter('insert_outbox', 'outbox', ['destinationId', 'seq'], []);

/** Puts statements into the store, and into the outbox of every destination that they reach. */
async function storeTold(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	told: Told[],
): Promise<void> {
	if (told.length === 0) return;
	await db.hold(tx, 'storing', 'shared');
	// Now, and not when the request came: whatever else was stored until now may have been read already.
	const storedAt = new Date();
	const stored = await insertOwn(
		db,
		tx,
		told.map(({ detail, statement }) => ({
			id: statement.id,
			userId,
			course: course.id,
			detail,
			storedAt,
			body: JSON.stringify(statement),
		})),
	);
	await indexOwn(db, tx, stored);
	const waiting = (await destinationsNow(db, tx)).flatMap(({ id, detail: most }) =>
		stored
			.filter(({ detail }) => detail !== '' && reaches(detail, most))
			.map(({ seq }) => ({ destinationId: id, seq })),
	);
	await insertWaiting(db, tx, waiting);
}
