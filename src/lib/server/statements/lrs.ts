import { isIP } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import * as v from 'valibot';
import { isInner, outerLookup } from './addresses.ts';

/** How to sign in at a learning record store. */
export const credentials = v.variant('kind', [
	v.strictObject({ kind: v.literal('basic'), key: v.string(), secret: v.string() }),
	/** OAuth 2.0 client credentials (RFC 6749, section 4.4). */
	v.strictObject({
		kind: v.literal('oauth'),
		tokenUrl: v.string(),
		clientId: v.string(),
		clientSecret: v.string(),
		scope: v.optional(v.string()),
	}),
]);
export type Credentials = v.InferOutput<typeof credentials>;

export interface Lrs {
	/** The address below which `statements` lies. */
	endpoint: string;
	version: '1.0.3' | '2.0.0';
	credentials: Credentials;
	/** Whether it may lie in the inner network: only where the operator named it. */
	mayBeInner: boolean;
}

export type Sent =
	| { kind: 'stored' }
	/** The store does not take what was sent; sending it again would not help. */
	| { kind: 'refused'; reason: string }
	/** Too much at once. */
	| { kind: 'too-large' }
	/** Something else is wrong: try again, not before `after` milliseconds if that is said. */
	| { kind: 'trouble'; reason: string; after?: number };

const TIMEOUT = 30_000;
/** Of an answer's text, as much as helps to understand it. */
const REASON = 500;

const outer = new Agent({ connect: { lookup: outerLookup, timeout: 10_000 } });
const anywhere = new Agent({ connect: { timeout: 10_000 } });

/** Sends statements, in order, as one request (xAPI 1.0.3 Communication, section 2.1.2). */
export async function sendStatements(lrs: Lrs, bodies: string[]): Promise<Sent> {
	try {
		const authorization = await authorizationFor(lrs);
		const { status, headers, text } = await call(lrs, `${lrs.endpoint}statements`, {
			method: 'POST',
			headers: {
				authorization,
				'content-type': 'application/json',
				'x-experience-api-version': lrs.version,
			},
			body: `[${bodies.join(',')}]`,
		});
		if (status === 200 || status === 204) return { kind: 'stored' };
		if (status === 413) return { kind: 'too-large' };
		const reason = `${status}: ${text.slice(0, REASON)}`;
		if (status === 401) tokens.delete(keyOf(lrs));
		if (status === 400 || status === 409 || status === 422) return { kind: 'refused', reason };
		const after = Number(headers['retry-after']);
		return { kind: 'trouble', reason, ...(after > 0 ? { after: after * 1000 } : {}) };
	} catch (cause) {
		return { kind: 'trouble', reason: messageOf(cause) };
	}
}

/** Whether the store answers and knows us (xAPI 1.0.3 Communication, section 2.8, and a read of nothing). */
export async function tryLrs(lrs: Lrs): Promise<string | undefined> {
	try {
		const { status, text } = await call(lrs, `${lrs.endpoint}statements?limit=1`, {
			method: 'GET',
			headers: {
				authorization: await authorizationFor(lrs),
				'x-experience-api-version': lrs.version,
			},
		});
		// Writing is all that we need: a store may forbid us to read.
		return status === 200 || status === 403 ? undefined : `${status}: ${text.slice(0, REASON)}`;
	} catch (cause) {
		return messageOf(cause);
	}
}

/** By client: two destinations may share an address, and credentials may change. */
const tokens = new Map<string, { token: string; until: number }>();
const keyOf = ({ endpoint, credentials }: Lrs) => JSON.stringify([endpoint, credentials]);

async function authorizationFor(lrs: Lrs): Promise<string> {
	const { credentials: given } = lrs;
	if (given.kind === 'basic')
		return `Basic ${Buffer.from(`${given.key}:${given.secret}`).toString('base64')}`;
	const known = tokens.get(keyOf(lrs));
	if (known && known.until > Date.now()) return `Bearer ${known.token}`;
	const { status, text } = await call(lrs, given.tokenUrl, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(`${encodeURIComponent(given.clientId)}:${encodeURIComponent(given.clientSecret)}`).toString('base64')}`,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			...(given.scope ? { scope: given.scope } : {}),
		}).toString(),
	});
	const answer = v.safeParse(tokenAnswer, status === 200 ? parsed(text) : undefined);
	if (!answer.success) throw new Error(`No token: ${status}: ${text.slice(0, REASON)}`);
	const { access_token: token, expires_in: seconds } = answer.output;
	// A little early, so that it does not end on the way.
	tokens.set(keyOf(lrs), { token, until: Date.now() + (seconds - 30) * 1000 });
	return `Bearer ${token}`;
}

const tokenAnswer = v.object({
	access_token: v.pipe(v.string(), v.nonEmpty()),
	expires_in: v.optional(v.number(), 300),
});

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function call(
	{ mayBeInner }: Lrs,
	address: string,
	{
		method,
		headers,
		body,
	}: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
): Promise<{ status: number; headers: Dispatcher.ResponseData['headers']; text: string }> {
	const url = new URL(address);
	const host = url.hostname.replace(/^\[|\]$/g, '');
	// A number needs no looking up, so `outerLookup` is not asked about it.
	if (!mayBeInner && isIP(host) && isInner(host))
		throw new Error(`${host} is an address of the inner network`);
	const response = await request(url, {
		method,
		headers,
		body,
		dispatcher: mayBeInner ? anywhere : outer,
		headersTimeout: TIMEOUT,
		bodyTimeout: TIMEOUT,
		// Redirects are not followed: they would lead round the guard.
	});
	return {
		status: response.statusCode,
		headers: response.headers,
		text: await response.body.text(),
	};
}

function messageOf(cause: unknown): string {
	if (!(cause instanceof Error)) return String(cause);
	const { code } = cause as NodeJS.ErrnoException;
	return cause.message || code || cause.name;
}
