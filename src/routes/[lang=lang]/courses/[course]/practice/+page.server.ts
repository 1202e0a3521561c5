import { localise } from '#lib/course/localise.ts';
import { outline } from '#lib/course/outline.ts';
import { dayOf } from '#lib/progress/practice.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { practiceFor } from '#lib/server/learning/practice.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { PageServerLoad } from './$types';

/** One sitting: the items that are due, of finished lessons. */
export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const { progress, recent } = await progressOf(locals.user?.id ?? null, course);
	const map = outline(course, language);
	const { lessons, items } = practiceFor(course, map, progress, dayOf(Date.now()));
	return { course: map, lessons, items: localise(items, language), progress, recent };
};
