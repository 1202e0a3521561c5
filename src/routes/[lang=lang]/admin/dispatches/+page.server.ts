import { error, redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { THIN_FORMATS } from '#lib/packages/thin.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import {
	closedBecause,
	createDispatch,
	deleteLearners,
	listDispatches,
	revokeDispatch,
} from '#lib/server/dispatch/dispatches.ts';
import { chosenDispatch, dispatchForm } from '#lib/server/dispatch/form.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, setHeaders }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const dispatches = await listDispatches(app().db);
	return {
		formats: THIN_FORMATS,
		courses: courses.map(({ id, title }) => ({ id, title: title[language] })),
		dispatches: dispatches.map(({ createdBy: _by, ...one }) => ({
			...one,
			course: findCourse(one.course)?.title[language] ?? one.course,
			closed: closedBecause(one),
		})),
	};
};

export const actions: Actions = {
	add: async ({ request, locals }) => {
		mustAdminister(locals);
		const read = await readForm(request, dispatchForm, 'add');
		if ('trouble' in read) return read.trouble;
		if (!findCourse(read.data.course))
			return refuse({ refused: m.dispatch_unknown(), field: 'course' }, read.values, 'add');
		const { db, box } = app();
		await createDispatch(db, box, read.data, locals.user!.id);
		return { done: true };
	},
	revoke: (event) => chosen(event, (id) => revokeDispatch(app().db, id)),
	delete: (event) => chosen(event, (id) => deleteLearners(app().db, id)),
};

async function chosen(
	{ request, locals }: { request: Request; locals: App.Locals },
	act: (id: string) => Promise<void>,
) {
	mustAdminister(locals);
	const read = await readForm(request, chosenDispatch);
	if ('trouble' in read) return read.trouble;
	await act(read.data.id);
	return { done: true };
}

function mustAdminister({ user }: App.Locals): void {
	if (user?.role !== 'administrator') error(403, { message: m.admin_only() });
}
