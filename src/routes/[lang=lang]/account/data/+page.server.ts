import { redirect } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { deleteAccount, forms } from '#lib/server/auth/accounts.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { clearSessionCookie } from '#lib/server/auth/sessions.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { whatGoes } from '#lib/server/teaching/what-goes.ts';
import { listDestinations } from '#lib/server/statements/destinations.ts';
import type { Actions, PageServerLoad } from './$types';

/** For guests, too: they have no other page to do this on. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { user } = locals;
	if (!user) redirect(303, `/${params.lang}/login`);
	const { db } = app();
	return {
		goes: await whatGoes(db, user.id),
		told: (await listDestinations(db)).map(({ name }) => name),
	};
};

export const actions: Actions = {
	remove: async (event) => {
		const { user } = event.locals;
		if (!user) redirect(303, `/${event.params.lang}/login`);
		const read = await readForm(event.request, forms.remove, 'remove');
		if ('trouble' in read) return read.trouble;
		const gone = await deleteAccount(app().db, user, read.data.password);
		if (isRefusal(gone)) return refuse(gone, {}, 'remove');
		clearSessionCookie(event);
		redirect(303, `/${event.params.lang}`);
	},
};
