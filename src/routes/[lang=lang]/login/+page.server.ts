import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { forms, signIn } from '#lib/server/auth/accounts.ts';
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
		const read = await readForm(event.request, forms.signIn);
		if ('trouble' in read) return read.trouble;
		const { data, values } = read;
		// Per account against guessing one password, per address against trying many accounts.
		const mayTry =
			limits.signIn.allows(data.email) && limits.signInFrom.allows(event.getClientAddress());
		if (!mayTry) return refuse({ refused: m.auth_too_often() }, values, 'main', 429);
		const signed = await signIn(app().db, data, event.locals.user);
		if (isRefusal(signed)) return refuse(signed, values);
		limits.signIn.clear(data.email);
		setSessionCookie(event, signed.session);
		redirect(303, `/${event.params.lang}`);
	},
};
