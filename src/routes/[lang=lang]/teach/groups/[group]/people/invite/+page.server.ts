import { isLanguage } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { dayIn } from '#lib/teaching/rounds.ts';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import {
	createLink,
	invitationForms,
	inviteByMail,
	linksOf,
	revokeInvitation,
} from '#lib/server/teaching/invitations.ts';
import { followedGroup, groupToChange, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

/** How long a link lasts when nothing else is asked for. */
const USUAL_DAYS = 30;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db, box } = app();
	const { group, organisation } = await followedGroup(db, db.read, user.id, params.group);
	const today = dayIn(organisation.timeZone, new Date());
	const language = languageOf(params.lang);
	// An archived group lets nobody in, and shows no link that seems to.
	const links = group.archivedAt
		? []
		: await linksOf(db, box, group.id, { origin: url.origin, language });
	return {
		links,
		today: today.toString(),
		usualDay: today.add({ days: USUAL_DAYS }).toString(),
	};
};

export const actions: Actions = {
	link: async ({ request, locals, params }) => {
		const user = await changing(locals, params);
		const read = await readForm(request, invitationForms.link, 'link');
		if ('trouble' in read) return read.trouble;
		const { db, box } = app();
		const language = languageOf(params.lang);
		const made = await createLink(db, box, user.id, params.group, read.data, language);
		return isRefusal(made) ? refuse(made, read.values, 'link') : { made: true };
	},
	mail: async ({ request, locals, params, url }) => {
		const user = await changing(locals, params);
		const read = await readForm(request, invitationForms.mail, 'mail');
		if ('trouble' in read) return read.trouble;
		if (!limits.invitations.allowsAll(user.id, read.data.people.length))
			return refuse({ refused: m.teach_people_too_many_letters() }, read.values, 'mail', 429);
		const { db, box } = app();
		const sender = { actor: user, origin: url.origin };
		const done = await inviteByMail(db, box, sender, params.group, read.data);
		return isRefusal(done) ? refuse(done, read.values, 'mail') : done;
	},
	revoke: async ({ request, locals, params }) => {
		const user = await changing(locals, params);
		const read = await readForm(request, invitationForms.chosen, 'revoke');
		if ('trouble' in read) return read.trouble;
		return revokeInvitation(app().db, user.id, params.group, read.data.invitation);
	},
};

/** Who may change this group. */
async function changing(locals: App.Locals, params: { lang: string; group: string }) {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await groupToChange(db, db.read, user.id, params.group);
	return user;
}

function languageOf(lang: string) {
	return isLanguage(lang) ? lang : 'da';
}
