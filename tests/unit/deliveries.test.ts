import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor, types } from '../../src/lib/activities/registry.ts';
import { localise } from '../../src/lib/course/localise.ts';
import type { Step } from '../../src/lib/course/model.ts';
import { outline } from '../../src/lib/course/outline.ts';
import { unitsOf, withPractice } from '../../src/lib/course/parts.ts';
import { courseStanding, lessonStanding } from '../../src/lib/progress/completion.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { noProgress, type Progress } from '../../src/lib/progress/progress.ts';
import { apply, reduce } from '../../src/lib/progress/reduce.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { openTestSqlite } from '../../src/lib/server/db/testing.ts';
import { store } from '../../src/lib/server/learning/events.ts';
import { progressOf } from '../../src/lib/server/learning/progress.ts';
import { localTracker } from '../../src/lib/tracking/local.ts';
import { memoryQueue } from '../../src/lib/tracking/queue.ts';
import type { Dialect } from '../../src/lib/tracking/scorm/dialect.ts';
import { scorm12 } from '../../src/lib/tracking/scorm/scorm12.ts';
import { scorm2004 } from '../../src/lib/tracking/scorm/scorm2004.ts';
import { strictLms } from '../../src/lib/tracking/scorm/testing.ts';
import { scormTracker } from '../../src/lib/tracking/scorm/tracker.ts';
import type { Launch } from '../../src/lib/tracking/cmi5/launch.ts';
import { allowed } from '../../src/lib/tracking/cmi5/statements.ts';
import { narration } from '../../src/lib/tracking/xapi/narration.ts';
import { courseIri } from '../../src/lib/xapi/iris.ts';
import type { Statement } from '../../src/lib/xapi/statement.ts';
import { CMI5_UNIT, startCmi5Lms } from '../support/cmi5-lms.ts';
import { isDefined } from '../support/cmi5-rules.ts';
import { visit } from '../support/cmi5-visit.ts';
import { countingIn, everything } from '../support/everything.ts';

/** One history, the same record everywhere: however far a learner came, wherever the course runs. */
const course = loadCourse('tests/fixtures/courses/tiny').course!;
const map = outline(course, 'da');
const all = everything(course);
/** As packages have them: in the language of the moment. */
const units = unitsOf(course).map(({ id, steps }) => ({
	id,
	steps: localise(steps as unknown[], 'da') as Step[],
}));

/** What whoever keeps a record must agree on. */
function record(progress: Progress) {
	return {
		course: courseStanding(map, progress),
		lessons: map.chapters
			.flatMap(({ lessons }) => lessons)
			.map((lesson) => lessonStanding(lesson, progress.lessons[lesson.id], map.passMark)),
		seconds: progress.seconds,
		last: progress.last,
	};
}

/**
 * Part of what somebody did who did everything, wrong and right, with attempts left open; visits end
 * anywhere in it.
 */
const histories = fc
	.tuple(fc.subarray(all), fc.array(fc.nat({ max: 40 }), { maxLength: 4 }))
	.map(([events, sizes]): LearnerEvent[][] => {
		const visits: LearnerEvent[][] = [];
		const left = [...events];
		for (const size of sizes) visits.push(left.splice(0, size));
		return [...visits, left];
	});

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()));
afterAll(() => db.close());

/** Our server, as `POST /api/events` keeps what it has checked. */
async function onServer(visits: LearnerEvent[][]) {
	const user = crypto.randomUUID();
	const now = new Date();
	await db.tx((tx) =>
		tx.insert(db.tables.users).values({
			id: user,
			isGuest: true,
			name: '',
			role: 'learner',
			language: 'da',
			createdAt: now,
		}),
	);
	for (const visit of visits)
		if (visit.length > 0)
			await db.tx((tx) =>
				store(
					db,
					tx,
					user,
					visit.map((event) => ({ course, event })),
					now,
				),
			);
	const { statements } = db.tables;
	const told = await db.read
		.select()
		.from(statements)
		.where(eq(statements.userId, user))
		.orderBy(asc(statements.seq));
	return {
		progress: (await progressOf(user, course, db)).progress,
		statements: told
			.filter(({ detail }) => detail !== 'full')
			.map(({ body }) => JSON.parse(body) as Statement),
	};
}

async function onDevice(visits: LearnerEvent[][]): Promise<Progress> {
	const queue = memoryQueue();
	const context = countingIn(course);
	const open = () => localTracker({ course: course.id, context, queue: async () => queue });
	for (const visit of visits) {
		const tracker = open();
		await tracker.open();
		for (const event of visit) await tracker.record(event);
		tracker.close();
	}
	return open().open();
}

async function inLms(dialect: Dialect, visits: LearnerEvent[][]): Promise<Progress> {
	let kept: Record<string, string> = {};
	const launch = async () => {
		const { api, lms } = strictLms(dialect, {
			...kept,
			'cmi.core.entry': kept['cmi.suspend_data'] ? 'resume' : 'ab-initio',
			'cmi.entry': kept['cmi.suspend_data'] ? 'resume' : 'ab-initio',
		});
		const tracker = scormTracker({
			course,
			rules: rulesFor,
			interaction: (activity, response) => types[activity.type]!.interaction(activity, response),
			api,
			dialect,
			gather: 1e6,
		});
		const known = await tracker.open();
		for (const { id, steps } of units) tracker.know({ id, steps });
		return { tracker, lms, known };
	};
	for (const [at, visit] of visits.entries()) {
		const { tracker, lms, known } = await launch();
		const named = namesOfOpen(visits.slice(0, at).flat(), known);
		for (const event of visit) await tracker.record(named(event));
		tracker.close();
		expect(lms.complaints).toEqual([]);
		// What it was told is what the next launch finds.
		kept = Object.fromEntries(lms.data);
	}
	const { tracker, known } = await launch();
	tracker.close();
	return known;
}

/** A visit after the other, each launched and left; what the LMS was told beside what cmi5 defines. */
async function inCmi5(visits: LearnerEvent[][]) {
	const lms = await startCmi5Lms();
	try {
		for (const [at, events] of visits.entries()) {
			const { tracker, until } = await visit(course, lms.launch());
			const named = namesOfOpen(visits.slice(0, at).flat(), await tracker.open());
			for (const event of events) await tracker.record(named(event));
			if (events.length > 0) await until('saved');
			await tracker.leave();
		}
		const { tracker } = await visit(course, lms.launch());
		const progress = await tracker.open();
		await tracker.leave();
		expect(lms.complaints).toEqual([]);
		return { progress, statements: lms.stored.filter((one) => !isDefined(one)) };
	} finally {
		await lms.close();
	}
}

/** Suspend data have no room for ids: an attempt that was left open goes on under another one. */
function namesOfOpen(before: LearnerEvent[], known: Progress) {
	const was = reduce(countingIn(course), before);
	const names = new Map<string, string>();
	for (const [lesson, { steps }] of Object.entries(was.lessons))
		for (const [step, { open }] of Object.entries(steps)) {
			const now = known.lessons[lesson]?.steps[step]?.open ?? [];
			open.forEach(({ id }, at) => names.set(id, now[at]?.id ?? id));
		}
	return (event: LearnerEvent): LearnerEvent =>
		'attempt' in event ? { ...event, attempt: names.get(event.attempt) ?? event.attempt } : event;
}

/** What a package says of a history, visit by visit: what happened, and what it says when it is left. */
function inPackage(visits: LearnerEvent[][]): { told: Statement[]; last: Statement[] }[] {
	const counting = countingIn(course);
	let progress = noProgress();
	return visits.map((events) => {
		const telling = narration({
			course,
			steps: (lesson) => withPractice(units.find(({ id }) => id === lesson)?.steps),
			types: (type) => types[type],
			actor: { account: { homePage: 'https://example.org', name: 'karin' } },
		});
		const told = events.flatMap((event) => {
			const before = progress;
			progress = apply(counting, before, event);
			return telling.tell(event, before, progress);
		});
		return { told, last: telling.leave() };
	});
}

/** The server knows of no visits but by silence: all of it is one. */
const asOneVisit = (visits: LearnerEvent[][]) => inPackage([visits.flat()])[0]!.told;

/** Who only came to a step, or to the items of one, has done nothing to tell of. */
const hasDone = ({ type }: LearnerEvent) => type !== 'step-reached' && type !== 'attempt-began';

/** What of it cmi5 lets a package say, of an assignable unit of this id. */
const inUnit = (visits: LearnerEvent[][], activityId: string) =>
	inPackage(visits)
		.filter((_, at) => visits[at]!.some(hasDone))
		.flatMap(({ told, last }) =>
			allowed({ activityId } as Launch, courseIri(course.id), [...told, ...last]),
		);

/** What a statement says, whoever says it of whom. */
const said = ({ verb, object, result, timestamp }: Statement) => ({
	verb: verb.id,
	object: object.id,
	result,
	timestamp,
});

/** The server keeps an id only once. */
const own = (visits: LearnerEvent[][]) =>
	visits.map((visit) => visit.map((event) => ({ ...event, id: crypto.randomUUID() })));

test('however far one came, every delivery knows it', async () => {
	await fc.assert(
		fc.asyncProperty(histories, async (history) => {
			const visits = own(history);
			const expected = record(reduce(countingIn(course), visits.flat()));
			const server = await onServer(visits);
			expect(record(server.progress)).toEqual(expected);
			expect(record(await onDevice(visits))).toEqual(expected);
			expect(record(await inLms(scorm12, visits))).toEqual(expected);
			expect(record(await inLms(scorm2004, visits))).toEqual(expected);
			const cmi5 = await inCmi5(visits);
			expect(record(cmi5.progress)).toEqual(expected);
			expect(server.statements.map(said)).toEqual(asOneVisit(visits).map(said));
			expect(cmi5.statements.map(said)).toEqual(inUnit(visits, CMI5_UNIT).map(said));
		}),
		{ numRuns: 60 },
	);
}, 120_000);

test('a course that is done is done everywhere, with the same score', async () => {
	const visits = own([all]);
	const expected = record(reduce(countingIn(course), visits.flat()));
	expect(expected.course).toMatchObject({ standing: 'done', score: 100 });
	const server = await onServer(visits);
	for (const progress of [
		server.progress,
		await onDevice(visits),
		await inLms(scorm12, visits),
		await inLms(scorm2004, visits),
		(await inCmi5(visits)).progress,
	])
		expect(record(progress)).toEqual(expected);
});
