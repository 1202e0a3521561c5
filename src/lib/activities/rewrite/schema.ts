import * as v from 'valibot';
import { GOALS } from '#lib/coach/contract.ts';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';
import { checklist, model, response, type OwnWordsResponse } from '../own-words-schema.ts';

/**
 * Type a better question or reply, then compare it with model answers and tick what one's own
 * wording does. The coach comments on it meanwhile. The typed words stay on the device; only the
 * ticks are recorded.
 */
export const schema = v.strictObject({
	id,
	type: v.literal('rewrite'),
	/** What the words are for, which the coach goes by. */
	goal: v.optional(v.picklist(GOALS), 'explore'),
	context: v.optional(text),
	prompt: text,
	/** The wording to improve, if there is one. */
	original: v.optional(text),
	models: v.pipe(v.array(model), v.minLength(1), v.maxLength(4)),
	checklist,
});
export type Rewrite = v.InferOutput<typeof schema>;

export { response };
export type RewriteResponse = OwnWordsResponse;

export function check(): Complaint[] {
	return [];
}
