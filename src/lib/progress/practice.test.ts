import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comingUp, dueItems, sitting, type Practisable } from './due.ts';
import { dayOf, itemDue, lessonDue, practise, type Practised } from './practice.ts';
import type { Practice } from './progress.ts';

const right = (item: string, day: number, inPractice = true): Practised => ({
	item,
	isRight: true,
	day,
	inPractice,
});
const wrong = (item: string, day: number, inPractice = true): Practised => ({
	...right(item, day, inPractice),
	isRight: false,
});
const after = (...answers: Practised[]) =>
	answers.reduce<Practice | undefined>(practise, undefined)!;
const lesson = (practice: Practice, id = 'lesson'): Practisable => ({
	lesson: id,
	items: ['a', 'b', 'c', 'd', 'e'],
	progress: { read: [], steps: {}, practice },
});

test('a day is a day in UTC', () => {
	expect(dayOf('1970-01-02T00:00:00.000Z')).toBe(1);
	expect(dayOf(Date.UTC(2026, 10, 23, 23, 59))).toBe(dayOf(Date.UTC(2026, 10, 23)));
});

describe('a lesson', () => {
	test('comes back 1, 7 and 30 days after it was practised, and then no more', () => {
		let practice = after(right('a', 100, false));
		expect(lessonDue(practice)).toBe(101);
		practice = practise(practice, right('a', 101));
		expect(lessonDue(practice)).toBe(108);
		practice = practise(practice, right('b', 109));
		expect(lessonDue(practice)).toBe(139);
		practice = practise(practice, right('c', 139));
		expect(lessonDue(practice)).toBe(Infinity);
	});

	test('does not hurry when practised before its time', () => {
		const practice = after(right('a', 100, false), right('a', 101), right('b', 103));
		expect(lessonDue(practice)).toBe(108);
	});

	test('waits from the day on which it was worked on last', () => {
		expect(lessonDue(after(right('a', 100, false), right('b', 104, false)))).toBe(105);
	});

	test('brings two items a time, others at the next stage', () => {
		const first = lesson({ stage: 0, day: 100, missed: {} });
		expect(dueItems([first], 100)).toEqual([]);
		const due = dueItems([first], 101).map(({ item }) => item);
		expect(due).toHaveLength(2);
		const later = lesson({ stage: 1, day: 100, missed: {} });
		expect(dueItems([later], 107).map(({ item }) => item)).not.toEqual(due);
	});
});

describe('a missed item', () => {
	test('is due at once, then after 1, 7 and 30 days, and then it is known', () => {
		let practice = after(wrong('a', 100, false));
		expect(dueItems([lesson(practice)], 100)).toEqual([
			{ lesson: 'lesson', item: 'a', missed: true },
		]);
		for (const [day, due] of [
			[100, 101],
			[101, 108],
			[108, 138],
		] as const) {
			practice = practise(practice, right('a', day));
			expect(itemDue(practice.missed['a']!)).toBe(due);
		}
		expect(practise(practice, right('a', 138)).missed).toEqual({});
	});

	test('begins anew when missed again', () => {
		const practice = after(wrong('a', 100), right('a', 100), wrong('a', 101));
		expect(practice.missed['a']).toEqual({ stage: 0, day: 101 });
	});

	test('that is right twice on one day has been right once', () => {
		const practice = after(wrong('a', 100), right('a', 100), right('a', 100));
		expect(practice.missed['a']).toEqual({ stage: 1, day: 100 });
	});
});

test('a sitting is short, and without anything due it mixes all lessons', () => {
	const missed = Object.fromEntries(
		['a', 'b', 'c', 'd', 'e'].map((item) => [item, { stage: 0, day: 1 }]),
	);
	const many = ['one', 'two', 'three'].map((id) => lesson({ stage: 3, day: 1, missed }, id));
	expect(dueItems(many, 2)).toHaveLength(15);
	expect(sitting(many, 2)).toHaveLength(12);
	const done = ['one', 'two', 'three'].map((id) => lesson({ stage: 3, day: 1, missed: {} }, id));
	const mixed = sitting(done, 2);
	expect(mixed).toHaveLength(6);
	expect(new Set(mixed.map((one) => one.lesson)).size).toBe(3);
	expect(sitting([], 2)).toEqual([]);
});

test('what comes up is counted by day, and what is due is not coming up', () => {
	const practice: Practice = {
		stage: 1,
		day: 100,
		missed: { a: { stage: 1, day: 106 }, b: { stage: 0, day: 100 } },
	};
	expect(comingUp([lesson(practice)], 101)).toEqual([{ day: 107, count: 3 }]);
});

test('whatever is answered, stages stay within the intervals and nothing is due twice', () => {
	const answers = fc.array(
		fc.record({
			item: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			isRight: fc.boolean(),
			day: fc.integer({ min: 0, max: 200 }),
			inPractice: fc.boolean(),
		}),
		{ minLength: 1 },
	);
	fc.assert(
		fc.property(answers, fc.integer({ min: 0, max: 300 }), (given, today) => {
			const practice = after(...given.toSorted((a, b) => a.day - b.day));
			expect(practice.stage).toBeLessThanOrEqual(3);
			for (const { stage } of Object.values(practice.missed)) expect(stage).toBeLessThan(4);
			const due = dueItems([lesson(practice)], today).map(({ item }) => item);
			expect(new Set(due).size).toBe(due.length);
		}),
	);
});
