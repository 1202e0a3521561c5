import { error } from '@sveltejs/kit';
import { isThinFormat } from '#lib/packages/thin.ts';
import { m } from '#lib/paraglide/messages.js';
import { dispatchOr404 } from '#lib/server/dispatch/embed.ts';
import { thinPackage } from '#lib/server/dispatch/package.ts';
import { mustAdminister } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** A thin package as a zip, for administrators. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	mustAdminister(locals);
	if (!isThinFormat(params.format)) error(404, { message: m.error_no_page() });
	const dispatch = await dispatchOr404(params.dispatch);
	const { name, content } = thinPackage(dispatch, params.format, url.origin);
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${name}.zip"`,
			// It holds what lets learners in.
			'cache-control': 'no-store',
		},
	});
};
