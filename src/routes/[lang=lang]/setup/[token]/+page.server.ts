import { redirect } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { createAdministrator, forms } from '#lib/server/auth/accounts.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readToken } from '#lib/server/auth/tokens.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
	alive: (await readToken(app().db, 'setup', params.token)) !== undefined,
});

export const actions: Actions = {
	default: async (event) => {
		const read = await readForm(event.request, forms.register);
		if ('trouble' in read) return read.trouble;
		const { token, lang } = event.params;
		const made = await createAdministrator(app().db, token, read.data, lang);
		if (isRefusal(made)) return refuse(made, read.values);
		setSessionCookie(event, made.session);
		redirect(303, `/${lang}/admin`);
	},
};
