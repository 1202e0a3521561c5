import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { isRefusal, type Outcome } from '#lib/server/auth/outcome.ts';
import { listPeople, peopleForms, setDisabled, setRole } from '#lib/server/auth/people.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const search = url.searchParams.get('q') ?? '';
	const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
	return { search, page, ...(await listPeople(app().db, search, page)) };
};

export const actions: Actions = {
	role: async ({ request, locals }) => {
		mustAdminister(locals);
		const read = await readForm(request, peopleForms.role);
		if ('trouble' in read) return read.trouble;
		return told(await setRole(app().db, read.data));
	},
	disable: async ({ request, locals }) => {
		mustAdminister(locals);
		const read = await readForm(request, peopleForms.person);
		if ('trouble' in read) return read.trouble;
		return told(await setDisabled(app().db, read.data.id, true));
	},
	enable: async ({ request, locals }) => {
		mustAdminister(locals);
		const read = await readForm(request, peopleForms.person);
		if ('trouble' in read) return read.trouble;
		return told(await setDisabled(app().db, read.data.id, false));
	},
};

function told(outcome: Outcome<{ done: true }>) {
	return isRefusal(outcome) ? refuse(outcome, {}) : outcome;
}

function mustAdminister({ user }: App.Locals): void {
	if (user?.role !== 'administrator') error(403, { message: m.admin_only() });
}
