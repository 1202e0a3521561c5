import * as v from 'valibot';
import type { Actor } from '#lib/xapi/statement.ts';

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

const account = v.looseObject({ homePage: text, name: text });
const actor = v.looseObject({
	objectType: v.optional(v.custom<'Agent'>((value) => value === 'Agent')),
	account: v.optional(account),
	mbox: v.optional(text),
	mbox_sha1sum: v.optional(text),
	openid: v.optional(text),
});

/** Somebody in one of the ways in which xAPI names them (1.0.3 Data, section 2.4.2.3); else undefined. */
export function readActor(json: string): Actor | undefined {
	const read = readJson(actor, json) as Actor | undefined;
	const isNamed = read && (read.account ?? read.mbox ?? read.mbox_sha1sum ?? read.openid);
	return isNamed ? read : undefined;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
export const readUuid = (given: string) => (UUID.test(given) ? given : undefined);
