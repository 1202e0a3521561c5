import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { XapiVersion } from '#lib/xapi/rules/index.ts';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import type { Database } from '../../db/database.ts';
import { openTestSqlite } from '../../db/testing.ts';
import type { Attachment } from '../attachments.ts';
import { createClient, type ClientForm } from '../clients.ts';
import { emptied, type Made } from '../testing.ts';
import { toMultipart } from './multipart.ts';
import { serveRecords, type Asked } from './serve.ts';

/* What tests that ask the record store as a client does begin with. */

export interface Key {
	id: string;
	secret: string;
}

/** A request; by a client that may do everything, in 1.0.3, unless it says otherwise. */
export interface Ask {
	params?: Record<string, string>;
	headers?: Record<string, string>;
	body?: string | Uint8Array<ArrayBuffer> | object;
	/** Null: the request names none. */
	version?: string | null;
	/** Null: nobody. */
	as?: Key | null;
	/** In the place of what the server is asked with. */
	server?: Partial<Asked>;
}

/** The most bytes that a request may bring in tests. */
export const LIMIT = 100_000;

export type Records = ReturnType<typeof records>;

/** A record store for the tests that follow: opened once, empty before each of them. */
export function records(open: () => Promise<Database> = openTestSqlite) {
	let db: Database;
	let key: Key;
	const client = (own: Partial<ClientForm>) =>
		createClient(db, { name: 'x', scopes: ['all'], origins: [], ratePerMinute: 500, ...own }, null);
	beforeAll(async () => void (db = await open()), 60_000);
	beforeEach(async () => void (key = await client({ scopes: ['all'] })));
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	/** Asks as a client would. */
	async function ask(method: string, resource: string, own: Ask = {}) {
		const { params = {}, headers = {}, body, version = '1.0.3', as = key, server } = own;
		const isRaw = typeof body === 'string' || body instanceof Uint8Array;
		const query = new URLSearchParams(params).toString();
		const request = new Request(`https://lrs.example/xapi/${resource}${query && `?${query}`}`, {
			method,
			headers: {
				...(as ? { authorization: basic(as) } : {}),
				...(version ? { 'x-experience-api-version': version } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
		});
		return serveRecords({
			db,
			request,
			resource,
			base: '/xapi',
			address: '127.0.0.1',
			usual: '1.0.3',
			limit: LIMIT,
			...server,
		});
	}
	return {
		ask,
		client,
		get db() {
			return db;
		},
		/** Of the client that may do everything. */
		get key() {
			return key;
		},
	};
}

export const basic = ({ id, secret }: Key) =>
	`Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** What an answer says is wrong. */
export const told = async (response: Response) =>
	((await response.json()) as { error: string }).error;

export interface Page {
	statements: Made[];
	more: string;
}
export const pageOf = async (response: Response) => (await response.json()) as Page;
export const idsOf = async (response: Response) =>
	(await pageOf(response)).statements.map(({ id }) => id);

/** A content, as a part of a request and as a statement names it. */
export function attached(
	content: string | Buffer,
	own: Record<string, unknown> = {},
): { part: Attachment; about: Record<string, unknown> & { sha2: string } } {
	const bytes = Buffer.from(content);
	const sha2 = createHash('sha256').update(bytes).digest('hex');
	const about = {
		usageType: 'https://example.org/usage',
		display: { en: 'A text' },
		contentType: 'text/plain',
		length: bytes.length,
		sha2,
		...own,
	};
	return { part: { sha2, contentType: String(about.contentType), content: bytes }, about };
}

/** Statements and what belongs to them, as a request brings them. */
export function multipart(statements: unknown, parts: Attachment[]): Ask {
	const { body, contentType } = toMultipart(JSON.stringify(statements), parts);
	return { body: new Uint8Array(body), headers: { 'content-type': contentType } };
}

/**
 * One line of a table of requirements: what the specification says (in our words), a request, and the
 * status and the words of its answer: of a refusal what it says is wrong, lest it be refused for
 * something else; else of the body.
 */
export type Row = [
	requirement: string,
	says: string,
	request: Ask & { method: string; resource?: string },
	status: number,
	words?: RegExp,
	versions?: XapiVersion[],
];

/**
 * Tries every row in each of its versions; once, where the request names one itself.
 *
 * @param before stores what is there before, in that version
 */
export function tryRows(
	{ ask }: Pick<Records, 'ask'>,
	rows: Row[],
	{
		resource = 'statements',
		before = (_: XapiVersion): Promise<unknown> => Promise.resolve(),
	} = {},
): void {
	for (const [requirement, says, request, status, words, versions = BOTH] of rows)
		for (const version of 'version' in request ? versions.slice(0, 1) : versions)
			it(`${requirement} ${says} (${version})`, async () => {
				await before(version);
				const { method, resource: own = resource, ...rest } = request;
				const response = await ask(method, own, { version, ...rest });
				const text = await response.text();
				expect(response.status, text).toBe(status);
				if (words)
					expect(status < 400 ? text : (JSON.parse(text) as { error: string }).error).toMatch(
						words,
					);
			});
}
