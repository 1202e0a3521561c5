import { expect, test } from 'vitest';
import { testState, withoutOpenScores } from './final-test.ts';
import type { Attempt, Progress } from './progress.ts';

const bank = [
	{ lesson: 'one', items: [{ id: 'a', type: 'choice', answer: 'secret' }] },
	{ lesson: 'two', items: [{ id: 'b', type: 'choice', answer: 'secret' }] },
];
const viewOf = () => ({ prompt: 'shown' });
const attempt = (id: string, earned: (number | undefined)[]): Attempt => ({
	id,
	items: ['a', 'b'],
	results: Object.fromEntries(
		earned.flatMap((one, at) =>
			one === undefined
				? []
				: [[['a', 'b'][at]!, { response: 'said', earned: one, possible: 1, done: true }]],
		),
	),
});
const progress = (step: Progress['lessons'][string]['steps'][string]): Progress => ({
	seconds: 0,
	lessons: { 'final-test': { read: [], steps: { test: step } } },
});

test('an item under way is seen without its answer', () => {
	const state = testState({ bank }, progress({ finished: 0, open: [attempt('x', [1])] }), viewOf);
	expect(state).toEqual({
		finished: 0,
		open: [
			{ id: 'a', type: 'choice', prompt: 'shown' },
			{ id: 'b', type: 'choice', prompt: 'shown' },
		],
	});
});

test('a finished attempt is seen whole, with the lesson of each item', () => {
	const done = attempt('x', [1, 0]);
	const state = testState(
		{ bank },
		progress({ finished: 1, open: [], first: done, best: done, latest: done }),
		viewOf,
	);
	expect(state).toMatchObject({ finished: 1, best: 50, latest: { percent: 50 } });
	expect(state.latest!.items.map(({ lesson, earned }) => [lesson, earned])).toEqual([
		['one', 1],
		['two', 0],
	]);
});

test('what an unfinished test has earned does not leave, its answers do', () => {
	const done = attempt('x', [1, 0]);
	const hidden = withoutOpenScores(
		progress({ finished: 1, open: [attempt('y', [1])], latest: done }),
	);
	const step = hidden.lessons['final-test']!.steps['test']!;
	expect(step.open[0]!.results['a']).toEqual({
		response: 'said',
		earned: 0,
		possible: 0,
		done: true,
	});
	expect(step.latest).toBe(done);
});
