import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { readJson } from '#lib/server/http.ts';
import { keepNote, note } from '#lib/server/learning/notes.ts';
import type { RequestHandler } from './$types';

const LIMIT = 64 * 1024;

/** Saves words that no course asked for to the learner's own log: `{text}` → 204. */
export const POST: RequestHandler = async ({ request, locals }) => {
	if (!locals.user || locals.user.isGuest) error(401, m.error_signed_out());
	const { text } = await readJson(request, note, LIMIT);
	await keepNote(app().db, locals.user.id, text);
	return new Response(null, { status: 204 });
};
