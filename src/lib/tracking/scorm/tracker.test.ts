import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TrackerStatus } from '../tracker.ts';
import type { RawApi } from './api.ts';
import { scorm12 } from './scorm12.ts';
import * as testing from './testing.ts';
import { answered, began, read, shelf, wait } from './testing.ts';

let statuses: TrackerStatus[];
beforeEach(() => {
	vi.useFakeTimers();
	shelf.clear();
	statuses = [];
});
afterEach(() => vi.useRealTimers());

const strictLms = (stored?: Record<string, string>) => testing.strictLms(scorm12, stored);
const note = (status: TrackerStatus) => statuses.push(status);
const launch = (api: RawApi) => testing.launch(scorm12, api, note);
const doEverything = (api: RawApi, response?: string) =>
	testing.doEverything(scorm12, api, response, note);

describe('writing', () => {
	test('gathers what happens within a second into one commit', async () => {
		const { api, lms } = strictLms();
		await doEverything(api);
		expect(lms.calls).toEqual(['initialize', 'commit']);
		expect(lms.complaints).toEqual([]);
		expect(statuses.at(-1)).toEqual({ state: 'saved' });
	});

	test('a finished course is completed, with score and normal exit', async () => {
		const { api, lms } = strictLms();
		await doEverything(api);
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.core.lesson_status': 'completed',
			'cmi.core.score.raw': '100',
			'cmi.core.score.min': '0',
			'cmi.core.score.max': '100',
			'cmi.core.exit': '',
			'cmi.core.session_time': '0000:00:01.00',
		});
	});

	test('with a mastery score it is passed when the score reaches it', async () => {
		const { api, lms } = strictLms({ 'cmi.student_data.mastery_score': '80' });
		await doEverything(api);
		expect(lms.data.get('cmi.core.lesson_status')).toBe('passed');
	});

	test('with a mastery score nothing is scored before the course is done', async () => {
		const { api, lms } = strictLms({ 'cmi.student_data.mastery_score': '80' });
		await doEverything(api, 'no');
		expect(lms.data.get('cmi.core.lesson_status')).toBe('incomplete');
		expect(lms.data.has('cmi.core.score.raw')).toBe(false);
		expect(lms.data.get('cmi.core.exit')).toBe('suspend');
	});

	test('a status on record never gets worse', async () => {
		const { api, lms } = strictLms({
			'cmi.core.lesson_status': 'completed',
			'cmi.core.score.raw': '90',
		});
		await doEverything(api, 'no');
		expect(lms.data.get('cmi.core.lesson_status')).toBe('completed');
		expect(lms.data.get('cmi.core.score.raw')).toBe('90');
	});

	test('each answer becomes one interaction, after those on record', async () => {
		const { api, lms } = strictLms({ 'cmi.interactions._count': '4' });
		await doEverything(api, 'no');
		expect(Object.fromEntries(lms.data)).toMatchObject({
			'cmi.interactions.4.id': 'kettle_quiz_first',
			'cmi.interactions.4.type': 'choice',
			'cmi.interactions.4.student_response': 'b',
			'cmi.interactions.4.correct_responses.0.pattern': 'a',
			'cmi.interactions.4.result': 'wrong',
			'cmi.interactions.4.latency': '0000:00:03.00',
			'cmi.interactions.5.result': 'correct',
		});
	});

	test.each(['browse', 'review'])('nothing is written in %s mode', async (mode) => {
		const { api, lms } = strictLms({ 'cmi.core.lesson_mode': mode });
		const before = new Map(lms.data);
		const tracker = await doEverything(api);
		tracker.close();
		expect(lms.data).toEqual(before);
		expect(lms.calls).toEqual(['initialize', 'finish']);
		expect(tracker.mode).toBe('preview');
	});

	test('without credit the place is kept and no result', async () => {
		const { api, lms } = strictLms({ 'cmi.core.credit': 'no-credit' });
		await doEverything(api);
		expect(lms.data.has('cmi.suspend_data')).toBe(true);
		expect(lms.data.has('cmi.core.lesson_status')).toBe(false);
		expect(lms.data.has('cmi.interactions.0.id')).toBe(false);
	});

	test('leaving writes what is left and finishes once', async () => {
		const { api, lms } = strictLms();
		const { tracker } = await launch(api);
		await tracker.record(read());
		tracker.close();
		tracker.close();
		expect(lms.calls).toEqual(['initialize', 'commit', 'finish']);
		expect(lms.committed.get('cmi.suspend_data')).toMatch(/^R1/);
	});
});

describe('coming back', () => {
	test('resumes where the LMS says the learner was', async () => {
		const { api, lms } = strictLms();
		const first = await launch(api);
		for (const one of [read(), began('a'), answered('a', 'first')]) await first.tracker.record(one);
		first.tracker.close();
		const { progress } = await launch(strictLms(Object.fromEntries(lms.committed)).api);
		expect(progress.lessons.kettle!.read).toEqual(['intro']);
		expect(progress.lessons.kettle!.steps.quiz!.open[0]!.results).toEqual({
			first: { response: 'yes', earned: 1, possible: 1, done: true },
		});
	});

	test('suspend data that nobody can read begin anew, without trouble', async () => {
		const { progress } = await launch(strictLms({ 'cmi.suspend_data': '{"old":1}' }).api);
		expect(progress.lessons).toEqual({});
	});

	test('what the LMS did not take is taken up from this device', async () => {
		const { api, lms } = strictLms();
		lms.commit = 'false';
		const first = await launch(api);
		await first.tracker.record(read());
		await wait();
		expect(statuses.at(-1)).toEqual({ state: 'offline', waiting: 1 });
		first.tracker.close();
		const second = strictLms();
		const { progress } = await launch(second.api);
		expect(progress.lessons.kettle!.read).toEqual(['intro']);
		await wait();
		expect(second.lms.committed.get('cmi.suspend_data')).toMatch(/^R1/);
	});

	test('unless the LMS knows something newer', async () => {
		const { api, lms } = strictLms();
		lms.commit = 'false';
		const first = await launch(api);
		await first.tracker.record(read());
		const { progress } = await launch(strictLms({ 'cmi.suspend_data': 'R1elsewhere' }).api);
		expect(progress.lessons).toEqual({});
	});
});

describe('trouble', () => {
	test('a refusal is told and tried again', async () => {
		const { api, lms } = strictLms();
		const { tracker } = await launch(api);
		lms.answer = 'false';
		await tracker.record(read());
		await wait();
		expect(statuses.at(-1)).toEqual({
			state: 'refused',
			reason: 'Incorrect data type (405)',
			count: 1,
		});
		lms.answer = 'true';
		await vi.advanceTimersByTimeAsync(3000);
		expect(statuses.at(-1)).toEqual({ state: 'saved' });
		expect(lms.committed.get('cmi.core.lesson_location')).toBe('kettle/intro');
	});

	test('an LMS that throws breaks nothing', async () => {
		const { api, lms } = strictLms();
		const { tracker } = await launch(api);
		lms.answer = () => {
			throw new Error('window is closed');
		};
		await tracker.record(read());
		await wait();
		expect(statuses.at(-1)).toMatchObject({ state: 'offline' });
		tracker.close();
	});

	test('an LMS that opens no session is told of, and given up', async () => {
		const { api } = strictLms();
		const { tracker } = await launch({ ...api, LMSInitialize: () => 'false' });
		expect(tracker.mode).toBe('closed');
		expect(statuses.at(-1)).toMatchObject({ state: 'refused' });
	});
});
