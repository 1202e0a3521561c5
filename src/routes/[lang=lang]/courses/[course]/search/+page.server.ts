import { localise } from '#lib/course/localise.ts';
import { outline } from '#lib/course/outline.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import type { PageServerLoad } from './$types';

/** Everybody may look something up: no account, no progress. */
export const load: PageServerLoad = async ({ params, parent }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const glossary = localise(course.glossary, language).toSorted((a, b) =>
		a.term.localeCompare(b.term, language),
	);
	return { course: outline(course, language), glossary };
};
