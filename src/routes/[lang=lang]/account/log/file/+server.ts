import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { isLanguage } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { logFile, logOf } from '#lib/server/learning/log.ts';
import type { RequestHandler } from './$types';

/** The log of whoever asks, guests too, as a Markdown file. */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) error(401, m.error_signed_out());
	const language = isLanguage(params.lang) ? params.lang : 'da';
	const log = await logOf(app().db, courses, locals.user.id, language);
	return new Response(logFile(log, language), {
		headers: {
			'content-type': 'text/markdown; charset=utf-8',
			'content-disposition': `attachment; filename="${language === 'da' ? 'logbog' : 'log'}.md"`,
			'cache-control': 'no-store',
		},
	});
};
