import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { ownCertificates, ownRecord } from '#lib/server/learning/own-page.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

/** What the learner has done, when, and in how much time. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const user = mustBeMember(locals, params.lang);
	const { language } = await parent();
	const { db } = app();
	return {
		courses: await ownRecord(db, courses, user.id, language, m.test_title()),
		certificates: await ownCertificates(db, courses, user.id, language),
	};
};
