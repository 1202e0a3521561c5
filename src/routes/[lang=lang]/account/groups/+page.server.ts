import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readForm } from '#lib/server/forms.ts';
import { groupsOf, leaveGroup } from '#lib/server/teaching/members.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

/** The groups that the learner is in, and who follows them. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const user = mustBeMember(locals, params.lang);
	return { groups: await groupsOf(app().db, user.id) };
};

const form = v.object({ group: v.pipe(v.string(), v.maxLength(64)) });

export const actions: Actions = {
	leave: async ({ locals, params, request }) => {
		const user = mustBeMember(locals, params.lang);
		const read = await readForm(request, form, 'leave');
		if ('trouble' in read) return read.trouble;
		const left = await leaveGroup(app().db, user.id, read.data.group);
		if (!left) error(404, { message: m.account_group_not_in() });
		redirect(303, `/${params.lang}/account/groups?left`);
	},
};
