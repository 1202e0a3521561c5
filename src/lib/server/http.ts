import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { parseHoldable } from './db/holdable.ts';

/**
 * The body of a JSON request, checked. Its texts are such as every database can hold.
 *
 * @param limit bytes
 * @throws 413 when it is larger, 415 when it is not JSON by name, 400 naming the place that is wrong
 */
export async function readJson<T extends v.GenericSchema>(
	request: Request,
	schema: T,
	limit: number,
): Promise<v.InferOutput<T>> {
	const type = request.headers.get('content-type')?.split(';')[0];
	if (type !== 'application/json') error(415, m.error_not_json());
	const bytes = await request.arrayBuffer();
	if (bytes.byteLength > limit) error(413, m.error_too_large({ limit: Math.round(limit / 1024) }));
	let given: unknown;
	try {
		given = parseHoldable(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		error(400, m.error_not_json());
	}
	const parsed = v.safeParse(schema, given);
	if (parsed.success) return parsed.output;
	const issue = parsed.issues[0];
	error(400, `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}
