import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { certificatesOf, reissue, setShows } from '#lib/server/certificates/mine.ts';
import { factsOf } from '#lib/server/certificates/facts.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import { m } from '#lib/paraglide/messages.js';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, setHeaders }) => {
	const user = mustBeMember(locals, params.lang);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const held = await certificatesOf(app().db, findCourse, user.id);
	return {
		name: user.name,
		certificates: held.map(({ id, code, states, shows, issuedAt, revokedAt, reason }) => ({
			id,
			code,
			title: states.course.title[language],
			version: states.course.version,
			name: states.learner.name,
			completedAt: states.completedAt,
			facts: factsOf(states, language),
			shows,
			issuedAt,
			revokedAt,
			reason,
		})),
	};
};

const chosen = v.object({ id: v.string() });
/** A tick that is not set is not sent. */
const tick = v.optional(v.string());
const choice = v.object({ id: v.string(), name: tick, result: tick });

export const actions: Actions = {
	shows: async ({ request, locals, params }) => {
		const user = mustBeMember(locals, params.lang);
		const read = await readForm(request, choice, 'shows');
		if ('trouble' in read) return read.trouble;
		const { id, name, result } = read.data;
		const shows = { name: name !== undefined, result: result !== undefined };
		if (!(await setShows(app().db, user.id, id, shows)))
			return refuse({ refused: m.certificate_gone() }, {}, 'shows', 404);
		return { done: id };
	},
	reissue: async ({ request, locals, params }) => {
		const user = mustBeMember(locals, params.lang);
		const read = await readForm(request, chosen, 'reissue');
		if ('trouble' in read) return read.trouble;
		const made = await reissue(app().db, user.id, read.data.id);
		if (isRefusal(made)) return refuse(made, {}, 'reissue', 404);
		redirect(303, `/${params.lang}/certificates?made`);
	},
};
