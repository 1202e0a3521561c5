/** A piece of an utterance: plain words, or words that can be marked. */
export interface Piece {
	words: string;
	target?: string;
}

const MARKED = /\[([^\]]+)\]\(([^)\s]*)\)/g;

/**
 * The same words with the marks that follow a piece, such as a full stop, as part of it: a piece that
 * is shown as a button would otherwise leave them to a line of their own.
 */
export function withPunctuation(parts: Piece[]): Piece[] {
	const shown = parts.map((part) => ({ ...part }));
	for (const [at, part] of shown.entries()) {
		const before = shown[at - 1];
		const trailing = /^[\p{Po}\p{Pf}]+/u.exec(part.words)?.[0];
		if (!trailing || part.target || !before?.target) continue;
		before.words += trailing;
		part.words = part.words.slice(trailing.length);
	}
	return shown.filter(({ words }) => words !== '');
}

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
