import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { mustBeMember, organisationsOf } from '#lib/server/teaching/rights.ts';
import type { LayoutServerLoad } from './$types';

/** For educators; an administrator may look at the empty area, and learns how to become one. */
export const load: LayoutServerLoad = async ({ locals, params, setHeaders }) => {
	const user = mustBeMember(locals, params.lang);
	setHeaders({ 'cache-control': 'no-store' });
	const { db } = app();
	const organisations = await organisationsOf(db, db.read, user.id);
	if (organisations.length === 0 && user.role !== 'administrator')
		error(403, { message: m.teach_only() });
	return { organisations: organisations.map(({ id, name, timeZone }) => ({ id, name, timeZone })) };
};
