import { json } from '@sveltejs/kit';
import { app } from '#lib/server/app.ts';
import { findMembers } from '#lib/server/teaching/asked.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** Members by part of a name or address (`?q=`), the first few → `[{name, email}]`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await followedGroup(db, db.read, user.id, params.group);
	const found = await findMembers(db, db.read, params.group, url.searchParams.get('q') ?? '');
	return json(found, { headers: { 'cache-control': 'no-store' } });
};
