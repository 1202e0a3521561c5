import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { verify } from '#lib/server/certificates/verify.ts';
import type { PageServerLoad } from './$types';

/** For anybody with a code: an employer, an authority, the holder. */
export const load: PageServerLoad = async ({ params, getClientAddress, setHeaders }) => {
	setHeaders({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
	if (!limits.verify.allows(getClientAddress())) error(429, { message: m.certificate_too_often() });
	return { typed: params.code.slice(0, 60), answer: await verify(app().db, params.code) };
};
