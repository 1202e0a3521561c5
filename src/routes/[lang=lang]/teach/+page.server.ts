import { redirect } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { createGroup, followedGroups, groupForms } from '#lib/server/teaching/groups.ts';
import { mustBeMember, mustTeachSomewhere } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const user = mustBeMember(locals, params.lang);
	return { groups: await followedGroups(app().db, user.id) };
};

export const actions: Actions = {
	create: async ({ request, locals, params }) => {
		const user = await mustTeachSomewhere(app().db, locals, params.lang);
		const read = await readForm(request, groupForms.create);
		if ('trouble' in read) return read.trouble;
		const made = await createGroup(app().db, user.id, read.data);
		if (isRefusal(made)) return refuse(made, read.values, 'main', 403);
		redirect(303, `/${params.lang}/teach/groups/${made.id}/people`);
	},
};
