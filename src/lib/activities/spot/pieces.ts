/** A piece of an utterance: plain words, or words that can be marked. */
export interface Piece {
	words: string;
	target?: string;
}

const MARKED = /\[([^\]]+)\]\(([^)\s]*)\)/g;

/** Splits `Your back is [worn out](worn), I am afraid` into pieces, in order, nothing lost. */
export function pieces(utterance: string): Piece[] {
	const found: Piece[] = [];
	let end = 0;
	for (const match of utterance.matchAll(MARKED)) {
		if (match.index > end) found.push({ words: utterance.slice(end, match.index) });
		found.push({ words: match[1]!, target: match[2]! });
		end = match.index + match[0].length;
	}
	if (end < utterance.length) found.push({ words: utterance.slice(end) });
	return found;
}
