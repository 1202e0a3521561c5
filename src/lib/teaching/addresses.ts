import * as v from 'valibot';

/** What an account can be made with; an invitation to anything else could not be used. */
const address = v.pipe(v.string(), v.email(), v.maxLength(200));

export function isAddress(text: string): boolean {
	return v.is(address, text);
}

/** Somebody as typed: `ida@example.org` or `Ida Holm <ida@example.org>`. */
export interface Addressee {
	/** Lower case. */
	email: string;
	name: string | null;
}

/**
 * Addresses as people type or paste them: on lines, or with commas, semicolons or spaces between
 * them, with or without names as mail programs write them. Each address once.
 *
 * @returns who can be written to, and what is no address, as it was typed
 */
export function readAddresses(text: string): { people: Addressee[]; wrong: string[] } {
	const people = new Map<string, Addressee>();
	const wrong: string[] = [];
	for (const part of text.split(/[\n\r;,]+/)) {
		const [, name, inside] = /^\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*$/.exec(part) ?? [];
		const each = inside === undefined ? part.split(/\s+/) : [inside.trim()];
		for (const one of each.filter(Boolean)) {
			const email = one.toLowerCase();
			if (!isAddress(email)) wrong.push(one);
			else if (!people.has(email))
				people.set(email, { email, name: name?.trim().slice(0, 100) || null });
		}
	}
	return { people: [...people.values()], wrong };
}
