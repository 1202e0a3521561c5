import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/** Free text for the learner's own log. The words never travel with progress; only "written" does. */
export const schema = v.strictObject({
	id,
	type: v.literal('reflect'),
	prompt: text,
	/** A way in, for those who look at an empty field. */
	hint: v.optional(text),
});
export type Reflect = v.InferOutput<typeof schema>;

export const response = v.strictObject({ written: v.literal(true) });
export type ReflectResponse = v.InferOutput<typeof response>;

export function check(): Complaint[] {
	return [];
}
