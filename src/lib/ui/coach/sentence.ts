import type { Span } from '#lib/coach/contract.ts';

/** Words in the sentence that they stand in: what comes before them, they themselves, and the rest. */
export interface InSentence {
	before: string;
	words: string;
	after: string;
}

const END = /[.!?…]+["”»'’)]*\s+|\n+/g;
/** More on either side would be more than a glance. */
const MOST = 90;

/** The sentence around a span, shortened where it is long. Spans outside of the text are cut to it. */
export function sentenceAround(text: string, span: Span): InSentence {
	const start = Math.max(0, Math.min(span.start, text.length));
	const end = Math.max(start, Math.min(span.end, text.length));
	const ends = [...text.matchAll(END)].map((found) => found.index + found[0].length);
	const from = ends.findLast((at) => at <= start) ?? 0;
	const to = ends.find((at) => at >= end) ?? text.length;
	const before = text.slice(from, start).trimStart();
	const after = text.slice(end, to).trimEnd();
	return {
		before: before.length > MOST ? `… ${fromWord(before.slice(-MOST))}` : before,
		words: text.slice(start, end),
		after: after.length > MOST ? `${toWord(after.slice(0, MOST))} …` : after,
	};
}

const fromWord = (text: string) => text.replace(/^\S*\s+/, '');
const toWord = (text: string) => text.replace(/\s+\S*$/, '');
