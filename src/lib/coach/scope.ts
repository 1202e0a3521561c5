import type { Knowledge } from './knowledge.ts';
import { isAt, longestAt, type Match, type PatternList } from './pattern.ts';
import type { Sentence, Word } from './text.ts';

/** Whether what was found is said in the clinician's own name, and said at all. */
export function isAsserted(
	{ words }: Sentence,
	{ from, to, pattern }: Match,
	known: Knowledge,
): boolean {
	if (words.slice(from, to).every(({ quoted }) => quoted)) return false;
	// "Ryggen er ikke slidt"; but in "never be the same" the denial is what is said.
	const own = ` ${pattern.source.replaceAll(/[^\p{L} ]/gu, ' ')} `;
	for (let at = from + 1; at < to - 1; at += 1)
		if (isAt(known.cues.negators, words, at) && !own.includes(` ${words[at]!.norm} `)) return false;
	return !isNegated(words, from, known) && !isAttributed(words, from, to, known);
}

/** A negation holds until the next "but" or "so", over commas: "det betyder ikke, at ryggen er slidt". */
function isNegated(words: readonly Word[], until: number, { cues }: Knowledge): boolean {
	let negated = false;
	for (let at = 0; at < until; at += 1) {
		if (isAt(cues.negators, words, at)) negated ||= !isRhetorical(words, at, cues);
		else if (negated && (isBreak(words, at, cues) || beginsAnew(words, at, cues))) negated = false;
	}
	return negated;
}

/** "Don't lift, your back is too weak": after the comma something else is said of somebody. */
function beginsAnew(words: readonly Word[], at: number, cues: Knowledge['cues']): boolean {
	return words[at]!.after === ',' && isAt(cues.topics, words, at);
}

/** "Er det ikke …", "isn't it …": a question that waits for a yes denies nothing. */
function isRhetorical(words: readonly Word[], at: number, cues: Knowledge['cues']): boolean {
	const asks = isAt(cues.finite, words, 0);
	if (words[0]!.norm === 'mon') return at === 1;
	return asks && at > 0 && at <= 2 && (at === 1 || isAt(cues.subjects, words, 1));
}

function isBreak(words: readonly Word[], at: number, cues: Knowledge['cues']): boolean {
	return words[at]!.after === '–' || isAt(cues.breaks, words, at) || isAt(cues.granted, words, at);
}

const OURSELVES = { da: new Set(['jeg', 'vi']), en: new Set(['i', 'we']) };

/** Somebody else's words, or the patient's own: "du fik at vide, at …", "you're worried that …". */
function isAttributed(
	words: readonly Word[],
	from: number,
	to: number,
	{ cues, lang }: Knowledge,
): boolean {
	let since = 0;
	for (let at = from - 1; at > 0 && since === 0; at -= 1) if (isBreak(words, at, cues)) since = at;
	for (let at = since; at < words.length; at += 1) {
		if (at >= from && at < to) continue;
		const view = longestAt(cues.attributes, words, at);
		// What is found may itself speak of what somebody thinks: "det er noget, du tænker dig til".
		if (!view || (at < from && view.to > from)) continue;
		const isOurs = [at - 1, at, at + 1].some((near) =>
			OURSELVES[lang].has(words[near]?.norm ?? ''),
		);
		// After the words only what reports them: "…, fortalte du".
		const reports = at < from || (words[at]!.after !== '' && words.length - at <= 3);
		if (!isOurs && reports) return true;
	}
	return false;
}

/** Whether an explanation of a word stands after it or leads up to it. */
export function isExplained(
	sentences: readonly Sentence[],
	index: number,
	{ from, to }: Match,
	known: Knowledge,
): boolean {
	const { words } = sentences[index]!;
	const { cues } = known;
	const near = (cue: PatternList, list: readonly Word[], start: number, end: number) => {
		for (let at = Math.max(0, start); at <= Math.min(end, list.length - 1); at += 1)
			if (isAt(cue, list, at)) return true;
		return false;
	};
	if (near(cues.explains, words, to, to + 3) || near(cues.names, words, from - 4, from - 1))
		return true;
	const after = words[to];
	// A bracket or dash right after it, with some words to it: "spondylose (slid i leddene)".
	if (after && after.after === '–' && words.length - to >= 2) return true;
	const next = sentences[index + 1];
	return next !== undefined && near(cues.explains, next.words, 0, 2);
}
