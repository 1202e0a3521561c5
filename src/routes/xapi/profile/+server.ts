import { createHash } from 'node:crypto';
import { profileDocument } from '#lib/xapi/profile.ts';
import type { RequestHandler } from './$types';

const body = JSON.stringify(profileDocument());
const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;

/** The profile that our statements follow, for whoever reads them; the same for everybody. */
export const GET: RequestHandler = ({ request }) => {
	const headers = {
		etag,
		'cache-control': 'public, max-age=3600',
		'access-control-allow-origin': '*',
	};
	if (request.headers.get('if-none-match')?.includes(etag))
		return new Response(null, { status: 304, headers });
	return new Response(body, {
		headers: { ...headers, 'content-type': 'application/ld+json; charset=utf-8' },
	});
};
