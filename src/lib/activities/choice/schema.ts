import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';

/** One or several right answers to a question. */
export const schema = v.strictObject({
	id,
	type: v.literal('choice'),
	/** What the patient says or what has happened, shown above the question. */
	context: v.optional(text),
	prompt: text,
	select: v.optional(v.picklist(['one', 'many']), 'one'),
	options: v.pipe(
		v.array(
			v.strictObject({
				id,
				text,
				right: v.optional(v.boolean(), false),
				feels: v.optional(text),
				why: text,
				better: v.optional(text),
			}),
		),
		v.minLength(2, 'needs at least two options'),
	),
});

export type Choice = v.InferOutput<typeof schema>;

export const response = v.strictObject({ options: v.pipe(v.array(id), v.maxLength(20)) });
export type ChoiceResponse = v.InferOutput<typeof response>;

export function check(choice: Choice): Complaint[] {
	const right = choice.options.filter((option) => option.right).length;
	if (right === 0)
		return [{ path: ['options'], message: 'no option is right; mark one with `right: true`' }];
	if (choice.select === 'one' && right > 1)
		return [
			{
				path: ['options'],
				message: `${right} options are right but only one can be chosen; use \`select: many\``,
			},
		];
	if (choice.select === 'many' && right === choice.options.length)
		return [{ path: ['options'], message: 'every option is right, so there is nothing to choose' }];
	return [];
}
