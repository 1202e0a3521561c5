import { redirect } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { forms, resetPassword } from '#lib/server/auth/accounts.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readToken } from '#lib/server/auth/tokens.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
	alive: (await readToken(app().db, 'reset', params.token)) !== undefined,
});

export const actions: Actions = {
	default: async (event) => {
		const read = await readForm(event.request, forms.reset);
		if ('trouble' in read) return read.trouble;
		const done = await resetPassword(app().db, event.params.token, read.data);
		if (isRefusal(done)) return refuse(done, read.values);
		setSessionCookie(event, done.session);
		redirect(303, `/${event.params.lang}/account`);
	},
};
