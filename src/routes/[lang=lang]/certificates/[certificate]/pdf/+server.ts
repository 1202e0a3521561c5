import { app } from '#lib/server/app.ts';
import { pdfOf } from '#lib/server/certificates/files.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** One's own certificate as PDF, in the language of the address. */
export const GET: RequestHandler = async (event) => {
	const { params, locals, url } = event;
	const user = mustBeMember(locals, params.lang);
	const { db, config } = app();
	const origin = config.ORIGIN ?? url.origin;
	return pdfOf(db, user.id, params.certificate, requestLanguage(event), origin);
};
