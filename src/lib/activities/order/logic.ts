import { fromCodes, toCodes } from '../codes.ts';
import type { ActivityType, Mark } from '../contract.ts';
import { areKnown, invalid, isRecord, scored } from '../guard.ts';
import { shuffled } from '../shuffle.ts';
import type { Order, OrderResponse } from './schema.ts';

export interface OrderView {
	context?: string;
	prompt: string;
	/** Shuffled. */
	items: { id: string; text: string }[];
}

export const order: ActivityType<Order, OrderView, OrderResponse> = {
	publicView: ({ id: activity, context, prompt, items }) => ({
		context,
		prompt,
		items: outOfOrder(
			items.map(({ id, text }) => ({ id, text })),
			activity,
		),
	}),

	/** One point for each item that follows the right one, the first for standing first. */
	score({ items }, response) {
		if (
			!isRecord(response) ||
			!areKnown(response.order, items) ||
			response.order.length !== items.length
		)
			return invalid('does not hold every item once');
		const given = response.order;
		const earned = items.filter((item, at) => inPlace(given, items, item.id, at)).length;
		return scored(earned, items.length);
	},

	grade(activity, response) {
		const { items, feels, why } = activity;
		const given = response?.order ?? [];
		const marks = Object.fromEntries(
			items.map((item, at): [string, Mark] => [
				item.id,
				inPlace(given, items, item.id, at) ? 'strong' : 'costly',
			]),
		);
		const about = items.map((item, at) => `${at + 1}. ${item.text}`).join('\n');
		const score = order.score(activity, { order: given });
		return { score, marks, feedback: [{ about, feels, why }], state: undefined };
	},

	interaction: ({ items }, response) => ({
		type: 'sequencing',
		response: response.order,
		correct: items.map((item) => item.id),
		choices: items.map(({ id, text }) => ({ id, label: text })),
	}),

	pack: (response) => toCodes(response.order),
	unpack({ items }, numbers) {
		const ids = fromCodes(numbers, items);
		return ids?.length === items.length ? { order: ids } : undefined;
	},
};

function inPlace(given: string[], items: { id: string }[], id: string, at: number): boolean {
	const found = given.indexOf(id);
	return found >= 0 && given[found - 1] === items[at - 1]?.id;
}

/** Never in the right order by chance. */
function outOfOrder<T extends { id: string }>(items: T[], seed: string): T[] {
	const mixed = shuffled(items, seed);
	return mixed.every((item, at) => item === items[at]) ? [...mixed.slice(1), mixed[0]!] : mixed;
}
