import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countWords, lix } from './reading.ts';

test('is words a sentence plus the percentage of long words', () => {
	// 10 words, 2 sentences, 1 long word: 5 + 10
	expect(lix(['Hun går en tur med sin hund. Det hjælper noget.'])).toBe(15);
});

test('a text without a full stop is one sentence, and no text has no ease', () => {
	expect(lix(['Before you explain'])).toBe(3 + 100 / 3);
	expect(lix(['', '…'])).toBeUndefined();
});

test('counts words, not marks', () => {
	expect(countWords(['Hør her – du, Bo’s ryg.', ''])).toBe(5);
});

test('is never negative nor more than the words and 100', () => {
	fc.assert(
		fc.property(fc.array(fc.string()), (texts) => {
			const ease = lix(texts);
			return ease === undefined || (ease >= 0 && ease <= countWords(texts) + 100);
		}),
	);
});
