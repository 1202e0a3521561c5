import { expect } from 'vitest';
import type { Ask, Records } from '../testing.ts';

/* What tests of documents ask with. */

export const ACTIVITY = { activityId: 'https://example.org/activities/one' };
export const AGENT = { agent: '{"mbox":"mailto:ida@example.org"}' };
export const KINDS = {
	state: { resource: 'activities/state', name: 'stateId', given: { ...ACTIVITY, ...AGENT } },
	agent: { resource: 'agents/profile', name: 'profileId', given: AGENT },
	activity: { resource: 'activities/profile', name: 'profileId', given: ACTIVITY },
} as const;
export type Kind = keyof typeof KINDS;
export const ALL = Object.keys(KINDS) as Kind[];

export interface On extends Ask {
	/** Of the document; null: none is named. */
	id?: string | null;
	/** A parameter that is left out. */
	without?: string;
}
/** A request to a resource about one document. */
export function on(kind: Kind, method: string, { id = 'one', without, params, ...own }: On = {}) {
	const { resource, name, given } = KINDS[kind];
	const all = Object.entries({ ...given, ...(id === null ? {} : { [name]: id }), ...params });
	const left = Object.fromEntries(all.filter(([one]) => one !== without));
	const body = method === 'PUT' || method === 'POST' ? { body: { d: 4 } } : {};
	return { method, resource, params: left as Record<string, string>, ...body, ...own };
}

export const TEXT = { body: 'some words', headers: { 'content-type': 'text/plain' } };
export const NEW = { headers: { 'if-none-match': '*' } };
const fresh = { ...TEXT, headers: { ...TEXT.headers, ...NEW.headers } };

/** Stores of each kind a document of JSON, `one`, and one of words, `text`. */
export const stored =
	({ ask }: Pick<Records, 'ask'>) =>
	async (version: string) => {
		for (const kind of ALL)
			for (const given of [
				on(kind, 'PUT', { body: '{"a":{"b":1}, "c":2}', ...NEW }),
				on(kind, 'PUT', { id: 'text', ...fresh }),
			]) {
				const { method, resource, ...own } = given;
				expect((await ask(method, resource, { version, ...own })).status).toBe(204);
			}
	};
