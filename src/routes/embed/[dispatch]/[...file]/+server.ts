import { dispatchOr404, embeddedFile, embeddedPage } from '#lib/server/dispatch/embed.ts';
import type { RequestHandler } from './$types';

/** The player inside of an LMS: its page, and the files that the page asks for. */
export const GET: RequestHandler = async ({ params }) => {
	const dispatch = await dispatchOr404(params.dispatch);
	return params.file === 'index.html'
		? embeddedPage(dispatch)
		: embeddedFile(dispatch, params.file);
};
