import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import { duplicate, type Complaint } from '../check.ts';

/** Find the partner of each line: what the patient says and what it calls for, for example. */
export const schema = v.strictObject({
	id,
	type: v.literal('match'),
	context: v.optional(text),
	prompt: text,
	pairs: v.pipe(
		v.array(v.strictObject({ id, left: text, right: text, why: text })),
		v.minLength(3),
		v.maxLength(7),
	),
});
export type Match = v.InferOutput<typeof schema>;

/** Pair id of the left side → pair id of the right side chosen for it. */
export const response = v.strictObject({ matched: v.record(id, id) });
export type MatchResponse = v.InferOutput<typeof response>;

export function check(match: Match): Complaint[] {
	const twin = duplicate(match.pairs.map((pair) => pair.right.en.toLowerCase()));
	return twin
		? [
				{
					path: ['pairs', twin.index, 'right'],
					message: 'the same right side stands twice, so both would be right; make them differ',
				},
			]
		: [];
}
