import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw } from './draw.ts';

const bank = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

test('without a count every item comes, in the order of the file', () => {
	expect(draw(bank, undefined)).toEqual(bank);
});

test('a retake prefers items that the latest attempt did not hold', () => {
	fc.assert(
		fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (stream) => {
			const random = () => stream.next().value as number;
			const drawn = draw(bank, 3, ['a', 'b', 'c', 'd', 'e'], random);
			expect(drawn).toEqual(['f', 'g', 'h']);
		}),
	);
});

test('draws as many distinct items as asked', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 8 }), fc.subarray(bank), (count, met) => {
			const drawn = draw(bank, count, met);
			expect(new Set(drawn).size).toBe(count);
		}),
	);
});
