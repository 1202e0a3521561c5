import { redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { clearSessionCookie, endSession } from '#lib/server/auth/sessions.ts';
import { ownCertificates, ownCourses } from '#lib/server/learning/own-page.ts';
import { dueFor } from '#lib/server/teaching/due.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

/** What there is to do, and where to go on. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const user = mustBeMember(locals, params.lang);
	const { language } = await parent();
	const { db } = app();
	const certificates = await ownCertificates(db, courses, user.id, language);
	return {
		email: user.email,
		due: await dueFor(db, courses, user.id, language),
		courses: await ownCourses(db, courses, user.id, language),
		certificates: certificates.filter(({ isRevoked }) => !isRevoked).length,
	};
};

export const actions: Actions = {
	signout: async (event) => {
		const { session } = event.locals;
		const { db } = app();
		if (session) await db.tx((tx) => endSession(tx, db.tables, session.id));
		clearSessionCookie(event);
		redirect(303, `/${event.params.lang}`);
	},
};
