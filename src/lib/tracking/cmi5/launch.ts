import * as v from 'valibot';
import type { Actor } from '#lib/xapi/statement.ts';
import { readActor, readUuid, webAddress } from '../forms.ts';

const IRI = /^[a-z][a-z0-9+.-]*:.+/i;

/** What an LMS says of a launch in the address ("cmi5", section 8.1). */
export interface Launch {
	endpoint: string;
	fetch: string;
	actor: Actor;
	registration: string;
	activityId: string;
}

/** A parameter's value; undefined when it is not as it should be. */
const READ: { [K in keyof Launch]: (given: string) => Launch[K] | undefined } = {
	endpoint: (given) => (v.is(webAddress, given) ? given : undefined),
	fetch: (given) => (v.is(webAddress, given) ? given : undefined),
	// cmi5 asks for an account; the other ways of naming somebody are taken, too.
	actor: readActor,
	registration: readUuid,
	activityId: (given) => (IRI.test(given) ? given : undefined),
};

/**
 * The launch that an address names.
 *
 * @param search the address's query
 * @returns instead, the names of the parameters that are missing or not as they should be; undefined
 * when there are none at all: nobody launched this
 */
export function launchIn(search: string): Launch | string[] | undefined {
	const given = new URLSearchParams(search);
	const names = Object.keys(READ) as (keyof Launch)[];
	if (!names.some((name) => given.has(name))) return undefined;
	const read = names.map((name) => [name, READ[name](given.get(name) ?? '')] as const);
	const wrong = read.filter(([, value]) => value === undefined).map(([name]) => name);
	return wrong.length > 0 ? wrong : (Object.fromEntries(read) as unknown as Launch);
}
