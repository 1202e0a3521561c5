import { localise } from '#lib/course/localise.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import type { PageServerLoad } from './$types';

/** Everybody may take a metaphor into a consultation: no account, no progress. */
export const load: PageServerLoad = async ({ params, parent }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	return {
		course: { id: course.id, title: course.title[language] },
		metaphors: localise(course.metaphors, language),
	};
};
