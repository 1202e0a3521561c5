import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import { duplicate, type Complaint } from '../check.ts';

/** The scale runs from 0 to this, in whole steps (Bandura 2006, "Guide for constructing self-efficacy scales", in tens). */
export const MOST = 10;

/** Tasks, each rated from 0 to 10. An opinion of oneself: never right, wrong or scored. */
export const schema = v.strictObject({
	id,
	type: v.literal('rate'),
	prompt: text,
	/** What the two ends of the scale mean. */
	low: text,
	high: text,
	items: v.pipe(
		v.array(v.strictObject({ id, text })),
		v.minLength(1, 'needs a task to rate'),
		v.maxLength(20, 'has more than twenty tasks'),
	),
});
export type Rate = v.InferOutput<typeof schema>;

/** A number for each item, by its id. */
export const response = v.strictObject({
	ratings: v.record(id, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST))),
});
export type RateResponse = v.InferOutput<typeof response>;

export function check({ items }: Rate): Complaint[] {
	const twice = duplicate(items.map((item) => item.id));
	if (!twice) return [];
	return [
		{ path: ['items', twice.index, 'id'], message: `"${twice.value}" is taken; rename one item` },
	];
}
