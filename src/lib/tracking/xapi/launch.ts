import * as v from 'valibot';
import type { Actor } from '#lib/xapi/statement.ts';
import { parsed, readActor, readUuid, webAddress } from '../forms.ts';

/** Whom an address says that statements are of, and where they go. */
export interface XapiLaunch {
	endpoint: string;
	/** The whole `Authorization` header; undefined for a store that asks for none. */
	authorization?: string;
	actor: Actor;
	registration?: string;
}

/**
 * The launch that an address names, as record stores launched content before cmi5 ("Tin Can launch" of
 * 2012, github.com/RusticiSoftware/launch: `endpoint`, `auth`, `actor`, `registration`, `activity_id`).
 *
 * @param search the address's query
 * @returns instead, the names of the parameters that are missing or not as they should be; undefined
 * where no store is named: nobody launched this
 */
export function xapiLaunchIn(search: string): XapiLaunch | string[] | undefined {
	const given = new URLSearchParams(search);
	const endpoint = given.get('endpoint');
	if (endpoint === null) return undefined;
	const actor = readActor(asOneAgent(given.get('actor') ?? ''));
	const registration = readUuid(given.get('registration') ?? '');
	const authorization = given.get('auth');
	const wrong = [
		...(v.is(webAddress, endpoint) ? [] : ['endpoint']),
		...(actor ? [] : ['actor']),
		...(given.has('registration') && !registration ? ['registration'] : []),
	];
	if (!actor || wrong.length > 0) return wrong;
	return {
		endpoint,
		...(authorization ? { authorization } : {}),
		actor,
		...(registration ? { registration } : {}),
	};
}

/** In the form of 2012 each property was a list, and an account's were called otherwise. */
function asOneAgent(json: string): string {
	const given = parsed(json);
	if (typeof given !== 'object' || given === null) return json;
	const { account, ...others } = Object.fromEntries(
		Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	) as Record<string, unknown>;
	const { accountServiceHomePage, accountName, ...named } = (account ?? {}) as Record<
		string,
		unknown
	>;
	const { homePage = accountServiceHomePage, name = accountName } = named;
	return JSON.stringify({ ...others, ...(account ? { account: { homePage, name } } : {}) });
}
