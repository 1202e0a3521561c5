import { error } from '@sveltejs/kit';
import { isLanguage, LANGUAGES } from '#lib/course/language.ts';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { dispatchOr404, learnerOf } from '#lib/server/dispatch/embed.ts';
import { readJson } from '#lib/server/http.ts';
import { courseOr404, hasFinalTest } from '#lib/server/learning/courses.ts';
import { beginning, beginTest, testFor } from '#lib/server/learning/final-test.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { RequestEvent, RequestHandler } from './$types';

const LIMIT = 4 * 1024;

/** Where the learner stands in the final test (`?language=da`) → `{standing, progress}`. */
export const GET: RequestHandler = async (event) => {
	const { course, progress } = await theirTest(event);
	const asked = event.url.searchParams.get('language');
	const language = isLanguage(asked) ? asked : LANGUAGES[0];
	return Response.json({ standing: testFor(course, progress, language), progress });
};

/** Begins an attempt, or goes on with the one under way → 204; as `/api/final-test`. */
export const POST: RequestHandler = async (event) => {
	const { course, progress, user } = await theirTest(event);
	const body = await readJson(event.request, beginning, LIMIT);
	if (body.course !== course.id) error(404, `course: this is not "${body.course}"`);
	const begun = await beginTest(app().db, course, user, progress, body);
	if (isRefusal(begun)) error(409, begun.refused);
	return new Response(null, { status: 204 });
};

async function theirTest(event: RequestEvent) {
	const dispatch = await dispatchOr404(event.params.dispatch);
	const id = await learnerOf(event, dispatch);
	const course = courseOr404(dispatch.course);
	if (!hasFinalTest(course)) error(404, `"${course.id}" has no final test`);
	const { progress } = await progressOf(id, course);
	return { course, progress, user: { id } };
}
