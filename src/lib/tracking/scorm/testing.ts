import { vi } from 'vitest';
import type { Course } from '#lib/course/model.ts';
import type { ActivityRules } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { TrackerStatus } from '../tracker.ts';
import type { RawApi } from './api.ts';
import type { Dialect } from './dialect.ts';
import { scormTracker } from './tracker.ts';

const text = { da: 'x', en: 'x' };
export const course: Course = {
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

export const NAMES: Record<Dialect['version'], Record<string, string>> = {
	scorm12: {
		initialize: 'LMSInitialize',
		finish: 'LMSFinish',
		get: 'LMSGetValue',
		set: 'LMSSetValue',
		commit: 'LMSCommit',
		lastError: 'LMSGetLastError',
		errorString: 'LMSGetErrorString',
	},
	scorm2004: {
		initialize: 'Initialize',
		finish: 'Terminate',
		get: 'GetValue',
		set: 'SetValue',
		commit: 'Commit',
		lastError: 'GetLastError',
		errorString: 'GetErrorString',
	},
};

/** An LMS that notes what a version of SCORM does not allow, and keeps what was committed. */
export function strictLms(dialect: Dialect, stored: Record<string, string> = {}) {
	const data = new Map(
		Object.entries({
			'cmi.core.student_id': 'karin',
			'cmi.learner_id': 'karin',
			'cmi.interactions._count': '0',
			'cmi.objectives._count': '0',
			...stored,
		}),
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
	const functions = {
		initialize: () => {
			lms.calls.push('initialize');
			return 'true';
		},
		finish: () => {
			lms.calls.push('finish');
			return 'true';
		},
		get: (element: string) => data.get(element) ?? '',
		set: (element: string, value: string) => {
			const complaint = dialect.complaint(element, value);
			if (complaint) lms.complaints.push(complaint);
			if (typeof lms.answer === 'function') return lms.answer();
			error = lms.answer === 'true' ? '0' : '405';
			if (lms.answer === 'true') data.set(element, value);
			return lms.answer;
		},
		commit: () => {
			lms.calls.push('commit');
			if (lms.commit === 'true') lms.committed = new Map(data);
			return lms.commit;
		},
		lastError: () => error,
		errorString: () => 'Incorrect data type',
	};
	const api = Object.fromEntries(
		Object.entries(functions).map(([name, call]) => [NAMES[dialect.version][name]!, call]),
	) as RawApi;
	return { api, lms };
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
export const read = () => event({ type: 'step-read', step: 'intro' });
export const began = (attempt: string) =>
	event({ type: 'attempt-began', step: 'quiz', attempt, items: ['first', 'second'] });
export const answered = (attempt: string, item: string, response = 'yes') =>
	event({ type: 'answered', step: 'quiz', attempt, item, response, seconds: 3 });

export const shelf = new Map<string, string>();
export const storage = {
	getItem: (key: string) => shelf.get(key) ?? null,
	setItem: (key: string, value: string) => void shelf.set(key, value),
	removeItem: (key: string) => void shelf.delete(key),
};

/** Opens a session and hands in the lesson. */
export async function launch(
	dialect: Dialect,
	api: RawApi,
	onstatus: (status: TrackerStatus) => void = () => undefined,
) {
	const tracker = scormTracker({
		course,
		rules: () => yes,
		interaction: (_, response) => ({
			type: 'choice',
			response: [String(response)],
			correct: ['yes'],
			choices,
		}),
		api,
		dialect,
		storage,
	});
	tracker.onstatus(onstatus);
	await tracker.open();
	tracker.know(course.chapters[0]!.lessons[0]!);
	return { tracker, progress: await tracker.open() };
}

export const wait = () => vi.advanceTimersByTimeAsync(1100);

/** Reads, answers both items of the quiz, and waits until it is written. */
export async function doEverything(
	dialect: Dialect,
	api: RawApi,
	response = 'yes',
	onstatus?: (status: TrackerStatus) => void,
) {
	const { tracker } = await launch(dialect, api, onstatus);
	for (const one of [read(), began('a'), answered('a', 'first', response), answered('a', 'second')])
		await tracker.record(one);
	await wait();
	return tracker;
}
