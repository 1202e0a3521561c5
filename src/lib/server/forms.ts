import { fail, type ActionFailure } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Refusal } from './auth/outcome.ts';
import { holdable } from './db/holdable.ts';

/** What a form gets back when it was not good: what is wrong, by field, and what was typed. */
export interface FormTrouble {
	/** Which of a page's forms it is about. */
	form: string;
	/** About the form as a whole. */
	message?: string;
	errors: Record<string, string>;
	/** What was typed, passwords left out. */
	values: Record<string, string>;
}

/** Fields that are never sent back. */
const SECRET = ['password', 'current', 'secret'];

/** A form's fields, as every database can hold them, checked; `trouble` to hand back when they are not good. */
export async function readForm<T extends v.GenericSchema>(
	request: Request,
	schema: T,
	form = 'main',
): Promise<
	| { data: v.InferOutput<T>; values: Record<string, string> }
	| { trouble: ActionFailure<FormTrouble> }
> {
	const given = Object.fromEntries(
		[...(await request.formData())].flatMap(([key, value]) =>
			typeof value === 'string' ? [[key, holdable(value)]] : [],
		),
	);
	const values = Object.fromEntries(Object.entries(given).filter(([key]) => !SECRET.includes(key)));
	const parsed = v.safeParse(schema, given);
	if (parsed.success) return { data: parsed.output, values };
	const errors = Object.fromEntries(
		parsed.issues.map((issue) => [v.getDotPath(issue) ?? 'form', issue.message]),
	);
	return { trouble: fail(400, { form, errors, values }) };
}

/** A refusal, told at its field or above the form. */
export function refuse(
	{ refused, field }: Refusal,
	values: Record<string, string>,
	form = 'main',
	status = 400,
): ActionFailure<FormTrouble> {
	return fail(status, {
		form,
		message: field ? undefined : refused,
		errors: field ? { [field]: refused } : {},
		values,
	});
}
