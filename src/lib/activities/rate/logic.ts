import type { ActivityType } from '../contract.ts';
import { invalid, isRecord, scored } from '../guard.ts';
import type { Rate, RateResponse } from './schema.ts';

/** As in the schema, which the browser does without. */
const MOST = 10;

export interface RateView {
	prompt: string;
	low: string;
	high: string;
	items: { id: string; text: string }[];
	/** Every step of the scale. */
	scale: number[];
}

export const rate: ActivityType<Rate, RateView, RateResponse> = {
	publicView: ({ prompt, low, high, items }) => ({
		prompt,
		low,
		high,
		items: items.map(({ id, text }) => ({ id, text })),
		scale: Array.from({ length: MOST + 1 }, (_, number) => number),
	}),

	/** Nothing to earn. */
	score({ items }, response) {
		if (!isRecord(response) || !isRecord(response.ratings))
			return invalid('does not rate anything');
		const { ratings } = response;
		const all =
			Object.keys(ratings).length === items.length &&
			items.every(({ id }) => Object.hasOwn(ratings, id) && isOnScale(ratings[id]));
		return all ? scored(0, 0) : invalid(`does not rate every task from 0 to ${MOST}`);
	},

	grade: (activity, response) => ({
		score: rate.score(activity, response ?? { ratings: {} }),
		marks: {},
		feedback: [],
		state: undefined,
	}),

	/** How confident somebody feels is theirs; it goes to nobody item by item. */
	interaction: () => undefined,

	/** By the alphabet of the ids, so that reordering the file is harmless. */
	pack: ({ ratings }) =>
		Object.keys(ratings)
			.sort()
			.map((id) => ratings[id]!),
	unpack({ items }, numbers) {
		const ids = items.map(({ id }) => id).sort();
		if (ids.length !== numbers.length || !numbers.every(isOnScale)) return undefined;
		return { ratings: Object.fromEntries(ids.map((id, at) => [id, numbers[at]!])) };
	},
};

function isOnScale(value: unknown): boolean {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST;
}
