import { app } from '#lib/server/app.ts';
import { published, revocationList } from '#lib/server/certificates/public.ts';
import type { RequestHandler } from './$types';

/** Badges that are valid no more. Asked without saying which, so that nobody learns who asks of whom. */
export const GET: RequestHandler = async ({ url }) => {
	const { db, config } = app();
	const body = await revocationList(db, config.ORIGIN ?? url.origin);
	return published(body, 'application/json; charset=utf-8', 60);
};
