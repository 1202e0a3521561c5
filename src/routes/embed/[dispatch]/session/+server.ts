import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import {
	dispatchOr404,
	learnerOf,
	setEmbeddedCookie,
	whyClosed,
} from '#lib/server/dispatch/embed.ts';
import { launch, takeSeat } from '#lib/server/dispatch/seats.ts';
import { readJson } from '#lib/server/http.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import { progressOf } from '#lib/server/learning/progress.ts';
import type { RequestHandler } from './$types';

const LIMIT = 16 * 1024;

/**
 * Begins a session: `{token, learner, look, language}` → `{learner, bearer, progress, recent}`;
 * `learner` and `bearer` are null for somebody who only looks. 403 says why nobody is let in.
 */
export const POST: RequestHandler = async (event) => {
	const address = event.getClientAddress();
	if (!limits.launches.allows(address)) error(429, m.auth_too_often());
	const wanted = await readJson(event.request, launch, LIMIT);
	const dispatch = await dispatchOr404(event.params.dispatch);
	const seat = await takeSeat(app().db, dispatch, wanted);
	if (seat && 'closed' in seat) {
		if (seat.closed === 'wrong-token' && !limits.wrongTokens.allows(address))
			error(429, m.auth_too_often());
		error(403, whyClosed(seat.closed, wanted.language));
	}
	const course = courseOr404(dispatch.course);
	const known = await progressOf(seat?.userId ?? null, course);
	if (seat?.session) setEmbeddedCookie(event, dispatch.id, seat.session.token);
	return Response.json({
		learner: seat?.session ? seat.userId : null,
		bearer: seat?.session?.token ?? null,
		...known,
	});
};

/** 204 when the browser sent its session without being told to: the cookie was taken. */
export const GET: RequestHandler = async (event) => {
	await learnerOf(event, await dispatchOr404(event.params.dispatch));
	return new Response(null, { status: 204 });
};
