import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLanguage } from '#lib/course/language.ts';
import { PackageProblem } from '#lib/preview/problem.ts';
import { wordsFor } from '#lib/preview/words.ts';
import type { Shelf } from './shelf.ts';

const ADDRESS = /^\/api\/previews\/([\w-]+)(?:\?lang=(\w\w))?$/;

export function isUpload({ method, url }: IncomingMessage): boolean {
	return method === 'PUT' && ADDRESS.test(url ?? '');
}

/**
 * Takes a zip into a preview that was begun: `PUT /api/previews/<token>?lang=da`, the zip as its
 * body. It comes before the application, which would hold it in memory and takes half a megabyte;
 * the token, which only educators and administrators get, is what allows it.
 *
 * @param limit megabytes
 */
export async function takeUpload(
	shelf: Shelf,
	limit: number,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const [, token = '', lang] = ADDRESS.exec(request.url ?? '') ?? [];
	const preview = await shelf.find(token);
	if (!preview || preview.package) return answer(response, 404, {});
	try {
		await shelf.take(preview, request, limit);
		answer(response, 200, {});
	} catch (error) {
		if (!(error instanceof PackageProblem)) throw error;
		// What was still to come is not waited for.
		response.setHeader('connection', 'close');
		const message = wordsFor(error, isLanguage(lang) ? { locale: lang } : {});
		answer(response, error.code === 'upload' ? 413 : 422, { message });
	}
}

function answer(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(JSON.stringify(body));
}
