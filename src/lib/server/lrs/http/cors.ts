import type { Database } from '../../db/database.ts';
import { isOriginOfSession } from '../../cmi5/sessions.ts';
import { isOriginOfAny } from '../clients.ts';

const METHODS = 'GET, HEAD, PUT, POST, DELETE, OPTIONS';
/** What requests may carry. */
const TAKES = [
	'Authorization',
	'Content-Type',
	'X-Experience-API-Version',
	'If-Match',
	'If-None-Match',
	'Accept-Language',
	'Last-Event-ID',
].join(', ');
/** What scripts may read of an answer. */
const SHOWS = [
	'ETag',
	'Last-Modified',
	'X-Experience-API-Version',
	'X-Experience-API-Consistent-Through',
	'Retry-After',
	'WWW-Authenticate',
].join(', ');
/** Seconds for which a browser may remember. */
const DAY = '86400';

/** Headers that let pages of an origin read an answer; for none, only that the answer depends on it. */
export function corsHeaders(origin: string | null): [string, string][] {
	if (origin === null) return [['vary', 'Origin']];
	return [
		['vary', 'Origin'],
		['access-control-allow-origin', origin],
		['access-control-expose-headers', SHOWS],
	];
}

/** Whether pages of an origin may call by some client, or by the session of a package. */
export async function isKnownOrigin(db: Database, origin: string): Promise<boolean> {
	return (await isOriginOfAny(db, origin)) || isOriginOfSession(db, origin);
}

/** A browser asks, without a key, whether a page may ask: it may, where any client or session allows its origin. */
export async function preflight(db: Database, request: Request): Promise<Response> {
	const origin = request.headers.get('origin');
	const headers = new Headers({ allow: METHODS });
	const isAllowed = origin !== null && (await isKnownOrigin(db, origin));
	for (const [name, value] of corsHeaders(isAllowed ? origin : null)) headers.set(name, value);
	if (isAllowed) {
		headers.set('access-control-allow-methods', METHODS);
		headers.set('access-control-allow-headers', TAKES);
		headers.set('access-control-max-age', DAY);
	}
	return new Response(null, { status: 204, headers });
}
