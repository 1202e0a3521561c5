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
	return new Response(stream(pieces), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="rygsamtalen.json"',
			'cache-control': 'no-store',
		},
	});
};

/** Read as fast as it is taken. */
function stream(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await pieces.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await pieces.return();
		},
	});
}
