import { app } from '#lib/server/app.ts';
import { placeDetail } from '#lib/server/teaching/activities.ts';
import { chosenCourse } from '#lib/server/teaching/chosen-course.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import { FEWEST } from '#lib/teaching/confidence.ts';
import { ENOUGH } from '#lib/teaching/items.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await followedGroup(db, db.read, user.id, params.group);
	const { language } = await parent();
	const { course, choices } = await chosenCourse(db, db.read, params.group, url, language);
	const detail = await placeDetail(db, db.read, course, params.group, params, language);
	return { course: course.id, choices, detail, enough: ENOUGH, fewest: FEWEST };
};
