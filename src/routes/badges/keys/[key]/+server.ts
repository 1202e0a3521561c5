import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { keyDocument, published } from '#lib/server/certificates/public.ts';
import type { RequestHandler } from './$types';

/** The public key that a badge's `kid` names. */
export const GET: RequestHandler = async ({ params, url }) => {
	const { db, config } = app();
	const body = await keyDocument(db, params.key, config.ORIGIN ?? url.origin);
	if (!body) error(404, { message: m.error_no_page() });
	return published(body, 'application/jwk+json; charset=utf-8', 300);
};
