import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { overviewOf, troublesOf } from '#lib/server/overview.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const { db, config } = app();
	const overview = await overviewOf(db, config, courses);
	const { pending: _, ...figures } = overview;
	return {
		figures,
		troubles: troublesOf(overview).map((one) =>
			one.about === 'review' ? { about: one.about, course: one.course.title[language] } : one,
		),
	};
};
