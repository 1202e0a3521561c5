import { app } from '#lib/server/app.ts';
import { issuerDocument, published } from '#lib/server/certificates/public.ts';
import type { RequestHandler } from './$types';

/** Who issues this server's badges. */
export const GET: RequestHandler = async ({ url }) => {
	const { db, config } = app();
	const body = await issuerDocument(db, config.ORIGIN ?? url.origin);
	return published(body, 'application/ld+json; charset=utf-8', 300);
};
