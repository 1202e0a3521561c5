import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import {
	addDestination,
	listDestinations,
	pauseDestination,
	refusedBy,
	removeDestination,
	resend,
} from '#lib/server/statements/destinations.ts';
import { chosenDestination, destinationForm } from '#lib/server/statements/form.ts';
import { tryLrs } from '#lib/server/statements/lrs.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { db } = app();
	const destinations = await listDestinations(db);
	return {
		destinations: await Promise.all(
			destinations.map(async (one) => ({
				...one,
				refusals:
					one.refused === 0
						? []
						: (await refusedBy(db, one.id)).map(({ seq, id, reason }) => ({ seq, id, reason })),
			})),
		),
	};
};

export const actions: Actions = {
	add: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, destinationForm, 'add');
		if ('trouble' in read) return read.trouble;
		const { destination, anyway } = read.data;
		const { db, box, config } = app();
		if (!anyway) {
			const mayBeInner = config.LRS_INNER === 'allow';
			const reason = await tryLrs({ ...destination, mayBeInner });
			if (reason !== undefined)
				return refuse({ refused: m.admin_records_no_answer({ reason }) }, read.values, 'add');
		}
		await addDestination(db, box, destination, { actor });
		return { done: true };
	},
	pause: (event) => chosen(event, (id, actor) => pauseDestination(app().db, id, true, actor)),
	resume: (event) => chosen(event, (id, actor) => pauseDestination(app().db, id, false, actor)),
	resend: (event) => chosen(event, (id, actor) => resend(app().db, id, actor)),
	remove: (event) => chosen(event, (id, actor) => removeDestination(app().db, id, actor)),
};

async function chosen(
	{ request, locals }: { request: Request; locals: App.Locals },
	act: (id: string, actor: string) => Promise<void>,
) {
	const { id: actor } = mustAdminister(locals);
	const read = await readForm(request, chosenDestination);
	if ('trouble' in read) return read.trouble;
	await act(read.data.id, actor);
	return { done: true };
}
