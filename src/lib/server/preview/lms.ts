import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { StatementStore, type StoreAnswer } from '#lib/preview/store.ts';
import { stageInfoOf, type ReadyPreview } from './shelf.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const TROUBLES = ['none', 'refuses', 'throws'] as const;

const beginning = v.object({
	item: v.string(),
	mode: v.picklist(['normal', 'browse', 'review']),
	how: v.picklist(['new', 'resumed', 'lost']),
});
const switching = v.object({ trouble: v.picklist(TROUBLES) });

/** The LMS's side of packages that speak by requests. */
export interface Lms {
	/**
	 * @param place what follows the token
	 * @returns false for a place that is not its own
	 */
	answer(
		request: IncomingMessage,
		response: ServerResponse,
		preview: ReadyPreview,
		place: { name: string; rest: string },
	): Promise<boolean>;
	/** Drops what is held for a preview that is gone. */
	forget(token: string): void;
}

/**
 * Plays LMS for cmi5 and xAPI packages, each with a store of its own, in memory:
 *
 * - `session` begins one, `trouble` makes the store fail, `heard` tells what happens as it happens
 *   (server-sent events);
 * - `xapi/…` is the endpoint, `fetch/…` gives the token once, `returned` is where a course goes back to.
 */
export function lmsFor(): Lms {
	const stores = new Map<string, StatementStore>();
	const listening = new Map<string, Set<ServerResponse>>();

	function storeOf(preview: ReadyPreview): StatementStore {
		const known = stores.get(preview.token);
		if (known) return known;
		const made = new StatementStore(stageInfoOf(preview));
		made.onheard = (heard) => {
			for (const one of listening.get(preview.token) ?? []) one.write(event(heard));
		};
		stores.set(preview.token, made);
		return made;
	}

	function listen(response: ServerResponse, token: string, store: StatementStore): void {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		response.write(store.heard.map(event).join('') || ':\n\n');
		const all = listening.get(token) ?? new Set();
		listening.set(token, all.add(response));
		response.once('close', () => all.delete(response));
	}

	async function answer(
		...[request, response, preview, { name, rest }]: Parameters<Lms['answer']>
	): Promise<boolean> {
		const { token } = preview;
		const store = storeOf(preview);
		switch (name) {
			case 'session': {
				const asked = v.safeParse(beginning, await jsonOf(request));
				const item = preview.package.items.find(
					({ id }) => asked.success && id === asked.output.item,
				);
				// A browser names the origin with every POST; the address is what the package gets.
				const { origin } = request.headers;
				if (!asked.success || !item || !origin) send(response, { status: 400 });
				else {
					const { mode, how } = asked.output;
					const href = store.launch({ item, mode, how }, `${origin}/${token}/`);
					send(response, { status: 200, body: JSON.stringify({ href }) });
				}
				return true;
			}
			case 'trouble': {
				const asked = v.safeParse(switching, await jsonOf(request));
				if (asked.success) store.switchTo(asked.output.trouble);
				send(response, { status: asked.success ? 204 : 400 });
				return true;
			}
			case 'heard':
				listen(response, token, store);
				return true;
			case 'fetch':
				send(response, request.method === 'POST' ? store.fetch() : { status: 405 });
				return true;
			case 'returned':
				send(response, {
					status: 200,
					headers: { 'content-type': 'text/plain; charset=utf-8' },
					body: `${m.preview_returned({}, { locale: 'da' })}\n${m.preview_returned({}, { locale: 'en' })}`,
				});
				return true;
			case 'xapi':
				if (store.trouble === 'throws') request.socket.destroy();
				else await xapi(request, response, store, rest);
				return true;
			default:
				return false;
		}
	}
	return { answer, forget: (token) => void stores.delete(token) };
}

async function xapi(
	request: IncomingMessage,
	response: ServerResponse,
	store: StatementStore,
	rest: string,
): Promise<void> {
	const { pathname, searchParams } = new URL(rest, 'http://x');
	const answer = store.answer({
		method: request.method ?? 'GET',
		// Some tools ask for `//statements`.
		resource: pathname.replace(/^\/+/, ''),
		query: searchParams,
		headers: request.headers as Record<string, string | undefined>,
		body: await bodyOf(request),
	});
	send(response, answer);
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
	try {
		return JSON.parse(await bodyOf(request)) as unknown;
	} catch {
		return undefined;
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > MOST_BYTES) throw new Error('More than 10 MB in one request');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, body }: StoreAnswer): void {
	response.writeHead(status, { 'cache-control': 'no-store', ...headers });
	response.end(body);
}

function event(heard: unknown): string {
	return `data: ${JSON.stringify(heard)}\n\n`;
}
