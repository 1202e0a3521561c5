import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { app } from '#lib/server/app.ts';
import { isRefusal, type Outcome } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import {
	createPerson,
	deletePerson,
	peopleForms,
	setDisabled,
	setRole,
	signOutEverywhere,
} from '#lib/server/people/deeds.ts';
import { listPeople, peopleQuery } from '#lib/server/people/list.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const query = v.parse(peopleQuery, Object.fromEntries(url.searchParams));
	return { query, ...(await listPeople(app().db, query)) };
};

export const actions: Actions = {
	role: (event) => deed(event, peopleForms.role, (form, actor) => setRole(app().db, form, actor)),
	disable: (event) =>
		deed(event, peopleForms.person, ({ id }, actor) => setDisabled(app().db, id, true, actor)),
	enable: (event) =>
		deed(event, peopleForms.person, ({ id }, actor) => setDisabled(app().db, id, false, actor)),
	signout: (event) =>
		deed(event, peopleForms.person, ({ id }, actor) => signOutEverywhere(app().db, id, actor)),
	remove: (event) =>
		deed(event, peopleForms.remove, (form, actor) => deletePerson(app().db, form, actor)),
	create: (event) =>
		deed(
			event,
			peopleForms.create,
			(form, actor) => {
				const { db, box } = app();
				return createPerson(db, form, actor, { box, origin: event.url.origin });
			},
			'create',
		),
};

async function deed<T extends v.GenericSchema>(
	{ request, locals }: RequestEvent,
	schema: T,
	act: (form: v.InferOutput<T>, actor: string) => Promise<Outcome<object>>,
	name = 'main',
) {
	const { id: actor } = mustAdminister(locals);
	const read = await readForm(request, schema, name);
	if ('trouble' in read) return read.trouble;
	const outcome = await act(read.data, actor);
	return isRefusal(outcome) ? refuse(outcome, read.values, name) : { done: name };
}
