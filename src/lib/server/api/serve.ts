import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '../app.ts';
import { limits } from '../auth/limits.ts';
import { isPassing, SOON } from '../db/trouble.ts';
import { requestLanguage } from '../language.ts';
import { logError } from '../log.ts';
import { problemResponse } from './problem.ts';
import type { Resource } from './resource.ts';
import { readApiToken } from './tokens.ts';

/**
 * Answers a request for a resource: only by a token in the `Authorization` header, never by a cookie,
 * so that no page of somebody else's can read by an educator's browser. What goes wrong is told as
 * `application/problem+json`.
 */
export function serve<Query extends v.GenericSchema, Answer extends v.GenericSchema>({
	query,
	read,
}: Resource<Query, Answer>): (event: RequestEvent) => Promise<Response> {
	return async (event) => {
		const { url } = event;
		const refuse = (status: number, detail: string, headers?: Record<string, string>) =>
			problemResponse(status, detail, url.pathname, headers);
		try {
			const { db } = app();
			const token = await tokenOf(event);
			if (token === 'too-many') return refuse(429, m.teach_api_too_many(), RETRY);
			if (!token) return refuse(401, m.teach_api_no_token(), WHO);
			if (!limits.api.allows(token.id)) return refuse(429, m.teach_api_too_many(), RETRY);
			const given = v.safeParse(query, Object.fromEntries(url.searchParams));
			if (!given.success) {
				const [issue] = given.issues;
				return refuse(400, `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`);
			}
			const answer = await read({
				db,
				courses,
				userId: token.userId,
				params: event.params as Record<string, string>,
				query: given.output,
				language: requestLanguage(event),
				now: new Date(),
			});
			return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
		} catch (cause) {
			if (isHttpError(cause)) return refuse(cause.status, cause.body.message);
			const id = crypto.randomUUID().slice(0, 8);
			logError(`[${id}] ${url.pathname}`, cause);
			if (isPassing(cause)) return refuse(503, m.error_busy(), SOON);
			return refuse(500, `${m.error_ours()} (${id})`);
		}
	};
}

/** RFC 6750, section 3. */
const WHO = { 'www-authenticate': 'Bearer realm="Rygsamtalen"' };
/** Seconds. */
const RETRY = { 'retry-after': '60' };

async function tokenOf(event: RequestEvent) {
	const [, bearer] = /^Bearer (\S+)$/i.exec(event.request.headers.get('authorization') ?? '') ?? [];
	if (!bearer) return undefined;
	const found = await readApiToken(app().db, bearer);
	if (found) return found;
	// Guessing is of no use, and costs no more than this.
	return limits.wrongTokens.allows(`api ${event.getClientAddress()}`) ? undefined : 'too-many';
}
