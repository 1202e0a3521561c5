/** A piece of a JSON text for people, by what it is. */
export interface Piece {
	kind: 'name' | 'string' | 'number' | 'word' | 'mark' | 'space';
	text: string;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * The pieces of a JSON text, indented: only the space between tokens is another one. Numbers and
 * strings stand as they were written, which `JSON.stringify` would not keep.
 *
 * @param text one that JSON's grammar allows
 */
export function indented(text: string): Piece[] {
	const tokens = text.match(TOKEN) ?? [];
	const pieces: Piece[] = [];
	let depth = 0;
	const line = () => pieces.push({ kind: 'space', text: `\n${'  '.repeat(depth)}` });
	tokens.forEach((token, index) => {
		const isClosing = token === '}' || token === ']';
		const isEmpty = isClosing && /^[{[]$/.test(tokens[index - 1] ?? '');
		if (isClosing) depth--;
		if (isClosing && !isEmpty) line();
		pieces.push({ kind: kindOf(token, tokens[index + 1]), text: token });
		if (token === ':') pieces.push({ kind: 'space', text: ' ' });
		if (token === '{' || token === '[') {
			depth++;
			if (!/^[}\]]$/.test(tokens[index + 1] ?? '')) line();
		}
		if (token === ',') line();
	});
	return pieces;
}

function kindOf(token: string, next: string | undefined): Piece['kind'] {
	if (token.startsWith('"')) return next === ':' ? 'name' : 'string';
	if (/^[{}[\],:]$/.test(token)) return 'mark';
	return /^[-\d]/.test(token) ? 'number' : 'word';
}
