import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

test('words stay whole where they fit, and what is cut says so', () => {
	expect(linesOf('one two three four', 9, 3)).toEqual(['one two', 'three', 'four']);
	expect(linesOf('one two three four', 9, 2)).toEqual(['one two', 'three…']);
	expect(linesOf('incomprehensibilities', 9, 2)).toEqual(['incompre…']);
	expect(linesOf('', 9, 2)).toEqual([]);
});

test('never more or longer lines than asked for', () => {
	fc.assert(
		fc.property(
			fc.string(),
			fc.integer({ min: 2, max: 30 }),
			fc.integer({ min: 1, max: 4 }),
			(text, most, lines) => {
				const found = linesOf(text, most, lines);
				expect(found.length).toBeLessThanOrEqual(lines);
				for (const line of found) expect(line.length).toBeLessThanOrEqual(most);
			},
		),
	);
});
