/** Where a record store is, and how one is let in. */
export interface LrsAddress {
	/** The base of its resources, with or without a slash at the end. */
	endpoint: string;
	/** The whole `Authorization` header; undefined for a store that asks for none. */
	authorization?: string;
	/** What `X-Experience-API-Version` says. */
	version?: '1.0.3' | '2.0.0';
}

export interface Asked {
	method: 'GET' | 'POST' | 'PUT';
	params?: Record<string, string>;
	/** JSON. */
	body?: string;
	/** Writes only over this version of a document (xAPI 1.0.3 Communication, section 3.1). */
	ifMatch?: string;
	/** Goes on when the page is gone; at most 64 KiB of bodies at a time. */
	keepalive?: boolean;
}

export interface Answer {
	/** 0 when nobody answered. */
	status: number;
	body: string;
	/** Of a document, where the store gives one and lets this page see it. */
	etag?: string;
}

/** The resources of a record store. Asking never rejects. */
export interface Lrs {
	ask(resource: string, asked: Asked): Promise<Answer>;
}

const PATIENCE = 30_000;

export function lrsAt({ endpoint, authorization, version = '1.0.3' }: LrsAddress): Lrs {
	const base = endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
	return {
		async ask(resource, { method, params, body, ifMatch, keepalive = false }) {
			const query = params ? `?${new URLSearchParams(params)}` : '';
			try {
				const response = await fetch(`${base}${resource}${query}`, {
					method,
					headers: {
						'x-experience-api-version': version,
						...(authorization === undefined ? {} : { authorization }),
						...(body === undefined ? {} : { 'content-type': 'application/json' }),
						...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
					},
					// What was answered a while ago is of no use to anybody who comes back.
					cache: 'no-store',
					credentials: 'omit',
					...(body === undefined ? {} : { body }),
					...(keepalive ? { keepalive } : { signal: AbortSignal.timeout(PATIENCE) }),
				});
				const etag = response.headers.get('etag');
				return {
					status: response.status,
					body: await response.text(),
					...(etag === null ? {} : { etag }),
				};
			} catch {
				return { status: 0, body: '' };
			}
		},
	};
}

export const isWell = ({ status }: Answer) => status >= 200 && status < 300;

/** What went wrong, for people: a store's own words where it has some that fit into a line. */
export function reasonOf({ status, body }: Answer): string {
	const words = body.trim();
	return words !== '' && words.length <= 200 && !words.startsWith('<')
		? `${words} (${status})`
		: String(status);
}

/** How much may go at once while the page goes away (fetch.spec.whatwg.org, "inflight keepalive bytes"). */
export const KEEPALIVE_BYTES = 64 * 1024;

export const bytesOf = (text: string) => new TextEncoder().encode(text).length;
