import type { Flag, FlagKind } from '#lib/coach/contract.ts';
import type { Piece } from './pieces.ts';

/** Which words the author's feedback has a better wording for already. */
interface Told {
	about?: string;
	better?: string;
}

/** Wordings. An utterance that is made for marking asks two things at once to make its point. */
const WORDINGS: FlagKind[] = ['alarm', 'dismissive', 'jargon'];

/**
 * What the coach has to add to a verdict: its flags on wordings in the whole utterance, but for
 * words that the author says better for. Words count as told of when a flag and they share any of them.
 */
export function unexplained(flags: Flag[], pieces: Piece[], feedback: Told[]): Flag[] {
	const told = new Set(feedback.flatMap(({ about, better }) => (better && about ? about : [])));
	let end = 0;
	const ranges = pieces.flatMap(({ words, target }) => {
		const start = end;
		end += words.length;
		return target && told.has(words) ? { start, end } : [];
	});
	return flags.filter(
		({ kind, start, end }) =>
			WORDINGS.includes(kind) && !ranges.some((range) => start < range.end && range.start < end),
	);
}
