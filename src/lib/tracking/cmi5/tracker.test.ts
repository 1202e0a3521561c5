import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { countingIn, everything } from '../../../../tests/support/everything.ts';
import { startCmi5Lms, type Cmi5Lms } from '../../../../tests/support/cmi5-lms.ts';
import { isDefined } from '../../../../tests/support/cmi5-rules.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { reduce } from '#lib/progress/reduce.ts';
import { courseStanding } from '#lib/progress/completion.ts';
import { outline } from '#lib/course/outline.ts';
import { CMI5, VERBS } from '#lib/xapi/iris.ts';
import { device, visit } from '../../../../tests/support/cmi5-visit.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const all = everything(tiny);
const map = outline(tiny, 'da');
const standingAfter = (events: LearnerEvent[]) =>
	courseStanding(map, reduce(countingIn(tiny), events));
/** With the last of these the course is done. */
const done = all.slice(
	0,
	all.findIndex((_, at) => standingAfter(all.slice(0, at + 1)).standing === 'done') + 1,
);

let lms: Cmi5Lms;
beforeEach(async () => void (lms = await startCmi5Lms()));
afterEach(async () => {
	await lms.close();
});

const verbs = (of = lms.stored) =>
	of
		.filter(isDefined)
		.map(({ verb }) => Object.entries(VERBS).find(([, iri]) => iri === verb.id)![0]);

async function doAll(
	{ tracker }: Awaited<ReturnType<typeof visit>>,
	events: LearnerEvent[],
): Promise<void> {
	for (const event of events) await tracker.record(event);
}
const arrived = (count: number) => vi.waitFor(() => expect(lms.stored).toHaveLength(count));
const terminated = () => vi.waitFor(() => expect(verbs().at(-1)).toBe('terminated'));

describe('a whole course', () => {
	test('is told as the requirements for assignable units ask', async () => {
		const one = await visit(tiny, lms.launch());
		await doAll(one, all);
		await one.until('saved');
		one.tracker.close();
		await terminated();
		expect(lms.complaints).toEqual([]);
		expect(verbs()).toEqual(['initialized', 'completed', 'passed', 'terminated']);
		const own = lms.stored.filter(isDefined).find(({ verb }) => verb.id === VERBS.passed)!;
		expect(own.result).toMatchObject({
			success: true,
			score: { scaled: 1, raw: 100, min: 0, max: 100 },
		});
		expect(own.context.extensions).toMatchObject({
			[CMI5.masteryScore]: 0.5,
			'https://lms.example/tenant': 'north',
		});
		expect(lms.stored.filter((statement) => !isDefined(statement)).length).toBeGreaterThan(20);
	});

	test('goes on with another device, and says nothing twice', async () => {
		const half = Math.floor(all.length / 2);
		const first = await visit(tiny, lms.launch());
		await doAll(first, all.slice(0, half));
		await first.until('saved');
		first.tracker.close();
		await terminated();
		const second = await visit(tiny, lms.launch());
		const progress = await second.tracker.open();
		const before = reduce(countingIn(tiny), all.slice(0, half));
		expect(progress.last).toEqual(before.last);
		expect(courseStanding(map, progress)).toEqual(courseStanding(map, before));
		await doAll(second, all.slice(half));
		await second.until('saved');
		await vi.waitFor(() =>
			expect(JSON.parse(lms.progress()!)).toMatchObject({ said: ['completed', 'passed'] }),
		);
		second.tracker.close();
		await vi.waitFor(() => expect(verbs().filter((one) => one === 'terminated')).toHaveLength(2));
		const third = await visit(tiny, lms.launch());
		third.tracker.close();
		await vi.waitFor(() => expect(verbs().filter((one) => one === 'terminated')).toHaveLength(3));
		expect(verbs().filter((one) => one === 'completed' || one === 'passed')).toHaveLength(2);
		expect(lms.complaints).toEqual([]);
	});
});

test.each(['Browse', 'Review'] as const)('%s: nothing but begun and left', async (mode) => {
	const one = await visit(tiny, lms.launch({ mode }));
	expect(one.tracker.mode).toBe('preview');
	await doAll(one, all);
	await arrived(1);
	expect(one.status()).toEqual({ state: 'idle' });
	one.tracker.close();
	await terminated();
	expect(verbs()).toEqual(['initialized', 'terminated']);
	expect(lms.stored).toHaveLength(2);
	expect(lms.progress()).toBeUndefined();
	expect(lms.complaints).toEqual([]);
});

describe('trouble', () => {
	test('an LMS that is away is told of; everything arrives when it is back', async () => {
		const one = await visit(tiny, lms.launch());
		await arrived(1);
		lms.down = true;
		await doAll(one, all);
		expect(await one.until('offline')).toMatchObject({ state: 'offline' });
		lms.down = false;
		await one.until('saved');
		one.tracker.close();
		await terminated();
		expect(verbs()).toEqual(['initialized', 'completed', 'passed', 'terminated']);
		expect(lms.complaints).toEqual([]);
	});

	test('what an LMS that went away never got is brought by the next visit from this device', async () => {
		const here = device();
		const first = await visit(tiny, lms.launch(), here);
		await arrived(1);
		lms.down = true;
		await doAll(first, all);
		await first.until('offline');
		first.tracker.close();
		lms.down = false;
		const second = await visit(tiny, lms.launch(), { ...here, tab: device().tab });
		await second.until('saved');
		await vi.waitFor(() => expect(verbs()).toContain('passed'));
		second.tracker.close();
		await terminated();
		expect(verbs()).toEqual(['initialized', 'initialized', 'completed', 'passed', 'terminated']);
		const progress = JSON.parse(lms.progress()!) as { progress: string };
		expect(progress.progress).toMatch(/^R1/);
		expect(lms.complaints).toEqual([]);
		expect(lms.stored.length).toBeGreaterThan(20);
	});

	test('an answer that is lost on the way doubles nothing', async () => {
		const one = await visit(tiny, lms.launch());
		await arrived(1);
		lms.forgetful = true;
		await doAll(one, all);
		await one.until('offline');
		lms.forgetful = false;
		await one.until('saved');
		const ids = lms.stored.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(lms.complaints).toEqual([]);
	});

	test('a second launch takes over: the first says so, and writes over nothing', async () => {
		const first = await visit(tiny, lms.launch());
		await arrived(1);
		const second = await visit(tiny, lms.launch());
		await doAll(second, all.slice(0, 4));
		await second.until('saved');
		const record = lms.progress();
		await doAll(first, all.slice(0, 2));
		expect(await first.until('ended')).toMatchObject({ state: 'ended' });
		first.tracker.close();
		expect(lms.progress()).toBe(record);
	});

	test('a reload goes on in the same tab: progress is kept, results are told at the next launch', async () => {
		// An attempt that was begun before has another name after.
		const last = done.findLastIndex(({ type }) => type === 'attempt-began');
		const here = device();
		const address = lms.launch();
		const first = await visit(tiny, address, here);
		await doAll(first, done.slice(0, last));
		await first.until('saved');
		first.tracker.close();
		await terminated();
		const again = await visit(tiny, address, here);
		expect(again.tracker.mode).toBe('ended');
		await doAll(again, done.slice(last));
		await again.until('saved');
		again.tracker.close();
		expect(verbs()).toEqual(['initialized', 'terminated']);
		const next = await visit(tiny, lms.launch(), { ...here, tab: device().tab });
		await vi.waitFor(() =>
			expect(verbs().slice(2).sort()).toEqual(['completed', 'initialized', 'passed']),
		);
		next.tracker.close();
		await terminated();
		expect(lms.complaints).toEqual([]);
	});

	test('a damaged record begins anew; one that cannot be read is not written over', async () => {
		lms.setProgress('{"v":1');
		const one = await visit(tiny, lms.launch());
		expect(one.tracker.mode).toBe('normal');
		lms.setProgress(JSON.stringify({ v: 1, progress: 'R1', seconds: 1, said: [] }));
		one.tracker.close();
	});

	test('an LMS without versions of documents, and one that keeps preferences to itself', async () => {
		lms.plain = true;
		lms.preferences = 403;
		const one = await visit(tiny, lms.launch());
		await doAll(one, all);
		await one.until('saved');
		one.tracker.close();
		await terminated();
		expect(lms.complaints).toEqual([]);
	});
});

test('any history in any number of visits keeps the order of verbs', async () => {
	const cuts = fc.array(fc.nat(all.length), { maxLength: 3 });
	await fc.assert(
		fc.asyncProperty(fc.subarray(all), cuts, async (chosen, cuts) => {
			const registration = crypto.randomUUID();
			// Ids of statements follow from those of events.
			const events = chosen.map((event) => ({ ...event, id: crypto.randomUUID() }));
			const ends = [...cuts.sort((a, b) => a - b), chosen.length];
			let at = 0;
			for (const end of ends) {
				const sessions = lms.sessions.length;
				const one = await visit(tiny, lms.launch({ registration }));
				await doAll(one, events.slice(at, end));
				await one.tracker.leave();
				at = Math.max(at, end);
				const { statements } = lms.sessions[sessions]!;
				await vi.waitFor(() =>
					expect([...verbs(statements), lms.complaints]).toContain('terminated'),
				);
				expect(verbs(statements)[0]).toBe('initialized');
			}
			const said = lms.stored.filter(({ context }) => context.registration === registration);
			const { standing } = standingAfter(events);
			const once = verbs(said).filter((verb) => verb === 'completed' || verb === 'passed');
			expect(once).toEqual(standing === 'done' ? ['completed', 'passed'] : []);
			expect(lms.complaints).toEqual([]);
		}),
		{ numRuns: 5 },
	);
}, 60_000);
