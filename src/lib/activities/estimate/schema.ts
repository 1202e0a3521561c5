import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/** A number on a line, right within a tolerance: "at least 97 of 100". */
export const schema = v.strictObject({
	id,
	type: v.literal('estimate'),
	context: v.optional(text),
	prompt: text,
	min: v.number(),
	max: v.number(),
	step: v.optional(v.pipe(v.number(), v.gtValue(0)), 1),
	/** Follows the number: "of 100". */
	unit: v.optional(text),
	answer: v.number(),
	tolerance: v.pipe(v.number(), v.minValue(0)),
	/** The answer as one would say it: "at least 97 of 100". */
	said: text,
	why: text,
	fact: v.optional(id),
});
export type Estimate = v.InferOutput<typeof schema>;

export const response = v.strictObject({ value: v.pipe(v.number(), v.finite()) });
export type EstimateResponse = v.InferOutput<typeof response>;

export function check(estimate: Estimate): Complaint[] {
	const { min, max, answer, tolerance } = estimate;
	if (min >= max) return [{ path: ['max'], message: `must be more than min (${min})` }];
	if (answer < min || answer > max)
		return [{ path: ['answer'], message: `lies outside the line from ${min} to ${max}` }];
	if (tolerance * 2 >= max - min)
		return [{ path: ['tolerance'], message: 'takes in the whole line, so every answer is right' }];
	return [];
}
