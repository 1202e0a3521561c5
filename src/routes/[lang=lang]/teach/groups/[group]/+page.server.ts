import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import { readRosterQuery, roster } from '#lib/server/teaching/roster.ts';
import type { PageServerLoad } from './$types';

/** Where everybody in the group stands. */
export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const followed = await followedGroup(db, db.read, user.id, params.group);
	const query = readRosterQuery(url.searchParams);
	const language = requestLanguage(event);
	return {
		query,
		roster: await roster(db, courses, followed, query, language, new Date()),
	};
};
