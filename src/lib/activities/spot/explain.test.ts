import { expect, test } from 'vitest';
import type { Flag } from '#lib/coach/contract.ts';
import { unexplained } from './explain.ts';
import { pieces } from './pieces.ts';

const parts = pieces('Your back is [worn out](worn), and [we often see that](often). Be careful.');
const text = parts.map(({ words }) => words).join('');
const flagOn = (words: string): Flag => {
	const start = text.indexOf(words);
	return { kind: 'alarm', start, end: start + words.length, why: 'w', instead: 'i' };
};

test('words that the author says better for are left to the author', () => {
	const feedback = [{ about: 'worn out', better: 'normal for your age' }];
	const flags = [flagOn('back is worn'), flagOn('Be careful')];
	expect(unexplained(flags, parts, feedback)).toEqual([flags[1]]);
});

test('a reason alone leaves room for the coach’s wording', () => {
	const flags = [flagOn('worn out')];
	expect(unexplained(flags, parts, [{ about: 'worn out' }])).toEqual(flags);
});

test('words beside the author’s are the coach’s own finding', () => {
	const feedback = [{ about: 'we often see that', better: 'x' }];
	const flags = [flagOn('worn out'), flagOn('Be careful')];
	expect(unexplained(flags, parts, feedback)).toEqual(flags);
});

test('how an utterance is put together is the author’s', () => {
	const kinds = (['leading', 'double', 'jargon'] as const).map((kind) => ({
		...flagOn('Be careful'),
		kind,
	}));
	expect(unexplained(kinds, parts, []).map(({ kind }) => kind)).toEqual(['jargon']);
});
