/**
 * Which items an attempt at a set consists of, and in which order. Items that the learner has not
 * met in the latest attempt come first, so that a retake is a fresh one.
 *
 * @param bank ids of all items, in the author's order
 * @param count how many to draw; all when undefined. Without drawing the author's order is kept.
 * @param met ids that the latest attempt held
 * @param random 0 ≤ x < 1, injectable for tests
 */
export function draw(
	bank: string[],
	count: number | undefined,
	met: string[] = [],
	random: () => number = Math.random,
): string[] {
	if (count === undefined || count >= bank.length) return [...bank];
	const ranked = bank.map((id) => ({ id, rank: random() + (met.includes(id) ? 1 : 0) }));
	ranked.sort((a, b) => a.rank - b.rank);
	const drawn = new Set(ranked.slice(0, count).map((item) => item.id));
	return bank.filter((id) => drawn.has(id));
}
