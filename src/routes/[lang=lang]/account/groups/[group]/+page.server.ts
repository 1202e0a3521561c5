import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { profileOf } from '#lib/server/auth/accounts.ts';
import { learnerView } from '#lib/server/teaching/learner-view.ts';
import { groupsOf } from '#lib/server/teaching/members.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

/** What the educators of one group see of the learner: what their own page is made of. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const user = mustBeMember(locals, params.lang);
	const { language } = await parent();
	const { db } = app();
	const group = (await groupsOf(db, user.id)).find(({ id }) => id === params.group);
	if (!group) error(404, { message: m.account_group_not_in() });
	return {
		group,
		person: await profileOf(db, user.id),
		view: await learnerView(db, courses, user.id, language, new Date(), group.id),
	};
};
