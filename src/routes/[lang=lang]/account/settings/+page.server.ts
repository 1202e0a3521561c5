import { redirect } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { changePassword, forms, profileOf, updateProfile } from '#lib/server/auth/accounts.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { setReminders, wantsReminders } from '#lib/server/learning/reminders.ts';
import { readersOfLearners } from '#lib/server/lrs/readers.ts';
import { listDestinations } from '#lib/server/statements/destinations.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	return {
		profile: await profileOf(db, user.id),
		reminders: await wantsReminders(db, user.id),
		leaves: (await listDestinations(db)).map(({ name, detail }) => ({ name, detail })),
		readers: await readersOfLearners(db),
	};
};

export const actions: Actions = {
	profile: async ({ request, locals, params }) => {
		const user = mustBeMember(locals, params.lang);
		const read = await readForm(request, forms.profile, 'profile');
		if ('trouble' in read) return read.trouble;
		await updateProfile(app().db, user.id, read.data);
		redirect(303, `/${read.data.language}/account/settings?saved`);
	},
	password: async (event) => {
		const user = mustBeMember(event.locals, event.params.lang);
		const read = await readForm(event.request, forms.password, 'password');
		if ('trouble' in read) return read.trouble;
		const changed = await changePassword(app().db, user.id, read.data);
		if (isRefusal(changed)) return refuse(changed, {}, 'password');
		setSessionCookie(event, changed.session);
		return { done: 'password' as const };
	},
	reminders: async ({ request, locals, params, url }) => {
		const user = mustBeMember(locals, params.lang);
		const wanted = (await request.formData()).has('wanted');
		await setReminders(app().db, user.id, wanted, url.origin);
		return { done: 'reminders' as const };
	},
};
