import type { Act } from './contract.ts';
import type { Read } from './flags.ts';
import type { Knowledge } from './knowledge.ts';
import { find, isAt, type PatternList } from './pattern.ts';
import type { Sentence } from './text.ts';

/**
 * Points by which a text sounds like a reflection, set by hand: those of its strongest statement, and
 * more or less for what else is in it. `ENOUGH` of them, and it does.
 */
const ENOUGH = 2;
const SAYS_SO = 10;
const SO_YOU = 6;
const ABOUT_YOU = 5;
const ANY = 2;
const ABOUT_ME = -2;
/** Information by how sure it is that it is some: a guess, likely, clear. */
const KNOWN = [0, -1, -4] as const;
const BY_ACT: Partial<Record<Act, number>> = { advice: -4, validation: -6, 'closed-question': -2 };

/** Whether a text mirrors or sums up, at least in part, what the patient said or feels. */
export function soundsLikeReflection(
	sentences: readonly Sentence[],
	reads: readonly Read[],
	known: Knowledge,
): boolean {
	const statements = reads.filter(
		({ piece, reading }) =>
			piece.question === null && piece.words.length > 2 && reading.act !== 'open-question',
	);
	if (statements.length === 0) return false;
	const strongest = Math.max(...statements.map((one) => pointsOf(one, known)));
	return strongest + pointsAround(sentences, reads, known) >= ENOUGH;
}

function pointsOf({ piece, reading }: Read, { cues }: Knowledge): number {
	const { words, from } = piece;
	if (saysSo(words, cues)) return SAYS_SO;
	const by = reading.act === 'information' ? KNOWN[reading.certainty] : (BY_ACT[reading.act] ?? 0);
	return startOf(words, from, reading.reflects, cues) + by;
}

/** "It sounds like …": but not where the speaker breaks off there. */
function saysSo(words: Read['piece']['words'], cues: Knowledge['cues']): boolean {
	const match = find(cues.reflectsWithin, words);
	return match !== undefined && match.to < words.length - 1;
}

function startOf(
	words: Read['piece']['words'],
	from: number,
	isRead: boolean,
	cues: Knowledge['cues'],
): number {
	if (isAt(cues.self, words, from)) return ABOUT_ME;
	const isSo = ['so', 'så'].includes(words[from]!.norm);
	if (isSo && isAt(cues.you, words, from + 1)) return SO_YOU;
	return isSo || isRead || isAt(cues.you, words, from) ? ABOUT_YOU : ANY;
}

/** What is asked, planned, taught or said of the speaker is not mirrored; feelings and "but" mostly are. */
function pointsAround(
	sentences: readonly Sentence[],
	reads: readonly Read[],
	{ cues }: Knowledge,
): number {
	const words = sentences.flatMap((sentence) => sentence.words);
	const has = (list: PatternList) => find(list, words) !== undefined;
	const told = reads.filter(
		({ piece, reading }) => reading.act === 'information' && piece.words.length > 3,
	);
	const points: [boolean, number][] = [
		[has(cues.greets), -6],
		[sentences.at(-1)!.mark === '?', -3],
		[has(cues.ahead), -2],
		[has(cues.matters), -2],
		[told.length > 1, -3],
		[reads.some(({ piece }) => piece.question !== null), -1],
		[reads.some(({ piece }) => !saysSo(piece.words, cues) && find(cues.self, piece.words)), -2],
		[words.length < 6, -1],
		[has(cues.feelings), 2],
		[has(cues.contrasts), 3],
	];
	return points.reduce((sum, [holds, by]) => sum + (holds ? by : 0), 0);
}
