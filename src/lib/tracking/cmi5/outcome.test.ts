import { expect, test } from 'vitest';
import { outcome } from './outcome.ts';

const verbs = (score: number | undefined, masteryScore?: number) =>
	outcome({ standing: 'done', score }, masteryScore).map(({ verb }) => verb);

test('a course under way has no outcome (9.3.3.0-1)', () => {
	expect(outcome({ standing: 'under-way', score: 100 }, undefined)).toEqual([]);
});

test('passed only with the score that the LMS asks for (9.3.4.0-2), which goes with it (9.6.3.2-2)', () => {
	expect(verbs(79, 0.8)).toEqual(['completed']);
	expect(verbs(80, 0.8)).toEqual(['completed', 'passed']);
	expect(verbs(80)).toEqual(['completed', 'passed']);
	expect(outcome({ standing: 'done', score: 80 }, 0.8)[1]).toEqual({
		verb: 'passed',
		result: { success: true, score: { scaled: 0.8, raw: 80, min: 0, max: 100 } },
		masteryScore: 0.8,
	});
});

test('where there is nothing to score, a score that is asked for is not passed', () => {
	expect(verbs(undefined, 0.5)).toEqual(['completed']);
	expect(outcome({ standing: 'done', score: undefined }, undefined)[1]).toEqual({
		verb: 'passed',
		result: { success: true },
	});
});
