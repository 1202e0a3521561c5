import type { RequestEvent } from '@sveltejs/kit';
import type { Language } from '#lib/course/language.ts';
import { SOON } from './db/trouble.ts';

/**
 * The answer to a request that no route gets to see: for a browser on its way to a page the page for
 * errors, for scripts JSON. 503 is a passing trouble of the database.
 *
 * @param message in `language`, of ours: it becomes part of the page as it is
 * @param page as Kit has it for errors (svelte.dev/docs/kit/project-structure, `error.html`)
 */
export function turnAway(
	{ request, isDataRequest }: Pick<RequestEvent, 'request' | 'isDataRequest'>,
	status: number,
	message: string,
	{ language, page }: { language: Language; page: string },
): Response {
	const isBusy = status === 503;
	const headers = isBusy ? SOON : undefined;
	const trouble: App.Error = { message, ...(isBusy ? { isBusy } : {}) };
	// As Kit's own forms expect it (svelte.dev/docs/kit/form-actions, "Custom event listener").
	if (request.headers.has('x-sveltekit-action'))
		return Response.json({ type: 'error', error: trouble }, { status, headers });
	if (isDataRequest || !request.headers.get('accept')?.includes('text/html'))
		return Response.json(trouble, { status, headers });
	const html = page
		.replace(/lang="\w+"/, `lang="${language}"`)
		.replaceAll('%sveltekit.status%', String(status))
		.replace('%sveltekit.error.message%', () => message);
	return new Response(html, {
		status,
		headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
	});
}
