/**
 * The languages of an `Accept-Language` header, the most wanted first; those that are not wanted at
 * all (`q=0`) are left out.
 */
export function languagesOf(header: string | null | undefined): string[] {
	return (header ?? '')
		.split(',')
		.map((part) => {
			const [range = '', ...parameters] = part.trim().split(/\s*;\s*/);
			const weight = parameters.find((one) => /^q=/i.test(one))?.slice(2);
			return { range, weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ range, weight }) => range !== '' && weight > 0)
		.sort((a, b) => b.weight - a.weight)
		.map(({ range }) => range);
}

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
