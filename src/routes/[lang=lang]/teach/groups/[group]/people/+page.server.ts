import type { RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal, type Outcome } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { pageOf } from '#lib/server/search.ts';
import {
	addGroupEducator,
	changeGroup,
	colleagues,
	educatorsOfGroup,
	groupForms,
	removeGroupEducator,
	setGroupArchived,
} from '#lib/server/teaching/groups.ts';
import {
	invitationForms,
	listInvited,
	revokeInvitation,
	sendAgain,
} from '#lib/server/teaching/invitations.ts';
import { listMembers, removeMember } from '#lib/server/teaching/members.ts';
import { followedGroup, groupToChange, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const { group, organisation } = await followedGroup(db, db.read, user.id, params.group);
	const search = url.searchParams.get('q') ?? '';
	const page = pageOf(url);
	const invitedPage = pageOf(url, 'invited');
	const following = await educatorsOfGroup(db, db.read, group.id);
	const all = await colleagues(db, organisation.id);
	return {
		search,
		page,
		invitedPage,
		members: await listMembers(db, group.id, { search, page }),
		invitations: await listInvited(db, group.id, { search, page: invitedPage }),
		educators: following,
		colleagues: all.filter(({ id }) => !following.some((one) => one.id === id)),
		own: user.id,
	};
};

type Event = RequestEvent & { params: { lang: string; group: string } };

export const actions: Actions = {
	change: async (event) => {
		const user = await changing(event);
		const read = await readForm(event.request, groupForms.change, 'change');
		if ('trouble' in read) return read.trouble;
		return changeGroup(app().db, user.id, event.params.group, read.data);
	},
	archive: ({ locals, params }) =>
		setGroupArchived(app().db, mustBeMember(locals, params.lang).id, params.group, true),
	restore: ({ locals, params }) =>
		setGroupArchived(app().db, mustBeMember(locals, params.lang).id, params.group, false),
	follow: (event) =>
		chosen(event, groupForms.person, 'follow', (actor, { person }) =>
			addGroupEducator(app().db, actor.id, event.params.group, person),
		),
	unfollow: (event) =>
		chosen(event, groupForms.person, 'unfollow', (actor, { person }) =>
			removeGroupEducator(app().db, actor.id, event.params.group, person),
		),
	remove: (event) =>
		chosen(event, groupForms.person, 'remove', (actor, { person }) =>
			removeMember(app().db, actor.id, event.params.group, person),
		),
	again: (event) =>
		chosen(event, invitationForms.chosen, 'invited', (actor, { invitation }) => {
			if (!limits.invitations.allows(actor.id))
				return Promise.resolve({ refused: m.teach_people_too_many_letters() });
			const { db, box } = app();
			const sender = { actor, origin: event.url.origin };
			return sendAgain(db, box, sender, event.params.group, invitation);
		}),
	revoke: (event) =>
		chosen(event, invitationForms.chosen, 'invited', (actor, { invitation }) =>
			revokeInvitation(app().db, actor.id, event.params.group, invitation),
		),
};

/** Who may change this group. */
async function changing({ locals, params }: Event) {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await groupToChange(db, db.read, user.id, params.group);
	return user;
}

/** Does something to whom or what the form names, and tells why not where it does not. */
async function chosen<T extends v.GenericSchema, R extends object>(
	event: Event,
	schema: T,
	form: string,
	act: (actor: Awaited<ReturnType<typeof changing>>, data: v.InferOutput<T>) => Promise<Outcome<R>>,
) {
	const actor = await changing(event);
	const read = await readForm(event.request, schema, form);
	if ('trouble' in read) return read.trouble;
	const done = await act(actor, read.data);
	return isRefusal(done) ? refuse(done, read.values, form) : { done: true, ...done };
}
