/**
 * The items in an order that depends on nothing but the seed, so that it is the same after resume
 * and in both languages (Fisher–Yates over mulberry32, seeded by FNV-1a).
 */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
	const random = generator(seed);
	const result = [...items];
	for (let at = result.length - 1; at > 0; at--) {
		const other = Math.floor(random() * (at + 1));
		[result[at], result[other]] = [result[other]!, result[at]!];
	}
	return result;
}

function generator(seed: string): () => number {
	let state = 0x811c9dc5;
	for (let at = 0; at < seed.length; at++)
		state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193) >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
