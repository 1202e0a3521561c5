import { error } from '@sveltejs/kit';
import { dev } from '$app/environment';
import notes from 'virtual:course-notes';
import { findLesson, metaphorsOf } from '#lib/course/model.ts';
import { lessonOutline, outline } from '#lib/course/outline.ts';
import { localise } from '#lib/course/localise.ts';
import { resumeStep } from '#lib/progress/completion.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { PageServerLoad } from './$types';

/**
 * Everything a lesson needs, for all its steps. `params.step` is left alone here on purpose: going
 * from step to step then needs no request, so it works without a connection.
 */
export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	const lesson = findLesson(course, params.lesson);
	if (!lesson) error(404, { message: `${course.id} has no lesson "${params.lesson}"` });
	const { progress, recent } = await progressOf(locals.user?.id ?? null, course);
	const shown = metaphorsOf(lesson);
	return {
		course: outline(course, language),
		lesson: localise(lesson, language),
		metaphors: localise(
			course.metaphors.filter((metaphor) => shown.includes(metaphor.id)),
			language,
		),
		notes: dev ? notes : undefined,
		progress,
		recent,
		resume: resumeStep(
			lessonOutline(lesson, language),
			progress.lessons[lesson.id],
			course.passMark,
		),
	};
};
