/** So many characters of a text are shown of what was found in it. */
const LENGTH = 180;

/**
 * The part of a text where words were found, cut into what was found and what stands between.
 *
 * @param terms whole words as the index holds them, in lower case
 */
export function snippet(text: string, terms: string[]): { words: string; found: boolean }[] {
	const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
	const hits = words.filter(([word]) => terms.includes(word.toLowerCase()));
	const first = hits[0]?.index ?? 0;
	const from = first > LENGTH / 2 ? startOfWord(text, first - LENGTH / 3) : 0;
	const to = text.length > from + LENGTH ? startOfWord(text, from + LENGTH) : text.length;
	const parts: { words: string; found: boolean }[] = [];
	let at = from;
	for (const { index, 0: word } of hits) {
		if (index < at || index + word.length > to) continue;
		if (index > at) parts.push({ words: text.slice(at, index), found: false });
		parts.push({ words: word, found: true });
		at = index + word.length;
	}
	parts.push({ words: text.slice(at, to) + (to < text.length ? '…' : ''), found: false });
	if (from > 0) parts.unshift({ words: '…', found: false });
	return parts.filter((part) => part.words !== '');
}

function startOfWord(text: string, near: number): number {
	const space = text.indexOf(' ', Math.round(near));
	return space < 0 ? text.length : space + 1;
}
