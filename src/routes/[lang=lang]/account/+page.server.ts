import { redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { activitiesOf, findLesson } from '#lib/course/model.ts';
import { localise } from '#lib/course/localise.ts';
import { app } from '#lib/server/app.ts';
import {
	changePassword,
	deleteAccount,
	forms,
	ownWords,
	profileOf,
	updateProfile,
} from '#lib/server/auth/accounts.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { clearSessionCookie, endSession, setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { setReminders, wantsReminders } from '#lib/server/learning/reminders.ts';
import { listDestinations } from '#lib/server/statements/destinations.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, setHeaders }) => {
	const user = mustBeMember(locals, params.lang);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const { db } = app();
	const words = await ownWords(db, user.id);
	return {
		profile: await profileOf(db, user.id),
		reminders: await wantsReminders(db, user.id),
		leaves: (await listDestinations(db)).map(({ name, detail }) => ({ name, detail })),
		log: words.map(({ course, lesson, activity, text, updatedAt }) => {
			const found = courses.find((one) => one.id === course);
			const place = found && findLesson(found, lesson);
			const asked = place?.steps.flatMap(activitiesOf).find((one) => one.id === activity);
			const { prompt } = localise((asked ?? {}) as { prompt?: string }, language);
			return { at: updatedAt, lesson: place?.title[language] ?? lesson, prompt, text };
		}),
	};
};

export const actions: Actions = {
	profile: async ({ request, locals, params }) => {
		const { id } = mustBeMember(locals, params.lang);
		const read = await readForm(request, forms.profile, 'profile');
		if ('trouble' in read) return read.trouble;
		await updateProfile(app().db, id, read.data);
		redirect(303, `/${read.data.language}/account?saved`);
	},
	password: async (event) => {
		const { id } = mustBeMember(event.locals, event.params.lang);
		const read = await readForm(event.request, forms.password, 'password');
		if ('trouble' in read) return read.trouble;
		const changed = await changePassword(app().db, id, read.data);
		if (isRefusal(changed)) return refuse(changed, {}, 'password');
		setSessionCookie(event, changed.session);
		return { done: 'password' as const };
	},
	reminders: async ({ request, locals, params, url }) => {
		const { id } = mustBeMember(locals, params.lang);
		const wanted = (await request.formData()).has('wanted');
		await setReminders(app().db, id, wanted, url.origin);
		return { done: 'reminders' as const };
	},
	signout: async (event) => {
		const { session } = event.locals;
		const { db } = app();
		if (session) await db.tx((tx) => endSession(tx, db.tables, session.id));
		clearSessionCookie(event);
		redirect(303, `/${event.params.lang}`);
	},
	remove: async (event) => {
		const user = mustBeMember(event.locals, event.params.lang);
		const read = await readForm(event.request, forms.remove, 'remove');
		if ('trouble' in read) return read.trouble;
		const gone = await deleteAccount(app().db, user, read.data.password);
		if (isRefusal(gone)) return refuse(gone, {}, 'remove');
		clearSessionCookie(event);
		redirect(303, `/${event.params.lang}`);
	},
};
