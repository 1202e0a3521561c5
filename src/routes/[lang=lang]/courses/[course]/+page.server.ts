import { outline } from '#lib/course/outline.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const { progress } = await progressOf(locals.user?.id ?? null, course);
	return { course: outline(course, language), progress };
};
