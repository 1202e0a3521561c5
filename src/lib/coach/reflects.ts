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
const SAYS_SO = 8;
const ABOUT_YOU = 5;
const READ_AS_ONE = 4;
const ANY = 2;
const ABOUT_ME = -2;
const BY_ACT: Partial<Record<Act, number>> = { advice: -4, validation: -4 };

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
	const by = reading.act === 'information' ? -2 * reading.certainty : (BY_ACT[reading.act] ?? 0);
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
	if (['so', 'så'].includes(words[from]!.norm) || isAt(cues.you, words, from)) return ABOUT_YOU;
	return isRead ? READ_AS_ONE : ANY;
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
		[told.length > 1, -2],
		[reads.some(({ piece }) => piece.question !== null), -1],
		[reads.some(({ piece }) => !saysSo(piece.words, cues) && find(cues.self, piece.words)), -1],
		[words.length < 6, -1],
		[has(cues.feelings), 2],
		[has(cues.contrasts), 2],
	];
	return points.reduce((sum, [holds, by]) => sum + (holds ? by : 0), 0);
}
