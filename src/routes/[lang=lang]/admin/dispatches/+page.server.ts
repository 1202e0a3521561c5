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
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, setHeaders }) => {
	mustBeMember(locals, params.lang);
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
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, dispatchForm, 'add');
		if ('trouble' in read) return read.trouble;
		if (!findCourse(read.data.course))
			return refuse({ refused: m.dispatch_unknown(), field: 'course' }, read.values, 'add');
		const { db, box } = app();
		await createDispatch(db, box, read.data, actor);
		return { done: true };
	},
	revoke: (event) => chosen(event, (id, actor) => revokeDispatch(app().db, id, actor)),
	delete: (event) => chosen(event, (id, actor) => deleteLearners(app().db, id, actor)),
};

async function chosen(
	{ request, locals }: { request: Request; locals: App.Locals },
	act: (id: string, actor: string) => Promise<void>,
) {
	const { id: actor } = mustAdminister(locals);
	const read = await readForm(request, chosenDispatch);
	if ('trouble' in read) return read.trouble;
	await act(read.data.id, actor);
	return { done: true };
}
