import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { exportFile } from '#lib/server/auth/export.ts';
import type { RequestHandler } from './$types';

/** Everything on record about whoever asks, guests too, as a file. */
export const GET: RequestHandler = ({ locals }) => {
	if (!locals.user) error(401, m.error_signed_out());
	const pieces = exportFile(app().db, courses, locals.user.id);
	return new Response(ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="rygsamtalen.json"',
			'cache-control': 'no-store',
		},
	});
};
