import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { points, type Progress } from '#lib/progress/progress.ts';
import { resume, suspend } from '#lib/progress/suspend.ts';
import type { TrackerStatus } from '../tracker.ts';
import type { RawApi } from './api.ts';
import { scorm12 } from './scorm12.ts';
import { scorm2004 } from './scorm2004.ts';
import { answered, began, course, launch, NAMES, read, shelf, wait } from './testing.ts';

/** How an LMS behaves from now on. */
type Mood =
	| 'well'
	| 'throws'
	| 'fails'
	| 'talks rubbish'
	| 'is read-only'
	| 'has ended the session'
	/** Says that it has stored everything, and has not. */
	| 'lies'
	/** Stores, and says that it could not. */
	| 'denies'
	/** Keeps only so many characters. */
	| { cutsAt: number };
const RUBBISH = [undefined, null, 42, NaN, {}, [], '<html>Log in</html>', 'null', 'undefined', ''];
const ELEMENTS = {
	scorm12: { student: 'cmi.core.student_id', entry: 'cmi.core.entry' },
	scorm2004: { student: 'cmi.learner_id', entry: 'cmi.entry' },
};
const CODES = {
	scorm12: { ended: '301', readOnly: '403' },
	scorm2004: { ended: '132', readOnly: '404' },
};

/** An LMS with a database and changing moods; each launch begins with what the database holds. */
function moodyLms(version: 'scorm12' | 'scorm2004') {
	const lms = { mood: 'well' as Mood, stored: new Map<string, string>(), calls: 0 };
	const names = NAMES[version]!;
	function opened(): RawApi {
		const { student, entry } = ELEMENTS[version];
		const data = new Map([
			[student, 'karin'],
			[entry, lms.stored.size > 0 ? 'resume' : 'ab-initio'],
			['cmi.interactions._count', '0'],
			['cmi.objectives._count', '0'],
			...lms.stored,
		]);
		let error = '0';
		const says = (code: string) => {
			error = code;
			return code === '0' ? 'true' : 'false';
		};
		const set = (element: string, value: string) => {
			if (lms.mood === 'is read-only') return says(CODES[version].readOnly);
			const most = typeof lms.mood === 'object' ? lms.mood.cutsAt : Infinity;
			data.set(element, element === 'cmi.suspend_data' ? value.slice(0, most) : value);
			return says('0');
		};
		const commit = () => {
			if (lms.mood !== 'lies') lms.stored = new Map([...data].filter(([key]) => key !== entry));
			return says(lms.mood === 'denies' ? '101' : '0');
		};
		const functions = {
			initialize: () => says('0'),
			finish: commit,
			get: (element: string) => data.get(element) ?? '',
			set,
			commit,
			lastError: () => error,
			errorString: () => 'No such thing',
		};
		/** What every call is like, whichever it is. */
		const inMood = (call: (...given: string[]) => unknown, asks: boolean, given: string[]) => {
			lms.calls += 1;
			switch (lms.mood) {
				case 'throws':
					throw new Error('window is closed');
				case 'talks rubbish':
					return RUBBISH[lms.calls % RUBBISH.length];
				case 'fails':
					return asks ? call(...given) : says('101');
				case 'has ended the session':
					return asks ? call(...given) : says(CODES[version].ended);
				default:
					return call(...given);
			}
		};
		return Object.fromEntries(
			Object.entries(functions).map(([name, call]) => [
				names[name]!,
				(...given: string[]) =>
					inMood(
						call as (...given: string[]) => unknown,
						['get', 'lastError', 'errorString'].includes(name),
						given,
					),
			]),
		);
	}
	return { lms, opened };
}

beforeEach(() => {
	vi.useFakeTimers();
	shelf.clear();
});
afterEach(() => vi.useRealTimers());

/** What must not be lost of a learner's progress. */
function facts(progress: Progress) {
	const kettle = progress.lessons.kettle;
	const quiz = kettle?.steps.quiz;
	return {
		read: kettle?.read ?? [],
		finished: quiz?.finished ?? 0,
		best: quiz?.best ? points(quiz.best).earned : 0,
		open: quiz?.open.map(({ results }) => Object.keys(results).sort()) ?? [],
	};
}

let attempts = 0;
const quiz = (...responses: string[]): LearnerEvent[] => {
	const attempt = `attempt-${(attempts += 1)}`;
	const items = ['first', 'second'];
	return [began(attempt), ...responses.map((one, at) => answered(attempt, items[at]!, one))];
};

describe.each([scorm12, scorm2004])('$version', (dialect) => {
	let said: TrackerStatus[];
	const note = (status: TrackerStatus) => said.push(status);
	beforeEach(() => {
		said = [];
	});
	const begin = async (api: RawApi) => launch(dialect, api, note);

	/** A learner who has read, at an LMS that was well. */
	async function afterAGoodStart() {
		const { lms, opened } = moodyLms(dialect.version);
		const { tracker } = await begin(opened());
		await tracker.record(read());
		await wait();
		tracker.close();
		expect(said.at(-1)).toEqual({ state: 'saved' });
		return { lms, opened };
	}

	const moods: [Mood, TrackerStatus['state']][] = [
		['throws', 'offline'],
		['fails', 'offline'],
		['talks rubbish', 'offline'],
		['is read-only', 'refused'],
		['has ended the session', 'signed-out'],
	];
	test.each(moods)(
		'when the LMS %s, the learner is told, and it arrives at the next launch',
		async (mood, state) => {
			const { lms, opened } = await afterAGoodStart();
			const { tracker } = await begin(opened());
			lms.mood = mood;
			for (const one of quiz('yes', 'yes')) await tracker.record(one);
			await wait();
			expect(said.at(-1)!.state).toBe(state);
			tracker.close();

			lms.mood = 'well';
			const next = await begin(opened());
			expect(facts(next.progress)).toMatchObject({ read: ['intro'], finished: 1, best: 2 });
			await wait();
			expect(said.at(-1)).toEqual({ state: 'saved' });
			shelf.clear();
			expect(facts((await begin(opened())).progress)).toMatchObject({ finished: 1, best: 2 });
		},
	);

	test('when the trouble passes, everything arrives without a new launch', async () => {
		const { lms, opened } = await afterAGoodStart();
		const { tracker } = await begin(opened());
		for (const mood of ['throws', 'fails', 'has ended the session', 'talks rubbish'] as const) {
			lms.mood = mood;
			for (const one of quiz('yes', 'no')) await tracker.record(one);
			await wait();
		}
		lms.mood = 'well';
		await vi.advanceTimersByTimeAsync(61_000);
		expect(said.at(-1)).toEqual({ state: 'saved' });
		const back = resume(course, lms.stored.get('cmi.suspend_data')!).progress;
		expect(back.lessons.kettle!.steps.quiz!.finished).toBe(4);
		// The answers as well, each once.
		const ids = [...lms.stored].filter(([key]) => /^cmi\.interactions\.\d+\.id$/.test(key));
		expect(ids).toHaveLength(8);
	});

	test('an LMS that lies about storing is not believed at the next launch', async () => {
		const { lms, opened } = await afterAGoodStart();
		const { tracker } = await begin(opened());
		lms.mood = 'lies';
		for (const one of quiz('yes', 'yes')) await tracker.record(one);
		await wait();
		expect(said.at(-1)).toEqual({ state: 'saved' });
		tracker.close();
		lms.mood = 'well';
		expect(facts((await begin(opened())).progress)).toMatchObject({ read: ['intro'], best: 2 });
	});

	test('suspend data that the LMS lost come back from this device', async () => {
		const { lms, opened } = await afterAGoodStart();
		lms.stored.delete('cmi.suspend_data');
		const { tracker, progress } = await begin(opened());
		expect(facts(progress).read).toEqual(['intro']);
		expect(tracker.hasGaps).toBe(false);
		await wait();
		expect(lms.stored.get('cmi.suspend_data')).toMatch(/^R1/);
	});

	test('on another device the learner is told of the loss', async () => {
		const { lms, opened } = await afterAGoodStart();
		lms.stored.delete('cmi.suspend_data');
		shelf.clear();
		const { tracker, progress } = await begin(opened());
		expect(progress.lessons).toEqual({});
		expect(tracker.hasGaps).toBe(true);
	});

	test('a new attempt is a new attempt', async () => {
		const { lms, opened } = await afterAGoodStart();
		lms.stored.clear();
		const { tracker, progress } = await begin(opened());
		expect(progress.lessons).toEqual({});
		expect(tracker.hasGaps).toBe(false);
	});

	test.each(['<html>Log in</html>', '{"lessons":{}}', 'null', '[object Object]'])(
		'rubbish in the place of suspend data (%s) is told, unless this device has the rest',
		async (rubbish) => {
			const { lms, opened } = await afterAGoodStart();
			lms.stored.set('cmi.suspend_data', rubbish);
			const here = await begin(opened());
			expect(facts(here.progress).read).toEqual(['intro']);
			expect(here.tracker.hasGaps).toBe(false);
			shelf.clear();
			const there = await begin(opened());
			expect(there.progress.lessons).toEqual({});
			expect(there.tracker.hasGaps).toBe(true);
		},
	);

	test('an LMS that cuts suspend data off gets what fits', async () => {
		const { lms, opened } = moodyLms(dialect.version);
		const { tracker } = await begin(opened());
		await tracker.record(read());
		for (let n = 0; n < 3; n++) for (const one of quiz('yes', 'no')) await tracker.record(one);
		const whole = suspend(course, await tracker.open(), () => undefined, dialect.limit);
		lms.mood = { cutsAt: whole.length - 4 };
		await wait();
		expect(said.at(-1)).toEqual({ state: 'saved' });
		tracker.close();
		const held = lms.stored.get('cmi.suspend_data')!;
		expect(held.length).toBeLessThanOrEqual(whole.length - 4);
		expect(resume(course, held).problem).toBeUndefined();
		shelf.clear();
		expect(facts((await begin(opened())).progress)).toMatchObject({ finished: 3, best: 1 });
	});

	test('where nothing fits the learner is told, and this device has all of it', async () => {
		const { lms, opened } = await afterAGoodStart();
		const { tracker } = await begin(opened());
		lms.mood = { cutsAt: 12 };
		for (const one of quiz('yes', 'yes')) await tracker.record(one);
		await wait();
		expect(said.at(-1)).toMatchObject({
			state: 'refused',
			reason: expect.stringContaining('cmi.suspend_data'),
		});
		tracker.close();
		expect(facts((await begin(opened())).progress)).toMatchObject({ read: ['intro'], best: 2 });
		shelf.clear();
		expect((await begin(opened())).tracker.hasGaps).toBe(true);
	});

	test('an LMS that was cut off behind our back is understood at the next launch', async () => {
		const { lms, opened } = await afterAGoodStart();
		const whole = lms.stored.get('cmi.suspend_data')!;
		lms.stored.set('cmi.suspend_data', whole.slice(0, -6));
		const { tracker, progress } = await begin(opened());
		expect(facts(progress).read).toEqual(['intro']);
		expect(tracker.hasGaps).toBe(false);
	});

	test('an LMS whose session is open already is taken as it is; one that is closed is not', async () => {
		const { lms, opened } = await afterAGoodStart();
		const name = NAMES[dialect.version]!;
		const again = {
			...opened(),
			[name.initialize!]: () => 'false',
			[name.lastError!]: () => (dialect.version === 'scorm12' ? '101' : '103'),
		};
		const { tracker, progress } = await begin(again);
		expect(tracker.mode).toBe('normal');
		expect(facts(progress).read).toEqual(['intro']);
		expect(lms.stored.size).toBeGreaterThan(0);
		const throwing = () => {
			throw new TypeError('Cannot read properties of null');
		};
		const closed = Object.fromEntries(Object.values(name).map((one) => [one, throwing]));
		expect((await begin(closed)).tracker.mode).toBe('closed');
	});

	test('an LMS that talks rubbish from the beginning breaks nothing', async () => {
		const { lms, opened } = moodyLms(dialect.version);
		for (const at of RUBBISH.keys()) {
			lms.calls = at;
			lms.mood = 'talks rubbish';
			const { tracker } = await begin(opened());
			for (const one of [read(), ...quiz('yes', 'yes')]) await tracker.record(one);
			await wait();
			tracker.close();
		}
		// A count that is none must not be counted to.
		const counts = new Map([['cmi.objectives._count', '4000000000']]);
		const name = NAMES[dialect.version]!;
		lms.mood = 'well';
		const api = opened();
		const { tracker } = await begin({
			...api,
			[name.get!]: (element: string) => counts.get(element) ?? api[name.get!]!(element),
		});
		expect(tracker.mode).toBe('normal');
	});

	const mood: fc.Arbitrary<Mood> = fc.oneof(
		fc.constantFrom<Mood>(
			'well',
			'throws',
			'fails',
			'talks rubbish',
			'is read-only',
			'has ended the session',
			'lies',
			'denies',
		),
		fc.integer({ min: 1, max: 60 }).map((cutsAt) => ({ cutsAt })),
	);
	const step = fc.record({
		mood,
		responses: fc.array(fc.constantFrom('yes', 'no'), { maxLength: 2 }),
		pauses: fc.boolean(),
	});
	const visit = fc.record({ steps: fc.array(step, { maxLength: 5 }), crashes: fc.boolean() });

	test('whatever happens and whatever the LMS does, nothing done on this device is lost, and all of it arrives', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 4 }), async (visits) => {
				shelf.clear();
				const { lms, opened } = await afterAGoodStart();
				let before = facts(resume(course, lms.stored.get('cmi.suspend_data')!).progress);
				for (const { steps, crashes } of visits) {
					lms.mood = 'well';
					const { tracker, progress } = await begin(opened());
					expect(facts(progress)).toEqual(before);
					for (const { mood, responses, pauses } of steps) {
						lms.mood = mood;
						for (const one of quiz(...responses)) await tracker.record(one);
						if (pauses) await wait();
					}
					before = facts(await tracker.open());
					if (crashes) vi.clearAllTimers();
					else tracker.close();
				}
				lms.mood = 'well';
				const last = await begin(opened());
				expect(facts(last.progress)).toEqual(before);
				await wait();
				last.tracker.close();
				// On any other device, too.
				shelf.clear();
				expect(facts((await begin(opened())).progress)).toEqual(before);
			}),
			{ numRuns: 100 },
		);
	});
});
