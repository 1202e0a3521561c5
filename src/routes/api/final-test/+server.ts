import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readJson } from '#lib/server/http.ts';
import { findCourse, hasFinalTest } from '#lib/server/learning/courses.ts';
import { beginning, beginTest } from '#lib/server/learning/final-test.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { RequestHandler } from './$types';

const LIMIT = 4 * 1024;

/** Begins an attempt at a course's final test, or goes on with the one under way → 204; 409 when no attempt is left. */
export const POST: RequestHandler = async (event) => {
	const { request, locals } = event;
	const body = await readJson(request, beginning, LIMIT);
	const course = findCourse(body.course);
	if (!course || !hasFinalTest(course))
		error(404, `course: no course "${body.course}" with a final test`);
	if (!locals.user && !limits.guests.allows(event.getClientAddress()))
		error(429, m.auth_too_often());
	const { progress } = await progressOf(locals.user?.id ?? null, course);
	const begun = await beginTest(app().db, course, locals.user, progress, body);
	if (isRefusal(begun)) error(409, begun.refused);
	if (begun.session) setSessionCookie(event, begun.session);
	return new Response(null, { status: 204 });
};
