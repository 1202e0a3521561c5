import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { forms, register } from '#lib/server/auth/accounts.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
	if (locals.user && !locals.user.isGuest) redirect(303, `/${params.lang}/account`);
};

export const actions: Actions = {
	default: async (event) => {
		const read = await readForm(event.request, forms.register);
		if ('trouble' in read) return read.trouble;
		if (!limits.register.allows(event.getClientAddress()))
			return refuse({ refused: m.auth_too_often() }, read.values, 'main', 429);
		const made = await register(app().db, read.data, event.locals.user, event.params.lang);
		if (isRefusal(made)) return refuse(made, read.values);
		setSessionCookie(event, made.session);
		redirect(303, `/${event.params.lang}`);
	},
};
