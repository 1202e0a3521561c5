import * as v from 'valibot';

// One kind of schema with a question of its own keeps what a package sends small.
export const text = v.custom<string>((value) => typeof value === 'string');
export const flag = v.custom<boolean>((value) => typeof value === 'boolean');
export const positive = v.custom<number>((value) => typeof value === 'number' && value >= 0);
/** Nobody is sent to, and nothing is fetched from, what is no address on the web. */
export const webAddress = v.custom<string>(
	(value) => typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value),
);

/** @returns undefined when it is no JSON, or not of this form */
export function readJson<T extends v.GenericSchema>(
	schema: T,
	json: string | null | undefined,
): v.InferOutput<T> | undefined {
	const { success, output } = v.safeParse(schema, parsed(json));
	return success ? output : undefined;
}

/** Undefined for what is no JSON. */
export function parsed(json: string | null | undefined): unknown {
	try {
		return JSON.parse(json ?? '');
	} catch {
		return undefined;
	}
}
