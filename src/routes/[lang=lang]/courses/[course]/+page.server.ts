import { outline } from '#lib/course/outline.ts';
import { dueItems, practisable } from '#lib/progress/due.ts';
import { dayOf } from '#lib/progress/practice.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const { progress } = await progressOf(locals.user?.id ?? null, course);
	const map = outline(course, language);
	const due = dueItems(practisable(course, map, progress), dayOf(Date.now())).length;
	return { course: map, progress, due };
};
