import type { FinalTest } from './model.ts';

/**
 * The items of a fresh attempt: as evenly from all lessons as the number allows, those that were met
 * lately only where a lesson has no others, in an order that does not follow the lessons.
 *
 * @param met ids of items in the learner's latest attempts
 * @param random 0 ≤ x < 1, injectable for tests
 */
export function drawTest(
	{ draw, bank }: Pick<FinalTest, 'draw'> & { bank: { items: { id: string }[] }[] },
	met: string[],
	random: () => number = Math.random,
): string[] {
	const byRank = <T>(list: T[], before = (_: T) => 0) =>
		list
			.map((one) => ({ one, rank: random() + before(one) }))
			.sort((a, b) => a.rank - b.rank)
			.map(({ one }) => one);
	const left = byRank(bank).map(({ items }) =>
		byRank(
			items.map(({ id }) => id),
			(id) => (met.includes(id) ? 1 : 0),
		),
	);
	const drawn: string[] = [];
	while (drawn.length < draw && left.some((items) => items.length > 0))
		for (const items of left) {
			const next = items.shift();
			if (next !== undefined && drawn.length < draw) drawn.push(next);
		}
	return byRank(drawn);
}
