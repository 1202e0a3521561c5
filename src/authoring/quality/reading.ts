const WORD = /[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu;

export function countWords(texts: string[]): number {
	return texts.reduce((sum, text) => sum + (text.match(WORD)?.length ?? 0), 0);
}

/**
 * Reading ease as LIX: mean words per sentence plus the percentage of words of more than six letters
 * (C. H. Björnsson, "Läsbarhet", 1968). Counted alike for Danish and English, so that the two can be
 * compared; English words are shorter, so a text of equal ease has a LIX some points lower.
 *
 * @returns undefined when there is no sentence
 */
export function lix(texts: string[]): number | undefined {
	let words = 0;
	let long = 0;
	let sentences = 0;
	for (const text of texts) {
		const found = text.match(WORD) ?? [];
		if (found.length === 0) continue;
		words += found.length;
		long += found.filter((word) => word.replaceAll(/[^\p{L}]/gu, '').length > 6).length;
		sentences += Math.max(1, text.match(/[.!?…:]+(?=\s|["”«»’)]|$)/gu)?.length ?? 0);
	}
	return sentences === 0 ? undefined : words / sentences + (100 * long) / words;
}
