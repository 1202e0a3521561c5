/**
 * A text in lines of at most so many characters, broken between words; what has no room is cut with
 * an ellipsis. SVG does not break lines, and the server cannot measure them.
 */
export function linesOf(text: string, most: number, lines: number): string[] {
	const found: string[] = [];
	for (const word of text.split(/\s+/).filter(Boolean)) {
		const last = found.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= most)
			found[found.length - 1] = `${last} ${word}`;
		else found.push(word);
	}
	const shown = found.slice(0, lines).map((line) => cut(line, most));
	if (found.length > lines) shown[lines - 1] = cut(`${shown[lines - 1]}…`, most, '…');
	return shown;
}

function cut(line: string, most: number, end = ''): string {
	return line.length <= most ? line : `${line.slice(0, most - 1).replace(/…$/, '')}${end || '…'}`;
}
