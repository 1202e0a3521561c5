import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { learnerView } from '#lib/server/teaching/learner-view.ts';
import { followedLearner, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

/** One learner, as they may see themselves, too. */
export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const { group, learner } = await followedLearner(
		db,
		db.read,
		user.id,
		params.group,
		params.learner,
	);
	const language = requestLanguage(event);
	return {
		learner,
		view: await learnerView(db, courses, learner.id, language, new Date(), group.id),
	};
};
