import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippet } from './snippet.ts';

test('shows what was found, with words around it', () => {
	expect(snippet('En scanning viser ikke smerter.', ['scanning'])).toEqual([
		{ words: 'En ', found: false },
		{ words: 'scanning', found: true },
		{ words: ' viser ikke smerter.', found: false },
	]);
});

test('begins near the first word found in a long text', () => {
	const text = `${'noget andet '.repeat(40)}smerten ${'mere '.repeat(100)}`;
	const parts = snippet(text, ['smerten']);
	expect(parts[0]!.words).toBe('…');
	expect(parts.filter((part) => part.found).map((part) => part.words)).toEqual(['smerten']);
	expect(parts.map((part) => part.words).join('').length).toBeLessThan(230);
});

test('whatever the text, what is shown is a piece of it', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 600 }), fc.array(fc.string()), (text, terms) => {
			const shown = snippet(text, terms)
				.map((part) => part.words)
				.join('');
			expect(text).toContain(shown.replace(/^…/, '').replace(/…$/, ''));
		}),
	);
});
