import { error, redirect } from '@sveltejs/kit';
import { isLanguage } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { forms, signIn } from '#lib/server/auth/accounts.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { clearSessionCookie, endSession, setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { decline, join, joinAsNew, welcome } from '#lib/server/teaching/joining.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const shown = await welcome(app().db, params.token, locals.user);
	if (!shown) error(404, { message: m.join_unknown() });
	return { ...shown, declined: url.searchParams.has('declined') };
};

export const actions: Actions = {
	/** Somebody signed in says yes. */
	join: async ({ locals, params }) => {
		const { user } = locals;
		if (!user || user.isGuest) redirect(303, `/${params.lang}/join/${params.token}`);
		const joined = await join(app().db, params.token, user);
		if (isRefusal(joined)) return refuse(joined, {}, 'join', 410);
		redirect(303, `/${params.lang}/join/${params.token}`);
	},
	register: async (event) => {
		const { locals, params } = event;
		if (locals.user && !locals.user.isGuest) redirect(303, `/${params.lang}/join/${params.token}`);
		const read = await readForm(event.request, forms.register, 'register');
		if ('trouble' in read) return read.trouble;
		if (!limits.register.allows(event.getClientAddress()))
			return refuse({ refused: m.auth_too_often() }, read.values, 'register', 429);
		const language = isLanguage(params.lang) ? params.lang : 'da';
		const made = await joinAsNew(app().db, params.token, read.data, locals.user, language);
		if (isRefusal(made)) return refuse(made, read.values, 'register');
		setSessionCookie(event, made.session);
		redirect(303, `/${params.lang}/join/${params.token}`);
	},
	/** Signs in and comes back, to say yes. */
	signIn: async (event) => {
		const { locals, params } = event;
		const read = await readForm(event.request, forms.signIn, 'signIn');
		if ('trouble' in read) return read.trouble;
		const { data, values } = read;
		const mayTry =
			limits.signIn.allows(data.email) && limits.signInFrom.allows(event.getClientAddress());
		if (!mayTry) return refuse({ refused: m.auth_too_often() }, values, 'signIn', 429);
		const signed = await signIn(app().db, data, locals.user);
		if (isRefusal(signed)) return refuse(signed, values, 'signIn');
		limits.signIn.clear(data.email);
		setSessionCookie(event, signed.session);
		redirect(303, `/${params.lang}/join/${params.token}`);
	},
	/** Signs out, to answer as somebody else. */
	switch: async (event) => {
		const { locals, params } = event;
		const { session } = locals;
		const { db } = app();
		if (session) await db.tx((tx) => endSession(tx, db.tables, session.id));
		clearSessionCookie(event);
		redirect(303, `/${params.lang}/join/${params.token}`);
	},
	decline: async ({ locals, params }) => {
		const { user } = locals;
		const done = await decline(app().db, params.token, user?.isGuest ? null : (user?.id ?? null));
		if (isRefusal(done)) return refuse(done, {}, 'decline', 404);
		redirect(303, `/${params.lang}/join/${params.token}?declined`);
	},
};
