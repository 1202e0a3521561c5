import { recordFromCodes, toCodes } from '../codes.ts';
import type { ActivityType, Feedback, Mark } from '../contract.ts';
import { invalid, isComplete, isRecord, scored } from '../guard.ts';
import type { Categorise, CategoriseResponse } from './schema.ts';

export interface CategoriseView {
	context?: string;
	prompt: string;
	categories: { id: string; label: string }[];
	items: { id: string; text: string }[];
}

export const categorise: ActivityType<Categorise, CategoriseView, CategoriseResponse> = {
	publicView: ({ context, prompt, categories, items }) => ({
		context,
		prompt,
		categories: categories.map(({ id, label }) => ({ id, label })),
		items: items.map(({ id, text }) => ({ id, text })),
	}),

	/** One point for each item in its category. */
	score({ items, categories }, response) {
		if (!isRecord(response) || !isComplete(response.placed, items, categories))
			return invalid('does not place every item in one of the categories');
		const { placed } = response;
		return scored(items.filter((item) => placed[item.id] === item.category).length, items.length);
	},

	grade(activity, response) {
		const marks: Record<string, Mark> = {};
		const feedback: Feedback[] = [];
		for (const { id, text, category, feels, why, better } of activity.items) {
			const mark = response?.placed[id] === category ? 'strong' : 'costly';
			marks[id] = mark;
			const label = activity.categories.find((one) => one.id === category)?.label;
			feedback.push({ about: `${text} → ${label}`, mark, feels, why, better });
		}
		feedback.sort((a, b) => Number(a.mark === 'strong') - Number(b.mark === 'strong'));
		const score = categorise.score(activity, response ?? { placed: {} });
		return { score, marks, feedback, state: undefined };
	},

	interaction: ({ items, categories }, { placed }) => ({
		type: 'matching',
		response: items.map(({ id }) => [id, placed[id]!]),
		correct: items.map(({ id, category }) => [id, category]),
		source: items.map(({ id, text }) => ({ id, label: text })),
		target: categories,
	}),

	/** The category of each item, by the alphabet of their ids, so that reordering the file is harmless. */
	pack: ({ placed }) => toCodes(byKey(Object.keys(placed)).map((key) => placed[key]!)),
	unpack({ items, categories }, numbers) {
		const keys = byKey(items.map((item) => item.id)).map((id) => ({ id }));
		const placed = recordFromCodes(numbers, keys, categories);
		return placed && { placed };
	},
};

function byKey(keys: string[]): string[] {
	return [...keys].sort();
}
