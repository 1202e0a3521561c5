import type { RequestEvent } from '@sveltejs/kit';
import { TIME_ZONES } from '#lib/teaching/time-zones.ts';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import {
	addEducator,
	educatorForms,
	giveEducator,
	removeEducator,
} from '#lib/server/teaching/educators.ts';
import {
	changeOrganisation,
	organisationForm,
	organisationPage,
	setOrganisationArchived,
} from '#lib/server/teaching/organisations.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const shown = await organisationPage(app().db, params.organisation);
	// One that is called otherwise elsewhere stays what it was.
	const timeZones = [...new Set([...TIME_ZONES, shown.organisation.timeZone])];
	return { ...shown, timeZones };
};

type Event = RequestEvent & { params: { organisation: string } };

export const actions: Actions = {
	change: async ({ request, locals, params }) => {
		const user = mustAdminister(locals);
		const read = await readForm(request, organisationForm, 'change');
		if ('trouble' in read) return read.trouble;
		const done = await changeOrganisation(app().db, user.id, params.organisation, read.data);
		return isRefusal(done) ? refuse(done, read.values, 'change') : { done: 'change' };
	},
	archive: (event) => setArchived(event, true),
	restore: (event) => setArchived(event, false),
	add: async ({ request, locals, params }) => {
		const user = mustAdminister(locals);
		const read = await readForm(request, educatorForms.add, 'add');
		if ('trouble' in read) return read.trouble;
		const added = await addEducator(app().db, user.id, params.organisation, read.data.email);
		return isRefusal(added) ? refuse(added, read.values, 'add') : { done: 'add', ...added };
	},
	remove: async ({ request, locals, params }) => {
		const user = mustAdminister(locals);
		const read = await readForm(request, educatorForms.remove, 'remove');
		if ('trouble' in read) return read.trouble;
		await removeEducator(app().db, user.id, params.organisation, read.data.educator);
		return { done: 'remove' };
	},
	follow: async ({ request, locals, params }) => {
		const user = mustAdminister(locals);
		const read = await readForm(request, educatorForms.follow, 'follow');
		if ('trouble' in read) return read.trouble;
		await giveEducator(app().db, user.id, params.organisation, read.data);
		return { done: 'follow' };
	},
};

async function setArchived({ locals, params }: Event, archived: boolean) {
	const user = mustAdminister(locals);
	const done = await setOrganisationArchived(app().db, user.id, params.organisation, archived);
	return isRefusal(done) ? refuse(done, {}, 'archive') : { done: 'archive' };
}
