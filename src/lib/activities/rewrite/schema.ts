import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/**
 * Type a better question or reply, then compare it with model answers and tick what one's own
 * wording does. The typed words stay on the device; only the ticks are recorded.
 */
export const schema = v.strictObject({
	id,
	type: v.literal('rewrite'),
	context: v.optional(text),
	prompt: text,
	/** The wording to improve, if there is one. */
	original: v.optional(text),
	models: v.pipe(v.array(v.strictObject({ id, text, why: text })), v.minLength(1), v.maxLength(4)),
	checklist: v.pipe(v.array(v.strictObject({ id, text })), v.minLength(2), v.maxLength(5)),
});
export type Rewrite = v.InferOutput<typeof schema>;

export const response = v.strictObject({ checked: v.pipe(v.array(id), v.maxLength(5)) });
export type RewriteResponse = v.InferOutput<typeof response>;

export function check(): Complaint[] {
	return [];
}
