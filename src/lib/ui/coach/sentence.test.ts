import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceAround } from './sentence.ts';

const around = (text: string, words: string) => {
	const start = text.indexOf(words);
	return sentenceAround(text, { start, end: start + words.length });
};

test('quotes the sentence and not its neighbours', () => {
	expect(around('Tak. Din ryg er slidt op, ser jeg. Hvad nu?', 'slidt op')).toEqual({
		before: 'Din ryg er ',
		words: 'slidt op',
		after: ', ser jeg.',
	});
});

test('a short text is its own sentence', () => {
	expect(around('hvordan har du det', 'hvordan')).toEqual({
		before: '',
		words: 'hvordan',
		after: ' har du det',
	});
});

test('words that go over two sentences bring both along', () => {
	expect(around('Er du træt? Eller er du ked af det? Nå.', 'træt? Eller er du ked')).toEqual({
		before: 'Er du ',
		words: 'træt? Eller er du ked',
		after: ' af det?',
	});
});

test('a long sentence is shortened between words', () => {
	const { before, after } = around(`${'ord '.repeat(60)}HER${' ord'.repeat(60)}`, 'HER');
	expect(before).toMatch(/^… ord .*ord $/);
	expect(after).toMatch(/^ ord .*ord …$/);
	expect(before.length + after.length).toBeLessThan(200);
});

test('the words are those of the span, whatever was typed', () => {
	fc.assert(
		fc.property(fc.string(), fc.nat(40), fc.nat(40), (text, start, length) => {
			const { words } = sentenceAround(text, { start, end: start + length });
			expect(words).toBe(text.slice(start, start + length));
		}),
	);
});
