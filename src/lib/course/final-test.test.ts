import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawTest } from './final-test.ts';

const bank = (lessons: number, items: number) =>
	Array.from({ length: lessons }, (_, lesson) => ({
		items: Array.from({ length: items }, (_, item) => ({ id: `${lesson}-${item}` })),
	}));
const lessonOf = (id: string) => id.split('-')[0]!;
const counts = (ids: string[]) => {
	const by = new Map<string, number>();
	for (const id of ids) by.set(lessonOf(id), (by.get(lessonOf(id)) ?? 0) + 1);
	return by;
};

test('draws the number asked for, each item once, evenly from all lessons', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 16 }),
			fc.integer({ min: 1, max: 6 }),
			fc.integer({ min: 1, max: 60 }),
			(lessons, items, draw) => {
				const drawn = drawTest({ draw, bank: bank(lessons, items) }, []);
				expect(drawn).toHaveLength(Math.min(draw, lessons * items));
				expect(new Set(drawn).size).toBe(drawn.length);
				const each = [...counts(drawn).values()];
				if (draw >= lessons) expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
			},
		),
	);
});

test('a retake is fresh as long as there are other items', () => {
	const all = bank(16, 4);
	const first = drawTest({ draw: 24, bank: all }, []);
	const second = drawTest({ draw: 24, bank: all }, first);
	expect(second.filter((id) => first.includes(id))).toEqual([]);
});

test('does not follow the order of the lessons', () => {
	const orders = Array.from({ length: 20 }, () =>
		drawTest({ draw: 16, bank: bank(16, 1) }, []).map(lessonOf),
	);
	expect(new Set(orders.map(String)).size).toBeGreaterThan(1);
});
