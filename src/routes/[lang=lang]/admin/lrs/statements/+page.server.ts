import { app } from '#lib/server/app.ts';
import { browse } from '#lib/server/lrs/browse/page.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	return browse(app().db, url.searchParams, language);
};
