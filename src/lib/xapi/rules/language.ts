/**
 * The entry of a language map that suits best (Communication 2.1.3, "Language Filtering"): for each
 * language wanted the same tag, a narrower one (`en-GB` for `en`), then a broader one (`en` for
 * `en-GB`); the map's first entry where nothing suits.
 */
export function bestLanguage(
	map: Record<string, unknown>,
	languages: readonly string[],
): string | undefined {
	const tags = Object.keys(map);
	for (const wanted of languages) {
		const found = wanted === '*' ? tags[0] : lookUp(tags, wanted.toLowerCase());
		if (found !== undefined) return found;
	}
	return tags[0];
}

function lookUp(tags: string[], wanted: string): string | undefined {
	for (let range = wanted; range; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
		const found =
			tags.find((tag) => tag.toLowerCase() === range) ??
			tags.find((tag) => tag.toLowerCase().startsWith(`${range}-`));
		if (found !== undefined) return found;
	}
	return undefined;
}
