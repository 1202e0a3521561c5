import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Course } from '#lib/course/model.ts';
import type { ActivityRules } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { complaint12 } from './cmi12.ts';
import type { Scorm12Api } from './scorm12-api.ts';
import { scorm12Tracker } from './scorm12.ts';
import type { TrackerStatus } from './tracker.ts';

const text = { da: 'x', en: 'x' };
const course: Course = {
	id: 'tea',
	version: '1.0.0',
	title: text,
	description: text,
	passMark: 80,
	review: { state: 'pending' },
	skills: [],
	metaphors: [],
	facts: [],
	glossary: [],
	questions: [],
	chapters: [
		{
			id: 'brewing',
			title: text,
			lessons: [
				{
					id: 'kettle',
					title: text,
					objective: text,
					message: text,
					steps: [
						{ kind: 'read', id: 'intro', title: text, minutes: 1, metaphors: [] },
						{
							kind: 'set',
							role: 'quiz',
							id: 'quiz',
							title: text,
							minutes: 1,
							items: [
								{ id: 'first', type: 'yes' },
								{ id: 'second', type: 'yes' },
							],
						},
					],
				},
			],
		},
	],
};
const yes: ActivityRules = {
	score: (_, response) => ({ kind: 'scored', earned: response === 'yes' ? 1 : 0, possible: 1 }),
	pack: (response) => [response === 'yes' ? 1 : 0],
	unpack: (_, [number]) => (number === 1 ? 'yes' : 'no'),
};
const choices = ['yes', 'no'].map((id) => ({ id, label: id }));

/** An LMS that takes what SCORM 1.2 allows, and keeps what was committed. */
function strictLms(stored: Record<string, string> = {}) {
	const data = new Map(
		Object.entries({ 'cmi.core.student_id': 'karin', 'cmi.interactions._count': '0', ...stored }),
	);
	const lms = {
		calls: [] as string[],
		complaints: [] as string[],
		committed: new Map<string, string>(),
		answer: 'true' as string | (() => never),
		commit: 'true',
		data,
	};
	let error = '0';
	const api: Scorm12Api = {
		LMSInitialize: () => {
			lms.calls.push('initialize');
			return 'true';
		},
		LMSFinish: () => {
			lms.calls.push('finish');
			return 'true';
		},
		LMSGetValue: (element) => data.get(element) ?? '',
		LMSSetValue: (element, value) => {
			const complaint = complaint12(element, value);
			if (complaint) lms.complaints.push(complaint);
			if (typeof lms.answer === 'function') return lms.answer();
			error = lms.answer === 'true' ? '0' : '405';
			if (lms.answer === 'true') data.set(element, value);
			return lms.answer;
		},
		LMSCommit: () => {
			lms.calls.push('commit');
			if (lms.commit === 'true') lms.committed = new Map(data);
			return lms.commit;
		},
		LMSGetLastError: () => error,
		LMSGetErrorString: () => 'Incorrect data type',
	};
	return { ...lms, api, lms };
}

let n = 0;
type Body = Record<string, unknown> & { type: LearnerEvent['type']; step: string };
function event(body: Body): LearnerEvent {
	n += 1;
	return {
		v: 1,
		id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
		at: new Date(1_700_000_000_000 + n).toISOString(),
		course: 'tea',
		courseVersion: '1.0.0',
		language: 'en',
		lesson: 'kettle',
		...body,
	} as LearnerEvent;
}
const read = () => event({ type: 'step-read', step: 'intro' });
const began = (attempt: string) =>
	event({ type: 'attempt-began', step: 'quiz', attempt, items: ['first', 'second'] });
const answered = (attempt: string, item: string, response = 'yes') =>
	event({ type: 'answered', step: 'quiz', attempt, item, response, seconds: 3 });

const shelf = new Map<string, string>();
const storage = {
	getItem: (key: string) => shelf.get(key) ?? null,
	setItem: (key: string, value: string) => void shelf.set(key, value),
	removeItem: (key: string) => void shelf.delete(key),
};

let statuses: TrackerStatus[];
beforeEach(() => {
	vi.useFakeTimers();
	shelf.clear();
	statuses = [];
});
afterEach(() => vi.useRealTimers());

async function launch(api: Scorm12Api) {
	const tracker = scorm12Tracker({
		course,
		rules: () => yes,
		interaction: (_, response) => ({
			type: 'choice',
			response: [String(response)],
			correct: ['yes'],
			choices,
		}),
		api,
		storage,
	});
	tracker.onstatus((status) => statuses.push(status));
	await tracker.open();
	tracker.know(course.chapters[0]!.lessons[0]!);
	return { tracker, progress: await tracker.open() };
}
const wait = () => vi.advanceTimersByTimeAsync(1100);

async function doEverything(api: Scorm12Api, response = 'yes') {
	const { tracker } = await launch(api);
	for (const one of [read(), began('a'), answered('a', 'first', response), answered('a', 'second')])
		await tracker.record(one);
	await wait();
	return tracker;
}

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
		expect(shelf.size).toBe(0);
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
