import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/** Put steps in order. The file lists them in the right order; the learner sees them shuffled. */
export const schema = v.strictObject({
	id,
	type: v.literal('order'),
	context: v.optional(text),
	prompt: text,
	items: v.pipe(v.array(v.strictObject({ id, text })), v.minLength(3), v.maxLength(8)),
	/** Why this order. */
	why: text,
	feels: v.optional(text),
});
export type Order = v.InferOutput<typeof schema>;

/** All item ids, in the learner's order. */
export const response = v.strictObject({ order: v.pipe(v.array(id), v.maxLength(8)) });
export type OrderResponse = v.InferOutput<typeof response>;

export function check(): Complaint[] {
	return [];
}
