import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sirv from 'sirv';
import type { CourseFiles } from '../cmi5/files.ts';
import { logError } from '../log.ts';
import { lmsFor } from './lms.ts';
import { stageInfoOf, type ReadyPreview, type Shelf } from './shelf.ts';

/**
 * A package's files may run scripts of anybody, so they are kept in their frame: they may use their
 * own origin, where the LMS's object is, but not lead the whole window elsewhere. It holds in windows
 * that they open, too.
 */
const PACKAGE_POLICY =
	"sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads; frame-ancestors 'self'";
const STAGE_POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface Stage {
	shelf: Shelf;
	/** Where the built recorder lies. */
	ui: string;
	/** Hands out courses that came as packages; absent where packages are only looked at. */
	courses?: CourseFiles;
}

/**
 * Answers on the preview's own origin, where packages and the page that plays LMS for them meet:
 *
 * - `/<token>/` that page, `/<token>/package.json` what it plays, `/<token>/files/…` the package;
 * - `/<token>/xapi/…` and others for packages that speak by requests (`lms.ts`);
 * - `/cmi5/<key>/…` the files of a course that learners take (`cmi5/files.ts`);
 * - `/assets/…` the page's scripts.
 *
 * Who knows the token may see the package. Cookies are never read: browsers send those of another
 * port of the same host along.
 */
export function previewListener({ shelf, ui, courses }: Stage): RequestListener {
	const assets = sirv(join(ui, 'assets'), { dev: true, extensions: [], etag: true });

	const lms = lmsFor();

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		// The address opens the preview: no page may pass it on.
		response.setHeader('referrer-policy', 'no-referrer');
		response.setHeader('x-content-type-options', 'nosniff');
		response.setHeader('x-robots-tag', 'noindex');
		const [, token = '', place = '', rest = ''] =
			/^\/([^/?]+)(?:\/([^/?]*))?([^]*)$/.exec(request.url ?? '') ?? [];
		if (token === 'assets') {
			request.url = `/${place}${rest}`;
			return assets(request, response);
		}
		if (token === 'cmi5') {
			response.setHeader('content-security-policy', PACKAGE_POLICY);
			if (!(await courses?.(request, response, `/${place}${rest}`))) end(response, 404);
			return;
		}
		const preview = await shelf.find(token);
		if (!preview?.package) {
			lms.forget(token);
			return end(response, 404);
		}
		const ready = { ...preview, package: preview.package };
		if (place === 'files') return sendFile(request, response, rest);
		if (await lms.answer(request, response, ready, { name: place, rest: rest || '/' })) return;
		if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
		if (place === 'package.json') return sendPackage(response, ready);
		if (place === '' && request.url?.startsWith(`/${token}/`)) return sendStage(response);
		return end(response, 404);

		function sendFile(request: IncomingMessage, response: ServerResponse, path: string): void {
			response.setHeader('content-security-policy', PACKAGE_POLICY);
			request.url = path || '/';
			sirv(shelf.filesOf(token), { dev: true, extensions: [], etag: true, dotfiles: true })(
				request,
				response,
			);
		}
	}

	async function sendStage(response: ServerResponse): Promise<void> {
		response.setHeader('content-security-policy', STAGE_POLICY);
		response.setHeader('cache-control', 'no-store');
		response.setHeader('content-type', 'text/html; charset=utf-8');
		response.end(await readFile(join(ui, 'stage.html')));
	}

	return (request, response) => {
		answer(request, response).catch((error: unknown) => {
			logError('The preview could not answer:', error);
			if (!response.headersSent) end(response, 500);
			else response.destroy();
		});
	};
}

function sendPackage(response: ServerResponse, preview: ReadyPreview): void {
	response.setHeader('cache-control', 'no-store');
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify(stageInfoOf(preview)));
}

function end(response: ServerResponse, status: number): void {
	response.writeHead(status).end();
}
