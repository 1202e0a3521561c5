import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Interaction } from '#lib/activities/contract.ts';
import { complaint2004, time2004, timeinterval2004 } from './cmi2004.ts';
import { interactionFields2004 } from './interactions2004.ts';
import { scorm2004 } from './scorm2004.ts';
import * as testing from './testing.ts';
import { answered, began, read, shelf, wait } from './testing.ts';

const strictLms = (stored?: Record<string, string>) => testing.strictLms(scorm2004, stored);
const done = (api: Parameters<typeof testing.launch>[1], response?: string) =>
	testing.doEverything(scorm2004, api, response);

beforeEach(() => {
	vi.useFakeTimers();
	shelf.clear();
});
afterEach(() => vi.useRealTimers());

describe('writing', () => {
	test('a finished course is completed and passed, with scaled score and progress', async () => {
		const { api, lms } = strictLms();
		await done(api);
		expect(lms.complaints).toEqual([]);
		expect(Object.fromEntries(lms.committed)).toMatchObject({
			'cmi.completion_status': 'completed',
			'cmi.success_status': 'passed',
			'cmi.score.scaled': '1',
			'cmi.score.raw': '100',
			'cmi.progress_measure': '1',
			'cmi.session_time': 'PT1S',
			'cmi.location': 'kettle/quiz',
		});
	});

	test('completion and success are told apart: half a course is neither', async () => {
		const { api, lms } = strictLms();
		await done(api, 'no');
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.completion_status': 'incomplete',
			'cmi.progress_measure': '0.5',
			'cmi.score.scaled': '0.5',
		});
		expect(lms.data.has('cmi.success_status')).toBe(false);
	});

	test('what the LMS asks for decides success, and no score comes before it', async () => {
		const { api, lms } = strictLms({ 'cmi.scaled_passing_score': '0.9' });
		await done(api, 'no');
		expect(lms.data.has('cmi.score.scaled')).toBe(false);
		const passing = strictLms({ 'cmi.scaled_passing_score': '0.9' });
		await done(passing.api);
		expect(passing.lms.data.get('cmi.success_status')).toBe('passed');
		expect(passing.lms.data.get('cmi.score.scaled')).toBe('1');
	});

	test('what is on record never gets worse', async () => {
		const { api, lms } = strictLms({
			'cmi.completion_status': 'completed',
			'cmi.success_status': 'passed',
			'cmi.score.scaled': '0.9',
			'cmi.progress_measure': '1',
		});
		await done(api, 'no');
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.completion_status': 'completed',
			'cmi.success_status': 'passed',
			'cmi.score.scaled': '0.9',
			'cmi.progress_measure': '1',
		});
	});

	test('each lesson is an objective, after those that the manifest brought', async () => {
		const { api, lms } = strictLms({
			'cmi.objectives._count': '1',
			'cmi.objectives.0.id': 'course',
		});
		await done(api);
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.objectives.0.id': 'course',
			'cmi.objectives.1.id': 'kettle',
			'cmi.objectives.1.success_status': 'passed',
			'cmi.objectives.1.completion_status': 'completed',
			'cmi.objectives.1.score.scaled': '1',
			'cmi.objectives.1.progress_measure': '1',
		});
	});

	test('each answer is an interaction with its objective', async () => {
		const { api, lms } = strictLms();
		await done(api, 'no');
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.interactions.0.id': 'kettle_quiz_first',
			'cmi.interactions.0.objectives.0.id': 'kettle',
			'cmi.interactions.0.learner_response': 'no',
			'cmi.interactions.0.correct_responses.0.pattern': 'yes',
			'cmi.interactions.0.result': 'incorrect',
			'cmi.interactions.0.latency': 'PT3S',
			'cmi.interactions.1.result': 'correct',
		});
	});

	test('an LMS that keeps no objectives loses nothing else', async () => {
		const { api, lms } = strictLms({ 'cmi.objectives._count': '' });
		await done(api);
		expect([...lms.data.keys()].filter((key) => /^cmi\.objectives\.\d/.test(key))).toEqual([]);
		expect(lms.committed.get('cmi.completion_status')).toBe('completed');
	});

	test('leaving suspends the attempt, so that one comes back to it', async () => {
		const { api, lms } = strictLms();
		const { tracker } = await testing.launch(scorm2004, api);
		await tracker.record(read());
		tracker.close();
		expect(lms.calls).toEqual(['initialize', 'commit', 'finish']);
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.exit': 'suspend',
			'adl.nav.request': 'suspendAll',
		});
	});

	test.each(['browse', 'review'])('nothing is written in %s mode', async (mode) => {
		const { api, lms } = strictLms({ 'cmi.mode': mode });
		const before = new Map(lms.data);
		(await done(api)).close();
		expect(lms.data).toEqual(before);
	});
});

test('resumes where the LMS says the learner was', async () => {
	const { api, lms } = strictLms();
	const first = await testing.launch(scorm2004, api);
	for (const one of [read(), began('a'), answered('a', 'first')]) await first.tracker.record(one);
	await wait();
	const second = await testing.launch(scorm2004, strictLms(Object.fromEntries(lms.committed)).api);
	expect(second.progress.lessons.kettle!.read).toEqual(['intro']);
	expect(second.progress.lessons.kettle!.steps.quiz!.open[0]!.results.first!.earned).toBe(1);
});

describe('interactions', () => {
	const ids = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(?:-[a-z0-9]{1,9}){0,3}$/);
	const labelled = (all: string[]) => all.map((id) => ({ id, label: id }));
	const pairs = fc.array(fc.tuple(ids, ids), { minLength: 1, maxLength: 9 });
	const lists = fc.uniqueArray(ids, { minLength: 1, maxLength: 9 });
	const interaction: fc.Arbitrary<Interaction> = fc.oneof(
		fc
			.tuple(fc.constantFrom('choice' as const, 'sequencing' as const), lists)
			.map(([type, all]) => ({
				type,
				response: all,
				correct: all.slice(0, 1),
				choices: labelled(all),
			})),
		pairs.map((all) => ({
			type: 'matching' as const,
			response: all,
			correct: all,
			source: labelled(all.map(([from]) => from)),
			target: labelled(all.map(([, to]) => to)),
		})),
		pairs.map((all) => ({ type: 'performance' as const, response: all, correct: all })),
		fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(50)).map(([value, width]) => ({
			type: 'numeric' as const,
			response: value,
			min: value,
			max: value + width,
		})),
		ids.map((id) => ({ type: 'likert' as const, response: id, scale: labelled([id]) })),
	);

	test('say what was answered in the form that the specification asks for, whatever it was', () => {
		fc.assert(
			fc.property(
				interaction,
				fc.nat(30),
				fc.nat(30),
				fc.option(fc.nat(86_400), { nil: undefined }),
				fc.date({ min: new Date('2026-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
				(one, earned, more, seconds, at) => {
					const fields = interactionFields2004({
						lesson: 'lesson',
						step: 'step',
						item: 'item',
						interaction: one,
						result: { earned, possible: earned + more, done: true },
						seconds,
						at,
					});
					for (const [name, value] of fields)
						expect(complaint2004(`cmi.interactions.0.${name}`, value)).toBeUndefined();
					const names = fields.map(([name]) => name);
					expect(names).toEqual(expect.arrayContaining(['id', 'type', 'timestamp', 'result']));
					expect(names).toContain('learner_response');
				},
			),
		);
	});
});

test('durations and times as LMSs take them', () => {
	expect([0, 10, 59_999, 60_000, 3_600_000, 3_725_430].map(timeinterval2004)).toEqual([
		'PT0S',
		'PT0.01S',
		'PT1M',
		'PT1M',
		'PT1H',
		'PT1H2M5.43S',
	]);
	expect(time2004(new Date(2026, 8, 5, 7, 3, 9))).toBe('2026-09-05T07:03:09');
	fc.assert(
		fc.property(fc.nat(1e9), (milliseconds) => {
			const value = timeinterval2004(milliseconds);
			expect(complaint2004('cmi.session_time', value)).toBeUndefined();
		}),
	);
});

test.each([
	['cmi.score.scaled', '.5'],
	['cmi.score.scaled', '1.2'],
	['cmi.progress_measure', '-0.1'],
	['cmi.session_time', 'P'],
	['cmi.session_time', 'PT1.234S'],
	['cmi.interactions.0.timestamp', '2026-09-05T07:03:09Z'],
	['cmi.interactions.0.result', 'wrong'],
	['cmi.location', 'x'.repeat(1001)],
	['cmi.core.lesson_status', 'completed'],
])('%s is not written as %s', (element, value) => {
	expect(complaint2004(element, value)).toBeDefined();
});
