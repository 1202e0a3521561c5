import { expect, test } from 'vitest';
import type { Interaction } from '#lib/activities/contract.ts';
import { interactionFields12 } from './interactions12.ts';

const labelled = (...ids: string[]) => ids.map((id) => ({ id, label: id }));
function fields(interaction: Interaction, earned = 1, possible = 2) {
	return Object.fromEntries(
		interactionFields12({
			lesson: 'lesson',
			step: 'step',
			item: 'item',
			interaction,
			result: { earned, possible, done: true },
			at: new Date(2026, 0, 1, 9, 30, 5),
		}),
	);
}

test('choices become single letters in the order as authored', () => {
	expect(
		fields({
			type: 'choice',
			response: ['ask-worry', 'listen'],
			correct: ['listen'],
			choices: labelled('listen', 'tell', 'ask-worry'),
		}),
	).toEqual({
		id: 'lesson_step_item',
		type: 'choice',
		time: '09:30:05',
		student_response: 'c,a',
		'correct_responses.0.pattern': 'a',
		weighting: '2',
		result: 'wrong',
	});
});

test('pairs become letters with a dot between', () => {
	expect(
		fields({
			type: 'matching',
			response: [['x', 'two']],
			correct: [['x', 'one']],
			source: labelled('x'),
			target: labelled('one', 'two'),
		}),
	).toMatchObject({ student_response: 'a.b', 'correct_responses.0.pattern': 'a.a' });
});

test('a conversation that could have gone better is neutral; long ids are told by number', () => {
	const long = (n: number): [string, string] => [
		`turn-${n}`.padEnd(48, 'x'),
		'option'.padEnd(48, 'y'),
	];
	const response = Array.from({ length: 9 }, (_, n) => long(n));
	const told = fields({ type: 'performance', response, correct: response });
	expect(told.result).toBe('neutral');
	expect(told.student_response!.length).toBeLessThan(255);
});

test('nothing to earn is neutral, everything earned is correct', () => {
	const numeric: Interaction = { type: 'numeric', response: 7.5, min: 5, max: 10 };
	expect(fields(numeric, 0, 0)).toMatchObject({ result: 'neutral', student_response: '7.5' });
	expect(fields(numeric, 2, 2).result).toBe('correct');
});

test('a step that is its activity is not named twice', () => {
	const [[, id]] = interactionFields12({
		lesson: 'lesson',
		step: 'same',
		item: 'same',
		interaction: { type: 'numeric', response: 1, min: 1, max: 1 },
		result: { earned: 1, possible: 1, done: true },
		at: new Date(),
	}) as [[string, string]];
	expect(id).toBe('lesson_same');
});

test('more options than letters leave the response out', () => {
	const ids = Array.from({ length: 40 }, (_, n) => `o${n}`);
	const told = fields({
		type: 'choice',
		response: ['o39'],
		correct: ['o1'],
		choices: labelled(...ids),
	});
	expect(told.student_response).toBeUndefined();
	expect(told['correct_responses.0.pattern']).toBe('b');
});
