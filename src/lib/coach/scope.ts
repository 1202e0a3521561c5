import type { Knowledge } from './language.ts';
import { find, matchAt } from './pattern.ts';
import type { Sentence, Word } from './text.ts';
import { isOneOf } from './moves.ts';

/** Whether what stands at a word is said in the clinician's own name, and said at all. */
export function isAsserted(
	sentence: Sentence,
	from: number,
	to: number,
	known: Knowledge,
): boolean {
	const { words } = sentence;
	if (words.slice(from, to).every(({ quoted }) => quoted)) return false;
	return !isNegated(words, from, known) && !isAttributed(words, from, known);
}

/** A negation holds until the next "but" or "so", over commas: "det betyder ikke, at ryggen er slidt". */
function isNegated(words: readonly Word[], until: number, { cues }: Knowledge): boolean {
	let negated = false;
	for (let at = 0; at < until; at += 1) {
		if (isOneOf(cues.negators, words, at)) negated = true;
		else if (negated && isBreak(words, at, cues) && !isOneOf(cues.negators, words, at - 1))
			negated = false;
	}
	return negated;
}

function isBreak(words: readonly Word[], at: number, cues: Knowledge['cues']): boolean {
	return words[at]!.after === '–' || isOneOf(cues.breaks, words, at);
}

/** Somebody else's words, or the patient's own: "du fik at vide, at …", "you're worried that …". */
function isAttributed(words: readonly Word[], until: number, { cues }: Knowledge): boolean {
	let since = 0;
	for (let at = until - 1; at > 0; at -= 1)
		if (isBreak(words, at, cues)) {
			since = at;
			break;
		}
	const match = find(cues.attributes, words, since, until - 1);
	return match !== undefined;
}

/** Whether an explanation of a word stands after it or leads up to it. */
export function isExplained(
	sentences: readonly Sentence[],
	index: number,
	from: number,
	to: number,
	known: Knowledge,
): boolean {
	const { explains } = known.cues;
	const { words } = sentences[index]!;
	const near = (list: readonly Word[], start: number, end: number) => {
		for (let at = Math.max(0, start); at <= Math.min(end, list.length - 1); at += 1)
			if (explains.some((pattern) => matchAt(pattern, list, at) > at)) return true;
		return false;
	};
	if (near(words, to, to + 3) || near(words, from - 4, from - 1)) return true;
	const after = words[to];
	// A bracket or dash right after it, with some words to it: "spondylose (slid i leddene)".
	if (
		after &&
		after.after !== '' &&
		words.length - to >= 3 &&
		!isOneOf(known.cues.finite, words, to)
	)
		return after.after === '–' || near(words, to, to + 1);
	const next = sentences[index + 1];
	return next !== undefined && near(next.words, 0, 2);
}
