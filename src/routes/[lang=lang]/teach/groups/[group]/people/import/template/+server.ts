import { isLanguage } from '#lib/course/language.ts';
import { app } from '#lib/server/app.ts';
import { template } from '#lib/server/teaching/imports.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** A file to fill in and upload. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await followedGroup(db, db.read, user.id, params.group);
	const language = isLanguage(params.lang) ? params.lang : 'da';
	return new Response(template(language), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${language === 'da' ? 'deltagere' : 'people'}.csv"`,
		},
	});
};
