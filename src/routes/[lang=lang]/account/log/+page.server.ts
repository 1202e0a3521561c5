import { error, redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readForm } from '#lib/server/forms.ts';
import { change, changeEntry, logOf } from '#lib/server/learning/log.ts';
import type { Actions, PageServerLoad } from './$types';

/** The learner's own log, guests' too. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	if (!locals.user) redirect(303, `/${params.lang}/login`);
	const { language } = await parent();
	return { log: await logOf(app().db, courses, locals.user.id, language) };
};

export const actions: Actions = {
	change: async ({ locals, params, request }) => {
		if (!locals.user) redirect(303, `/${params.lang}/login`);
		const read = await readForm(request, change, 'change');
		if ('trouble' in read) return read.trouble;
		const found = await changeEntry(app().db, locals.user.id, read.data);
		if (!found) error(404, { message: m.account_log_gone() });
		return { done: read.data.text.trim() === '' ? ('removed' as const) : ('changed' as const) };
	},
};
