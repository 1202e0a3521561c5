import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '#lib/course/model.ts';
import { withPractice } from '#lib/course/parts.ts';
import type { ActivityRules } from '#lib/course/scoring.ts';
import type { LearnerEvent } from './events.ts';
import { isFinished, MAX_OPEN, share } from './progress.ts';
import { apply, reduce, type ReduceContext } from './reduce.ts';

const title = { da: 'x', en: 'x' };
const steps: Step[] = [
	{ kind: 'read', id: 'intro', title, minutes: 1, metaphors: [] },
	{ kind: 'activity', id: 'talk', title, minutes: 5, activity: { id: 'talk', type: 'path' } },
	{
		kind: 'set',
		role: 'drill',
		id: 'drill',
		title,
		minutes: 3,
		items: [
			{ id: 'd1', type: 'yes' },
			{ id: 'd2', type: 'yes' },
		],
	},
	{
		kind: 'set',
		role: 'quiz',
		id: 'quiz',
		title,
		minutes: 3,
		items: [
			{ id: 'q1', type: 'yes' },
			{ id: 'q2', type: 'yes' },
		],
	},
	{
		kind: 'set',
		role: 'test',
		id: 'test',
		title,
		minutes: 3,
		items: [
			{ id: 't1', type: 'yes' },
			{ id: 't2', type: 'yes' },
		],
	},
];

const yes: ActivityRules = {
	score: (_, response) =>
		response === 'yes' || response === 'no'
			? { kind: 'scored', earned: response === 'yes' ? 1 : 0, possible: 1 }
			: { kind: 'invalid', reason: 'neither yes nor no' },
};
/** Done after three turns; a response extends the one before or is left aside. */
const path: ActivityRules = {
	score: (_, response) => {
		const turns = (response as string).length;
		return { kind: turns >= 3 ? 'scored' : 'partial', earned: turns, possible: turns };
	},
	merge: (before, next) => ((next as string).startsWith(before as string) ? next : before),
};
const context: ReduceContext = {
	steps: (lesson) => (lesson === 'lesson' ? withPractice(steps) : undefined),
	rules: (type) => ({ yes, path })[type],
};

let n = 0;
type Body = Record<string, unknown> & { type: LearnerEvent['type']; step: string };
function event(body: Body): LearnerEvent {
	n += 1;
	return {
		v: 1,
		id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
		at: new Date(1_700_000_000_000 + n).toISOString(),
		course: 'course',
		courseVersion: '1.0.0',
		language: 'da',
		lesson: 'lesson',
		...body,
	} as unknown as LearnerEvent;
}
const began = (step: string, attempt: string, items: string[], from?: unknown) =>
	event({ type: 'attempt-began', step, attempt, items, ...(from === undefined ? {} : { from }) });
const answered = (step: string, attempt: string, item: string, response: unknown) =>
	event({ type: 'answered', step, attempt, item, response, seconds: 4 });

describe('reduce', () => {
	test('keeps the first and the best finished attempt', () => {
		const progress = reduce(context, [
			began('quiz', 'a', ['q1', 'q2']),
			answered('quiz', 'a', 'q1', 'no'),
			answered('quiz', 'a', 'q2', 'yes'),
			began('quiz', 'b', ['q1', 'q2']),
			answered('quiz', 'b', 'q1', 'yes'),
			answered('quiz', 'b', 'q2', 'yes'),
			began('quiz', 'c', ['q1', 'q2']),
			answered('quiz', 'c', 'q1', 'no'),
			answered('quiz', 'c', 'q2', 'no'),
		]).lessons['lesson']!.steps['quiz']!;
		expect(progress.finished).toBe(3);
		expect(share(progress.first!)).toBe(0.5);
		expect(share(progress.best!)).toBe(1);
		expect(share(progress.latest!)).toBe(0);
		expect(progress.open).toEqual([]);
	});

	test('a quiz takes the first answer to an item, a drill the last', () => {
		const progress = reduce(context, [
			began('quiz', 'a', ['q1', 'q2']),
			answered('quiz', 'a', 'q1', 'no'),
			answered('quiz', 'a', 'q1', 'yes'),
			began('drill', 'b', ['d1', 'd2']),
			answered('drill', 'b', 'd1', 'no'),
			answered('drill', 'b', 'd1', 'yes'),
		]).lessons['lesson']!;
		expect(progress.steps['quiz']!.open[0]!.results['q1']!.earned).toBe(0);
		expect(progress.steps['drill']!.open[0]!.results['d1']!.earned).toBe(1);
	});

	test('what was missed in drill, quiz or practice is to be practised, a test is not', () => {
		const { practice } = reduce(context, [
			began('drill', 'a', ['d1', 'd2']),
			answered('drill', 'a', 'd1', 'no'),
			answered('drill', 'a', 'd2', 'no'),
			answered('practice', 'c', 'd2', 'yes'),
			began('quiz', 'b', ['q1', 'q2']),
			answered('quiz', 'b', 'q1', 'yes'),
			answered('practice', 'c', 'q2', 'no'),
			began('test', 'd', ['t1']),
			answered('test', 'd', 't1', 'no'),
		]).lessons['lesson']!;
		expect(Object.entries(practice!.missed).map(([id, { stage }]) => [id, stage])).toEqual([
			['d1', 0],
			['d2', 1],
			['q2', 0],
		]);
	});

	test('a final test takes the first answer, as a quiz does', () => {
		const { steps } = reduce(context, [
			began('test', 'a', ['t1', 't2']),
			answered('test', 'a', 't1', 'no'),
			answered('test', 'a', 't1', 'yes'),
			answered('test', 'a', 't2', 'yes'),
		]).lessons['lesson']!;
		expect(share(steps['test']!.latest!)).toBe(0.5);
	});

	test('of two devices in the same conversation the one that came first at a turn is kept', () => {
		const progress = reduce(context, [
			began('talk', 'a', ['talk']),
			answered('talk', 'a', 'talk', 'x'),
			answered('talk', 'a', 'talk', 'xy'),
			answered('talk', 'a', 'talk', 'xz'),
			answered('talk', 'a', 'talk', 'xyz'),
		]).lessons['lesson']!.steps['talk']!;
		expect(progress.first!.results['talk']!.response).toBe('xyz');
	});

	test('a replay begins with the turns before it', () => {
		const progress = reduce(context, [began('talk', 'a', ['talk'], 'xy')]);
		const attempt = progress.lessons['lesson']!.steps['talk']!.open[0]!;
		expect(attempt.results['talk']).toMatchObject({ response: 'xy', done: false });
	});

	test('passes over what the course does not have, and responses that are none', () => {
		const before = reduce(context, [began('quiz', 'a', ['q1'])]);
		const strange = [
			event({ type: 'step-reached', step: 'gone' }),
			{ ...event({ type: 'step-reached', step: 'intro' }), lesson: 'gone' } as LearnerEvent,
			answered('quiz', 'unknown-attempt', 'q1', 'yes'),
			answered('quiz', 'a', 'q2', 'yes'),
			answered('quiz', 'a', 'q1', 'perhaps'),
			began('quiz', 'z', ['gone']),
		];
		const after = strange.reduce((progress, one) => apply(context, progress, one), before);
		expect(after.lessons['lesson']!.steps).toEqual(before.lessons['lesson']!.steps);
	});
});

const anyEvent = fc.oneof(
	fc.constantFrom('intro', 'talk', 'quiz').map((step) => ({ type: 'step-reached', step })),
	fc.constant({ type: 'step-read', step: 'intro', seconds: 3 }),
	fc
		.tuple(fc.constantFrom('quiz', 'drill'), fc.constantFrom('a', 'b', 'c', 'd', 'e'))
		.map(([step, attempt]) => ({
			type: 'attempt-began',
			step,
			attempt,
			items: step === 'quiz' ? ['q1', 'q2'] : ['d1', 'd2'],
		})),
	fc
		.tuple(
			fc.constantFrom('q1', 'q2', 'd1', 'd2'),
			fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			fc.constantFrom('yes', 'no', 'perhaps'),
		)
		.map(([item, attempt, response]) => ({
			type: 'answered',
			step: item.startsWith('q') ? 'quiz' : 'drill',
			attempt,
			item,
			response,
		})),
);
const anyEvents = fc
	.array(anyEvent, { maxLength: 40 })
	.map((bodies) => bodies.map((body) => event(body as Body)));

test('the order of arrival and repeated arrival change nothing', () => {
	fc.assert(
		fc.property(
			anyEvents.chain((events) =>
				fc.tuple(
					fc.constant(events),
					fc.shuffledSubarray([...events, ...events], {
						minLength: events.length * 2,
						maxLength: events.length * 2,
					}),
				),
			),
			([events, arrived]) => {
				expect(reduce(context, arrived)).toEqual(reduce(context, events));
			},
		),
	);
});

test('progress is sound after any events', () => {
	fc.assert(
		fc.property(anyEvents, (events) => {
			for (const lesson of Object.values(reduce(context, events).lessons))
				for (const step of Object.values(lesson.steps)) {
					expect(step.open.length).toBeLessThanOrEqual(MAX_OPEN);
					expect(step.open.some(isFinished)).toBe(false);
					expect(step.finished > 0).toBe(step.best !== undefined);
					if (step.best) expect(share(step.best)).toBeGreaterThanOrEqual(share(step.first!));
				}
		}),
	);
});
