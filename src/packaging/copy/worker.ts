import type { CopyFiles } from '#lib/packages/copy.ts';

/**
 * The service worker of a static copy: keeps every file of it in the browser, so that the course
 * works without a connection, and never changes a version under somebody who is using it.
 *
 * - A version is stored whole or not at all: what cannot be fetched, or is not what was built, fails
 *   the installation, and the version that runs goes on running. The next attempt goes on where the
 *   last one ended, and files that a version shares with the one before are not fetched again.
 * - A new version waits until the learner agrees or every page of the old one is closed.
 * - Pages of an older version that are still open then find their files until they are closed.
 */
declare const COPY: CopyFiles;

/**
 * What this script uses of its surroundings (w3.org/TR/service-workers). TypeScript's own library for
 * workers cannot stand beside the one for pages.
 */
interface Surroundings {
	registration: { scope: string };
	clients: {
		claim(): Promise<void>;
		matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<unknown[]>;
	};
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
	addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}
interface Lasting {
	waitUntil(work: Promise<unknown>): void;
}
interface Asked {
	request: Request;
	respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Surroundings;
const scope = worker.registration.scope;
/** Several copies may lie on one server: each has caches of its own. */
const PREFIX = `copy ${scope} `;
const NAME = PREFIX + COPY.version;
const PAGE = 'index.html';
/** Named by their content: the same name is the same file in every version. */
const UNCHANGING = /^assets\//;
const AT_ONCE = 4;

worker.addEventListener('install', (event) => event.waitUntil(store()));
worker.addEventListener('activate', (event) =>
	event.waitUntil(Promise.all([tidy(), worker.clients.claim()])),
);
worker.addEventListener('message', ({ data }) => {
	if (data === 'take-over') void worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
	const path = pathOf(event.request);
	if (path !== undefined) event.respondWith(answer(event.request, path));
});

/** @throws when a file cannot be fetched or is another than the one that was built */
async function store(): Promise<void> {
	const cache = await caches.open(NAME);
	const stored = new Set((await cache.keys()).map(({ url }) => url));
	const missing = Object.entries(COPY.files).filter(([path]) => !stored.has(address(path)));
	const next = async (): Promise<void> => {
		const one = missing.shift();
		if (!one) return;
		const [path, integrity] = one;
		await cache.put(address(path), await file(path, integrity));
		return next();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function file(path: string, integrity: string): Promise<Response> {
	const unchanging = UNCHANGING.test(path);
	const known = unchanging ? await ofAnyVersion(path) : undefined;
	if (known) return known;
	const response = await fetch(address(path), {
		integrity,
		cache: unchanging ? 'default' : 'reload',
		priority: 'low',
	});
	if (!response.ok) throw new Error(`${path}: ${response.status}`);
	// A page may not be answered with a response that was redirected (fetch.spec.whatwg.org, "HTTP fetch").
	return response.redirected ? new Response(response.body, response) : response;
}

/** Which file of the copy is asked for; undefined when it is none. */
function pathOf({ method, url }: Request): string | undefined {
	const { origin, pathname } = new URL(url);
	if (method !== 'GET' || !(origin + pathname).startsWith(scope)) return undefined;
	const path = (origin + pathname).slice(scope.length) || PAGE;
	return Object.hasOwn(COPY.files, path) || UNCHANGING.test(path) ? path : undefined;
}

async function answer(request: Request, path: string): Promise<Response> {
	const cache = await caches.open(NAME);
	const found = (await cache.match(address(path))) ?? (await ofOlder(path));
	return found ?? fetch(request);
}

const ofOlder = (path: string) => (UNCHANGING.test(path) ? ofAnyVersion(path) : undefined);

async function ofAnyVersion(path: string): Promise<Response | undefined> {
	for (const name of await ownCaches()) {
		const found = await (await caches.open(name)).match(address(path));
		if (found) return found;
	}
	return undefined;
}

/** Removes older versions, unless further pages are open that may need them: then the next one does. */
async function tidy(): Promise<void> {
	const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
	if (pages.length > 1) return;
	const older = (await ownCaches()).filter((name) => name !== NAME);
	await Promise.all(older.map((name) => caches.delete(name)));
}

async function ownCaches(): Promise<string[]> {
	return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

function address(path: string): string {
	return scope + path;
}
