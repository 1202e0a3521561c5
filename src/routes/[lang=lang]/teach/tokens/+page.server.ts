import { m } from '#lib/paraglide/messages.js';
import {
	createApiToken,
	LIFETIMES,
	listApiTokens,
	MOST_TOKENS,
	revokeApiToken,
	tokenForms,
} from '#lib/server/api/tokens.ts';
import { app } from '#lib/server/app.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { mustTeachSomewhere } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

/** The keys of whoever teaches; without an organisation to teach in a key would open nothing. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const user = await mustTeachSomewhere(app().db, locals, params.lang);
	return {
		lifetimes: LIFETIMES.map(Number),
		tokens: await listApiTokens(app().db, user.id),
		now: new Date(),
	};
};

export const actions: Actions = {
	make: async ({ request, locals, params }) => {
		const user = await mustTeachSomewhere(app().db, locals, params.lang);
		const read = await readForm(request, tokenForms.make, 'make');
		if ('trouble' in read) return read.trouble;
		const { name, days } = read.data;
		const made = await createApiToken(app().db, user.id, { name, days: Number(days) });
		if (!made)
			return refuse({ refused: m.teach_api_full({ count: MOST_TOKENS }) }, read.values, 'make');
		return { made: { name, token: made.token } };
	},
	revoke: async ({ request, locals, params }) => {
		const user = await mustTeachSomewhere(app().db, locals, params.lang);
		const read = await readForm(request, tokenForms.revoke, 'revoke');
		if ('trouble' in read) return read.trouble;
		const isGone = await revokeApiToken(app().db, user.id, read.data.id);
		if (!isGone) return refuse({ refused: m.teach_api_gone() }, {}, 'revoke', 404);
		return { revoked: true };
	},
};
