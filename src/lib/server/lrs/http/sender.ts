import type { Database } from '../../db/database.ts';
import { Limit, limits } from '../../auth/limits.ts';
import { readSessionKey, type Asking } from '../../cmi5/sessions.ts';
import { readClient, SESSIONS_CLIENT, USUAL_RATE, type Client } from '../clients.ts';
import { Refusal } from './refusal.ts';

/** Who asks: a client, or a session of a cmi5 package. */
export interface Sender {
	client: Client;
	session: Asking | undefined;
}

const WHO = { 'www-authenticate': 'Basic realm="xAPI", charset="UTF-8"' };

/** Of clients, by how many requests they have in a minute. */
const rates = new Map<number, Limit>();

/**
 * @param address where the request comes from, to slow down who guesses
 * @throws Refusal 401 for nobody we know, 429 for who asks too often
 */
export async function senderOf(db: Database, headers: Headers, address: string): Promise<Sender> {
	const sender = await identify(db, headers);
	if (!sender) {
		const isGuess = BASIC.test(headers.get('authorization') ?? '');
		if (isGuess && !limits.wrongTokens.allows(`xapi ${address}`)) throw tooOften();
		throw new Refusal(401, 'Sign in by HTTP Basic with the key and the secret of a client.', {
			headers: WHO,
		});
	}
	const { client, session } = sender;
	const rate = rates.get(client.ratePerMinute) ?? new Limit(client.ratePerMinute, 60_000);
	rates.set(client.ratePerMinute, rate);
	if (!rate.allows(session?.id ?? client.id)) throw tooOften();
	return sender;
}

/**
 * Whether what a request began with still holds: the key is neither shut out nor given another secret or
 * fewer rights, the session goes on.
 */
export async function stillMay(db: Database, headers: Headers, before: Client): Promise<boolean> {
	const now = await identify(db, headers);
	return before.scopes.every((scope) => now?.client.scopes.includes(scope));
}

const BASIC = /^Basic +([\w+/=-]+)$/i;

async function identify(db: Database, headers: Headers): Promise<Sender | undefined> {
	const [, encoded = ''] = BASIC.exec(headers.get('authorization') ?? '') ?? [];
	const [, id = '', secret = ''] =
		/^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
	const session = await readSessionKey(db, id, secret);
	if (session) return { client: clientOf(session), session };
	const client = id === '' ? undefined : await readClient(db, id, secret);
	return client && { client, session: undefined };
}

/** What a session may do is held to what is its own (`cmi5/confine.ts`). */
function clientOf({ origin }: Asking): Client {
	return {
		id: SESSIONS_CLIENT,
		name: 'cmi5',
		scopes: ['statements/write', 'statements/read', 'state', 'profile'],
		origins: [origin],
		ratePerMinute: USUAL_RATE,
		createdAt: new Date(0),
		usedAt: null,
		disabledAt: null,
	};
}

function tooOften(): Refusal {
	return new Refusal(429, 'Too many requests; try again in a minute.', {
		headers: { 'retry-after': '60' },
	});
}
