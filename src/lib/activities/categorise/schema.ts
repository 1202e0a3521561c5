import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/** Sort utterances or statements into two to five groups. */
export const schema = v.strictObject({
	id,
	type: v.literal('categorise'),
	context: v.optional(text),
	prompt: text,
	categories: v.pipe(v.array(v.strictObject({ id, label: text })), v.minLength(2), v.maxLength(5)),
	items: v.pipe(
		v.array(
			v.strictObject({
				id,
				text,
				category: id,
				feels: v.optional(text),
				why: text,
				better: v.optional(text),
			}),
		),
		v.minLength(2),
		v.maxLength(12),
	),
});
export type Categorise = v.InferOutput<typeof schema>;

/** Item id → category id, for every item. */
export const response = v.strictObject({ placed: v.record(id, id) });
export type CategoriseResponse = v.InferOutput<typeof response>;

export function check(activity: Categorise): Complaint[] {
	const known = new Set(activity.categories.map((category) => category.id));
	const used = new Set(activity.items.map((item) => item.category));
	return [
		...activity.items.flatMap((item, index) =>
			known.has(item.category)
				? []
				: [
						{
							path: ['items', index, 'category'],
							message: `there is no category "${item.category}"; choose one of ${[...known].join(', ')}`,
						},
					],
		),
		...activity.categories.flatMap((category, index) =>
			used.has(category.id)
				? []
				: [
						{
							path: ['categories', index],
							message: `nothing belongs to category "${category.id}"; add an item or drop the category`,
						},
					],
		),
	];
}
