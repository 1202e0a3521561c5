import courses from 'virtual:courses';
import { outline } from '#lib/course/outline.ts';
import { courseStanding } from '#lib/progress/completion.ts';
import { app } from '#lib/server/app.ts';
import { offers } from '#lib/server/cmi5/own.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import { dueFor } from '#lib/server/teaching/due.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals }) => {
	const { language } = await parent();
	const { user } = locals;
	const isMember = user !== null && !user.isGuest;
	return {
		due: isMember ? await dueFor(app().db, courses, user.id, language) : [],
		others: isMember ? await offers(app().db, language) : [],
		courses: await Promise.all(
			courses.map(async (course) => {
				const told = outline(course, language);
				const { progress } = await progressOf(user?.id ?? null, course);
				return {
					id: course.id,
					title: told.title,
					description: told.description,
					standing: courseStanding(told, progress),
				};
			}),
		),
	};
};
