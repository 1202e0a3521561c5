import { app } from '#lib/server/app.ts';
import { keySet, published } from '#lib/server/certificates/public.ts';
import type { RequestHandler } from './$types';

/** The public keys of this server's badges, those of before as well. */
export const GET: RequestHandler = async ({ url }) => {
	const { db, config } = app();
	const body = await keySet(db, config.ORIGIN ?? url.origin);
	return published(body, 'application/jwk-set+json; charset=utf-8', 300);
};
