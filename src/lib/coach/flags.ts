import type { Language } from '#lib/course/language.ts';
import type { Flag } from './contract.ts';
import type { Knowledge } from './language.ts';
import { find, longestAt } from './pattern.ts';
import { questionAt, type Piece } from './moves.ts';
import { spanOf, tagOf, type Reading } from './act.ts';
import { isAsserted, isExplained } from './scope.ts';
import type { Sentence } from './text.ts';

/** Words of the lexicon that the clinician says in their own name. */
export function wordingFlags(
	sentences: readonly Sentence[],
	known: Knowledge,
	lang: Language,
): Flag[] {
	const flags: Flag[] = [];
	for (const [index, sentence] of sentences.entries())
		for (const { kind, why, instead, terms, exceptions } of known.lexicon) {
			if (find(exceptions, sentence.words)) continue;
			for (let at = 0; at < sentence.words.length; at += 1) {
				const match = longestAt(terms, sentence.words, at);
				if (!match) continue;
				at = match.to - 1;
				const isSaid =
					kind === 'jargon'
						? !sentence.words[match.from]!.quoted &&
							!isExplained(sentences, index, match.from, match.to, known)
						: isAsserted(sentence, match.from, match.to, known) &&
							!(kind === 'alarm' && isOpenQuestion(sentence, match.from, known, lang));
				if (isSaid)
					flags.push({ kind, ...spanOf(sentence.words, match.from, match.to), why, instead });
			}
		}
	return withoutOverlaps(flags);
}

/** Asking whether something is so does not say that it is. */
function isOpenQuestion(sentence: Sentence, at: number, known: Knowledge, lang: Language): boolean {
	for (let from = at; from >= 0; from -= 1)
		if (questionAt(sentence.words, from, known, lang) === 'verb-first') return true;
	return false;
}

function withoutOverlaps(flags: Flag[]): Flag[] {
	return flags.filter(
		(flag, index) =>
			!flags.some(
				(other, at) =>
					other.kind === flag.kind &&
					(other.end - other.start > flag.end - flag.start ||
						(other.end - other.start === flag.end - flag.start && at < index)) &&
					other.start < flag.end &&
					flag.start < other.end,
			),
	);
}

interface Read {
	piece: Piece;
	reading: Reading;
}

/** The answer lies in the question. */
export function leadingSpan(
	{ piece, reading }: Read,
	known: Knowledge,
): { from: number; to: number } | undefined {
	const { words, from } = piece;
	const cue = longestAt(known.cues.leading, words, from) ?? longestAt(known.cues.leading, words, 0);
	if (cue) return cue;
	const tag = tagOf(piece, known);
	return tag && reading.act === 'closed-question' && piece.question !== 'wh' && !reading.isCheck
		? { from, to: tag.to }
		: undefined;
}

/** Two questions one after the other that want two answers. */
export function doubleSpan(reads: readonly Read[]): { first: Read; second: Read } | undefined {
	for (let at = 1; at < reads.length; at += 1) {
		const first = reads[at - 1]!;
		const second = reads[at]!;
		if (first.reading.asks === 'none' || second.reading.asks === 'none') continue;
		if (first.reading.isCheck || second.reading.isCheck || first.reading.permission) continue;
		if (first.piece.question === null || (second.piece.question === null && !second.piece.asked))
			continue;
		if (isRephrased(first, second)) continue;
		return { first, second };
	}
	return undefined;
}

/** The same question again in other words: an open one, then an example of an answer to it. */
function isRephrased(first: Read, second: Read): boolean {
	if (second.piece.words.length <= 2) return true;
	const opening = second.piece.words[0]!.norm;
	if (['altså', 'dvs', 'tænker', 'fx', 'for', 'like', 'meaning', 'say'].includes(opening))
		return true;
	const content = (read: Read) =>
		new Set(read.piece.words.map(({ norm }) => norm).filter((norm) => norm.length > 4));
	const before = content(first);
	return [...content(second)].filter((norm) => before.has(norm)).length >= 2;
}
