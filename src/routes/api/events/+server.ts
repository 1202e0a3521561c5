import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { setSessionCookie } from '#lib/server/auth/sessions.ts';
import { readJson } from '#lib/server/http.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import { batch, receive } from '#lib/server/learning/events.ts';
import { requestLanguage } from '#lib/server/language.ts';
import type { RequestHandler } from './$types';

const LIMIT = 256 * 1024;

/** Learner events: `{learner, events}` → `{learner, accepted, refused}`; see `receive`. */
export const POST: RequestHandler = async (event) => {
	const { request, locals } = event;
	const body = await readJson(request, batch, LIMIT);
	// The browser's events belong to whom it thinks they do, or to nobody.
	if (body.learner !== null && !locals.user) error(401, m.error_signed_out());
	if (body.learner !== null && body.learner !== locals.user?.id)
		error(409, m.error_other_learner());
	if (!locals.user && !limits.guests.allows(event.getClientAddress()))
		error(429, m.auth_too_often());
	const { session, ...receipt } = await receive(
		app().db,
		findCourse,
		locals.user,
		body,
		requestLanguage(event),
	);
	if (session) setSessionCookie(event, session);
	return Response.json(receipt);
};
