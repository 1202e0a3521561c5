import { json } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { verify } from '#lib/server/certificates/verify.ts';
import type { RequestHandler } from './$types';

/** The same as the page says, for programs: `status` is valid, revoked, unknown or unreadable. */
export const GET: RequestHandler = async ({ params, getClientAddress }) => {
	const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
	if (!limits.verify.allows(getClientAddress()))
		return json({ message: m.certificate_too_often() }, { status: 429, headers });
	return json(await verify(app().db, params.code), { headers });
};
