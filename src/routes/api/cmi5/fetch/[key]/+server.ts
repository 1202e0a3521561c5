import { app } from '#lib/server/app.ts';
import { corsHeaders } from '#lib/server/lrs/http/cors.ts';
import { isOriginOfSession, tokenFor } from '#lib/server/cmi5/sessions.ts';
import type { RequestHandler } from './$types';

/**
 * The fetch URL of a cmi5 launch (section 8.2): the session's token, once. Whatever it answers, the
 * status is 200, and only pages of the origin from where the unit was launched may read it.
 */
export const POST: RequestHandler = async ({ request, params }) => {
	const asking = request.headers.get('origin');
	const { answer, origin } = await tokenFor(app().db, params.key, asking);
	return Response.json(answer, {
		headers: [
			['cache-control', 'no-store'],
			...corsHeaders(asking !== null && asking === origin ? asking : null),
		],
	});
};

/** Packages that say what they send or take are asked for beforehand by browsers. */
export const OPTIONS: RequestHandler = async ({ request }) => {
	const origin = request.headers.get('origin');
	const isKnown = origin !== null && (await isOriginOfSession(app().db, origin));
	return new Response(null, {
		status: 204,
		headers: [
			...corsHeaders(isKnown ? origin : null),
			['access-control-allow-methods', 'POST'],
			['access-control-allow-headers', 'Content-Type, X-Experience-API-Version'],
		],
	});
};
