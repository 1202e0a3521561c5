import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readJson } from '#lib/server/http.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import { asksForWords, keepReflection, reflection } from '#lib/server/learning/reflections.ts';
import type { RequestHandler } from './$types';

const LIMIT = 64 * 1024;

/** Saves words to the learner's own log: `{course, lesson, activity, text}` → 204. */
export const POST: RequestHandler = async ({ request, locals }) => {
	if (!locals.user) error(401, m.error_signed_out());
	const body = await readJson(request, reflection, LIMIT);
	if (!asksForWords(findCourse(body.course), body))
		error(404, `activity: no course asks for words at "${body.activity}"`);
	await keepReflection(app().db, locals.user.id, body);
	return new Response(null, { status: 204 });
};
