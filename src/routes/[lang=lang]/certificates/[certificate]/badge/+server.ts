import { app } from '#lib/server/app.ts';
import { badgeOf } from '#lib/server/certificates/files.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** One's own badge as a signed file; with `?as=svg` as a picture that holds it. */
export const GET: RequestHandler = async (event) => {
	const { params, locals, url } = event;
	const user = mustBeMember(locals, params.lang);
	const { db, box, config } = app();
	const form = url.searchParams.get('as') === 'svg' ? 'svg' : 'jwt';
	const at = { language: requestLanguage(event), origin: config.ORIGIN ?? url.origin };
	return badgeOf({ db, box }, user, params.certificate, form, at);
};
