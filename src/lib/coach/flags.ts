import { spanOf, tagOf, type Reading } from './act.ts';
import type { Flag } from './contract.ts';
import type { Knowledge } from './knowledge.ts';
import { questionAt, type Piece } from './moves.ts';
import { find, isAt, longestAt } from './pattern.ts';
import { isAsserted, isExplained } from './scope.ts';
import type { Sentence } from './text.ts';

/** Words of the lexicon that the clinician says in their own name. */
export function wordingFlags(sentences: readonly Sentence[], known: Knowledge): Flag[] {
	return sentences.flatMap((_, index) => withoutOverlaps(inSentence(sentences, index, known)));
}

function inSentence(sentences: readonly Sentence[], index: number, known: Knowledge): Flag[] {
	const flags: Flag[] = [];
	const sentence = sentences[index]!;
	for (const { kind, why, instead, terms, exceptions } of known.lexicon) {
		const { words } = sentence;
		if (find(exceptions, words)) continue;
		for (let at = 0; at < words.length; at += 1) {
			const match = longestAt(terms, words, at);
			if (!match) continue;
			at = match.to - 1;
			const isSaid =
				kind === 'jargon'
					? !words[match.from]!.quoted && !isExplained(sentences, index, match, known)
					: isAsserted(sentence, match, known) &&
						!(kind === 'alarm' && isAsked(sentence, match.from, known));
			if (isSaid) flags.push({ kind, ...spanOf(words, match.from, match.to), why, instead });
		}
	}
	return flags;
}

/** What hangs on such a word is taken for granted: "do you still ride, with a back that is …". */
const GRANTED = new Set(
	'med når at som der nu fordi with when that now because since to'.split(' '),
);

/** Asking whether something is so does not say that it is. */
function isAsked({ words, mark }: Sentence, at: number, known: Knowledge): boolean {
	// "If it goes on like this, …": the verb is first because of that.
	if (mark === '.' || (mark !== '?' && isAt(known.cues.subordinate, words, 0))) return false;
	for (let from = at; from >= 0; from -= 1) {
		if (from < at && GRANTED.has(words[from]!.norm)) return false;
		if (isAt(known.cues.wh, words, from)) return false;
		if (questionAt(words, from, known) === 'verb-first')
			// "How long has your back been …" asks how long, not whether.
			return ![1, 2, 3].some((back) => from >= back && isAt(known.cues.wh, words, from - back));
	}
	return false;
}

/** Of two of a kind that overlap, the longer one. */
function withoutOverlaps(flags: Flag[]): Flag[] {
	const size = ({ start, end }: Flag) => end - start;
	return flags.filter(
		(flag, index) =>
			!flags.some(
				(other, at) =>
					other.kind === flag.kind &&
					other.start < flag.end &&
					flag.start < other.end &&
					(size(other) > size(flag) || (size(other) === size(flag) && at < index)),
			),
	);
}

export interface Read {
	piece: Piece;
	reading: Reading;
}

/** The answer lies in the question. */
export function leadingSpan(
	{ piece, reading }: Read,
	known: Knowledge,
): { from: number; to: number } | undefined {
	const { words, from } = piece;
	if (reading.act === 'open-question' || reading.act === 'advice' || reading.permission)
		return undefined;
	const cue = longestAt(known.cues.leading, words, from) ?? longestAt(known.cues.leading, words, 0);
	if (cue) return cue;
	const tag = tagOf(piece, known);
	return tag && reading.act === 'closed-question' && piece.question !== 'wh' && !reading.isCheck
		? { from, to: tag.to }
		: undefined;
}

const JOINTS = new Set(['og', 'and']);
const TAILS = new Set([
	'would you say',
	'do you think',
	'synes du',
	'tror du',
	'tænker du',
	'mener du',
]);
/** The same again, in other words. */
const AGAIN = new Set(['altså', 'dvs', 'mener', 'tænker', 'fx', 'mean', 'meaning', 'say', 'like']);

/** Two questions one after the other that want two answers. */
export function doubleSpan(reads: readonly Read[]): { first: Read; second: Read } | undefined {
	for (let at = 1; at < reads.length; at += 1) {
		const first = reads[at - 1]!;
		const second = reads[at]!;
		if (first.reading.asks === 'none' || second.reading.asks === 'none') continue;
		if (first.reading.isCheck || second.reading.isCheck || first.reading.permission) continue;
		if (first.reading.act === 'reflection' || second.reading.act === 'reflection') continue;
		if (asksLeave(first)) continue;
		const goesOn = JOINTS.has(second.piece.words[0]!.norm);
		// "Tell me about it. How do you sleep?" is one question; with an "and" there are two.
		if (first.piece.question === null && !goesOn) continue;
		if (second.piece.question === null && !second.piece.asked && !goesOn) continue;
		if (!isRephrased(first, second)) return { first, second };
	}
	return undefined;
}

/** "Må jeg spørge til …", "may I ask about …": the question itself comes after it. */
function asksLeave({ piece: { words, from } }: Read): boolean {
	const two = words
		.slice(from, from + 2)
		.map(({ norm }) => norm)
		.join(' ');
	return ['må jeg', 'kan jeg', 'may i', 'can i'].includes(two);
}

/** The same question again in other words, or a choice. */
function isRephrased(first: Read, second: Read): boolean {
	if (second.piece.words.length <= 2) return true;
	const [opening, next] = second.piece.words;
	if ([opening, next].some((word) => word && AGAIN.has(word.norm))) return true;
	if (opening!.norm === 'eller' || opening!.norm === 'or') return true;
	// What follows a dash takes the first one further.
	if (opening!.after === '–') return true;
	// "…, would you say?"
	if (TAILS.has(second.piece.words.map(({ norm }) => norm).join(' '))) return true;
	// Two open ones that only a comma parts.
	const bothOpen = first.reading.asks === 'open' && second.reading.asks === 'open';
	const isAlike =
		opening!.after === ',' && first.piece.words[first.piece.from]!.norm === opening!.norm;
	if (bothOpen && isAlike && !JOINTS.has(opening!.norm)) return true;
	// "…, I mean what …", "…, altså hvad …"
	if (first.piece.words.slice(-2).some(({ norm }) => AGAIN.has(norm))) return true;
	const content = ({ piece }: Read) =>
		new Set(piece.words.map(({ norm }) => norm).filter((norm) => norm.length > 4));
	const before = content(first);
	return [...content(second)].filter((norm) => before.has(norm)).length >= 2;
}
