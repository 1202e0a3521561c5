import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { exportData } from '#lib/server/auth/accounts.ts';
import type { RequestHandler } from './$types';

/** Everything on record about whoever asks, as a file. */
export const GET: RequestHandler = async ({ locals }) => {
	if (!locals.user) error(401, m.error_signed_out());
	const data = await exportData(app().db, locals.user.id);
	return new Response(JSON.stringify(data, undefined, '\t'), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="rygsamtalen.json"',
			'cache-control': 'no-store',
		},
	});
};
