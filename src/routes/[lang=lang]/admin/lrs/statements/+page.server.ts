import { app } from '#lib/server/app.ts';
import { browse, noteLookingFor } from '#lib/server/lrs/browse/page.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent, setHeaders }) => {
	const user = mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const { db } = app();
	const browsed = await browse(db, url.searchParams, language);
	if (browsed.person && !url.searchParams.has('after'))
		await noteLookingFor(db, user.id, browsed.person);
	return browsed;
};
