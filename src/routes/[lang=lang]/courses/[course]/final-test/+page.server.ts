import { error } from '@sveltejs/kit';
import { outline } from '#lib/course/outline.ts';
import { app } from '#lib/server/app.ts';
import { courseOr404, hasFinalTest } from '#lib/server/learning/courses.ts';
import { testFor } from '#lib/server/learning/final-test.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import { attemptsOf } from '#lib/server/teaching/attempts.ts';
import type { PageServerLoad } from './$types';

/** The test as far as this learner may see it: no answers before the last one is given. */
export const load: PageServerLoad = async ({ params, parent, locals }) => {
	const { language } = await parent();
	const course = courseOr404(params.course);
	if (!hasFinalTest(course)) error(404, { message: `${course.id} has no final test` });
	const { progress, recent } = await progressOf(locals.user?.id ?? null, course);
	const { user } = locals;
	const { db } = app();
	const attempts = user ? await attemptsOf(db, db.read, course, user.id, new Date()) : undefined;
	return {
		attempts,
		course: outline(course, language),
		standing: testFor(course, progress, language),
		progress,
		recent,
	};
};
