import { error } from '@sveltejs/kit';
import { localise } from '#lib/course/localise.ts';
import { lessonsOf, metaphorsOf } from '#lib/course/model.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const metaphor = course.metaphors.find((one) => one.id === params.metaphor);
	if (!metaphor) error(404, { message: `${course.id} has no metaphor "${params.metaphor}"` });
	return {
		course: { id: course.id, title: course.title[language] },
		metaphor: localise(metaphor, language),
		lessons: lessonsOf(course)
			.filter((lesson) => metaphorsOf(lesson).includes(metaphor.id))
			.map((lesson) => ({ id: lesson.id, title: lesson.title[language] })),
	};
};
