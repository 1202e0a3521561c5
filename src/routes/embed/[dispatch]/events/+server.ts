import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { dispatchOr404, learnerOf } from '#lib/server/dispatch/embed.ts';
import { readJson } from '#lib/server/http.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import { batch, receive } from '#lib/server/learning/events.ts';
import { requestLanguage } from '#lib/server/language.ts';
import type { RequestHandler } from './$types';

const LIMIT = 256 * 1024;

/** Learner events of an embedded session, of its own course only; as `/api/events`. */
export const POST: RequestHandler = async (event) => {
	const dispatch = await dispatchOr404(event.params.dispatch);
	const id = await learnerOf(event, dispatch);
	const body = await readJson(event.request, batch, LIMIT);
	if (body.learner !== id) error(409, m.error_other_learner());
	const own = (course: string) => (course === dispatch.course ? findCourse(course) : undefined);
	const { session: _, ...receipt } = await receive(
		app().db,
		own,
		{ id },
		body,
		requestLanguage(event),
	);
	return Response.json(receipt);
};
