import * as v from 'valibot';
import { flag, readJson, text } from '../forms.ts';

/** What is to be remembered of a launch for as long as the tab lives ("cmi5" best practices, AU session state). */
export interface Session {
	/** Of our own; the LMS has another one. */
	readonly id: string;
	/** For the `Authorization` header. */
	readonly token: string;
	/** When the session began, ISO 8601. */
	readonly began: string;
	/** Whether the LMS has heard that it began, or that it ended. */
	initialized: boolean;
	terminated: boolean;
}

export interface NoSession {
	/** `used`: the token was fetched before; `refused`: the LMS gave none; `unreachable`: nobody answered. */
	problem: 'used' | 'refused' | 'unreachable';
	/** The LMS's own words. */
	reason: string;
}

const memory = v.looseObject({
	id: text,
	token: text,
	began: text,
	initialized: flag,
	terminated: flag,
});
type Memory = v.InferOutput<typeof memory>;
const answer = v.looseObject({
	'auth-token': v.optional(text),
	/** Codes are texts by the specification; some LMSs write numbers. */
	'error-code': v.optional(v.custom<string | number>((code) => /^\d+$/.test(String(code)))),
	'error-text': v.optional(text),
});

/** Asked again when nobody answers: a lost request costs nothing, a lost answer is told as `used`. */
const TRIES = 3;

/**
 * The session of a launch: the one that this tab has already, after a reload, else with a token that is
 * fetched now, which an LMS allows once ("cmi5", section 8.2).
 *
 * @param storage lives as long as the tab; undefined where it is refused
 */
export async function openSession(
	fetchUrl: string,
	storage: Pick<Storage, 'getItem' | 'setItem'> | undefined,
	pause: (milliseconds: number) => Promise<unknown> = wait,
): Promise<Session | NoSession> {
	const key = `cmi5:${fetchUrl}`;
	const known = recall(storage, key);
	if (known) return remembered(known, storage, key);
	const fetched = await fetchToken(fetchUrl, pause);
	if ('problem' in fetched) return fetched;
	const began = new Date().toISOString();
	const fresh: Memory = {
		id: crypto.randomUUID(),
		token: fetched.token,
		began,
		initialized: false,
		terminated: false,
	};
	return remembered(fresh, storage, key);
}

async function fetchToken(
	fetchUrl: string,
	pause: (milliseconds: number) => Promise<unknown>,
): Promise<{ token: string } | NoSession> {
	for (let tried = 1; ; tried++) {
		try {
			const response = await fetch(fetchUrl, { method: 'POST', cache: 'no-store' });
			const read = readJson(answer, await response.text());
			if (read?.['auth-token']) return { token: read['auth-token'] };
			const { 'error-code': code, 'error-text': words = '' } = read ?? {};
			const reason = `${words} (${code ?? response.status})`.trim();
			return { problem: String(code) === '1' ? 'used' : 'refused', reason };
		} catch {
			if (tried === TRIES) return { problem: 'unreachable', reason: '' };
			await pause(1000 * 2 ** tried);
		}
	}
}

function recall(storage: Pick<Storage, 'getItem'> | undefined, key: string): Memory | undefined {
	try {
		return readJson(memory, storage?.getItem(key));
	} catch {
		return undefined;
	}
}

function remembered(
	session: Memory,
	storage: Pick<Storage, 'setItem'> | undefined,
	key: string,
): Session {
	const keep = () => {
		try {
			storage?.setItem(key, JSON.stringify(session));
		} catch {
			// Without storage a reload has to begin at the LMS; until then nothing is lost.
			return;
		}
	};
	keep();
	return {
		id: session.id,
		token: session.token,
		began: session.began,
		get initialized() {
			return session.initialized;
		},
		set initialized(value) {
			session.initialized = value;
			keep();
		},
		get terminated() {
			return session.terminated;
		},
		set terminated(value) {
			session.terminated = value;
			keep();
		},
	};
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
