import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { chosenClient, clientFields } from '#lib/server/lrs/client-fields.ts';
import {
	changeClient,
	createClient,
	disableClient,
	listClients,
	renewSecret,
	USUAL_RATE,
} from '#lib/server/lrs/clients.ts';
import { SCOPES } from '#lib/server/lrs/scopes.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	return {
		endpoint: `${url.origin}/xapi/`,
		scopes: SCOPES,
		usualRate: USUAL_RATE,
		clients: await listClients(app().db),
	};
};

export const actions: Actions = {
	add: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, clientFields, 'add');
		if ('trouble' in read) return read.trouble;
		const made = await createClient(app().db, read.data, actor);
		return { made: { name: read.data.name, key: made.id, secret: made.secret } };
	},
	change: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const copy = request.clone();
		const chosen = await readForm(copy, chosenClient);
		if ('trouble' in chosen) return chosen.trouble;
		const { id } = chosen.data;
		const read = await readForm(request, clientFields, id);
		if ('trouble' in read) return read.trouble;
		const isThere = await changeClient(app().db, id, read.data, actor);
		return isThere ? { changed: id } : gone();
	},
	renew: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, chosenClient);
		if ('trouble' in read) return read.trouble;
		const { id } = read.data;
		const secret = await renewSecret(app().db, id, actor);
		if (secret === undefined) return gone();
		const client = (await listClients(app().db)).find((one) => one.id === id);
		return { made: { name: client?.name ?? id, key: id, secret } };
	},
	disable: (event) => setDisabled(event, true),
	enable: (event) => setDisabled(event, false),
};

async function setDisabled(
	{ request, locals }: { request: Request; locals: App.Locals },
	isDisabled: boolean,
) {
	const { id: actor } = mustAdminister(locals);
	const read = await readForm(request, chosenClient);
	if ('trouble' in read) return read.trouble;
	const isThere = await disableClient(app().db, read.data.id, isDisabled, actor);
	return isThere ? { changed: read.data.id } : gone();
}

const gone = () => refuse({ refused: m.admin_lrs_gone() }, {}, 'main', 404);
