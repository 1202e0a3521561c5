import { localise } from '#lib/course/localise.ts';
import { lessonsOf } from '#lib/course/model.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import type { PageServerLoad } from './$types';

/** Everybody may print them: no account, no progress. */
export const load: PageServerLoad = async ({ params, parent }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	return {
		course: { id: course.id, title: course.title[language] },
		titles: Object.fromEntries(lessonsOf(course).map(({ id, title }) => [id, title[language]])),
		questions: localise(course.questions, language),
		metaphors: localise(course.metaphors, language),
	};
};
