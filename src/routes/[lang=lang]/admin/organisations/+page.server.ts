import { redirect } from '@sveltejs/kit';
import { TIME_ZONES, USUAL_TIME_ZONE } from '#lib/teaching/time-zones.ts';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { pageOf } from '#lib/server/search.ts';
import {
	createOrganisation,
	listOrganisations,
	organisationForm,
} from '#lib/server/teaching/organisations.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const asked = {
		search: url.searchParams.get('q') ?? '',
		page: pageOf(url),
		archived: url.searchParams.has('archived'),
	};
	return {
		...asked,
		...(await listOrganisations(app().db, asked)),
		timeZones: TIME_ZONES,
		usual: USUAL_TIME_ZONE,
	};
};

export const actions: Actions = {
	create: async ({ request, locals, params }) => {
		const user = mustAdminister(locals);
		const read = await readForm(request, organisationForm);
		if ('trouble' in read) return read.trouble;
		const made = await createOrganisation(app().db, user.id, read.data);
		if (isRefusal(made)) return refuse(made, read.values);
		redirect(303, `/${params.lang}/admin/organisations/${made.id}`);
	},
};
