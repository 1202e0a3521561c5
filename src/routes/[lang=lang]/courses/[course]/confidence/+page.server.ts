import { error } from '@sveltejs/kit';
import { localise } from '#lib/course/localise.ts';
import { outline } from '#lib/course/outline.ts';
import { CONFIDENCE, unitsOf } from '#lib/course/parts.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const unit = unitsOf(course).find(({ id }) => id === CONFIDENCE);
	if (!unit) error(404, { message: `${course.id} does not ask for confidence` });
	const { progress, recent } = await progressOf(locals.user?.id ?? null, course);
	return { course: outline(course, language), unit: localise(unit, language), progress, recent };
};
