import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../db/database.ts';
import { testDatabases } from '../../db/testing.ts';
import { createClient } from '../clients.ts';
import { emptied, statement } from '../testing.ts';
import { toMultipart } from './multipart.ts';
import { serveRecords } from './serve.ts';

/*
 * PostgreSQL has no text with the character U+0000, and no JSON with it or with half a surrogate pair.
 * What it cannot hold is refused, or kept in another form, on both engines alike.
 */

const ACTIVITY = 'https://example.org/activities/one';
const AGENT = JSON.stringify({ mbox: 'mailto:ida@example.org' });

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let key: { id: string; secret: string };
	beforeAll(async () => void (db = await open()), 60_000);
	beforeEach(async () => {
		const form = { name: 'x', scopes: ['all' as const], origins: [], ratePerMinute: 500 };
		key = await createClient(db, form, null);
	});
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	async function ask(
		method: string,
		resource: string,
		params: Record<string, string>,
		{ body = undefined as string | Buffer | undefined, type = 'application/json', as = key } = {},
	) {
		const request = new Request(`https://lrs.example/xapi/${resource}`, {
			method,
			headers: {
				authorization: `Basic ${Buffer.from(`${as.id}:${as.secret}`).toString('base64')}`,
				'x-experience-api-version': '1.0.3',
				...(body === undefined ? {} : { 'content-type': type }),
			},
			...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
		});
		const asked = new Request(`${request.url}?${new URLSearchParams(params)}`, request);
		const response = await serveRecords({
			...{ db, request: asked, resource, base: '/xapi', address: '127.0.0.1' },
			...{ usual: '1.0.3' as const, limit: 100_000 },
		});
		const text = await response.text();
		return { status: response.status, text, value: text && (JSON.parse(text) as unknown) };
	}

	test.each(['\u0000', 'a\u0000b', 'nøgle', 'with space', 'tab\t'])('no key is %j', async (id) => {
		const { status } = await ask('GET', 'statements', {}, { as: { ...key, id } });
		expect(status).toBe(401);
	});

	const named = (own: object) => JSON.stringify({ ...(JSON.parse(AGENT) as object), ...own });
	const account = JSON.stringify({ account: { homePage: 'https://example.org', name: 'a\u0000' } });
	const state = { activityId: ACTIVITY, agent: AGENT, stateId: 'x' };
	const profile = { agent: AGENT, profileId: 'x' };
	test.each([
		['PUT', 'activities/state', { ...state, stateId: 'a\u0000' }, 'stateId'],
		['GET', 'activities/state', { ...state, stateId: '\u0000' }, 'stateId'],
		['DELETE', 'activities/state', { ...state, stateId: '\u0000' }, 'stateId'],
		['PUT', 'activities/state', { ...state, activityId: `${ACTIVITY}\u0000` }, 'activityId'],
		['PUT', 'activities/state', { ...state, agent: account }, 'agent.account.name'],
		['PUT', 'activities/state', { ...state, agent: named({ name: '\u0000' }) }, 'agent.name'],
		['POST', 'agents/profile', { ...profile, profileId: 'a\u0000' }, 'profileId'],
		['GET', 'agents/profile', { ...profile, agent: account }, 'agent.account.name'],
		['POST', 'activities/profile', { activityId: ACTIVITY, profileId: '\u0000' }, 'profileId'],
		['GET', 'activities', { activityId: `${ACTIVITY}\u0000` }, 'activityId'],
		['GET', 'agents', { agent: account }, 'agent.account.name'],
		['GET', 'statements', { agent: account }, 'agent.account.name'],
		['GET', 'statements', { verb: 'https://example.org/\u0000' }, 'verb'],
		['GET', 'statements', { cursor: '\u0000' }, 'cursor'],
	])('%s %s %j is refused by its place', async (method, resource, params, place) => {
		const body = method === 'PUT' || method === 'POST' ? '{}' : undefined;
		const { status, text } = await ask(method, resource, params, { body });
		expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(place) });
	});

	test('a statement may say it anywhere, and is kept as it came', async () => {
		const bad = '\u0000 and \ud800';
		const words = { en: bad };
		const made = statement({
			actor: { mbox: 'mailto:ida@example.org', name: bad },
			object: {
				id: ACTIVITY,
				definition: {
					name: words,
					description: words,
					extensions: { 'https://example.org/e': bad },
				},
			},
			context: {
				instructor: { account: { homePage: 'https://example.org', name: bad }, name: 'Bo' },
				platform: bad,
			},
			result: { response: bad },
		});
		const { id } = made;
		expect(await ask('POST', 'statements', {}, { body: JSON.stringify(made) })).toMatchObject({
			status: 200,
		});
		// Names that are known already are merged.
		const again = {
			...made,
			id: crypto.randomUUID(),
			actor: { ...(made.actor as object), name: 'Ida' },
		};
		expect((await ask('POST', 'statements', {}, { body: JSON.stringify(again) })).status).toBe(200);
		expect((await ask('GET', 'statements', { statementId: id })).value).toMatchObject({
			...{ actor: made.actor, object: made.object, result: made.result },
		});
		expect((await ask('GET', 'activities', { activityId: ACTIVITY })).value).toMatchObject({
			definition: { name: words },
		});
		expect((await ask('GET', 'agents', { agent: AGENT })).value).toMatchObject({
			name: ['Ida', '\ufffd and \ufffd'],
		});
	});

	test('what comes beside a statement has a type that is one', async () => {
		const content = Buffer.from('x');
		const sha2 = createHash('sha256').update(content).digest('hex');
		const attachment = { usageType: 'https://example.org/u', display: { en: 'x' } };
		const made = statement({
			attachments: [{ ...attachment, contentType: 'text/plain', length: 1, sha2 }],
		});
		const { body, contentType: type } = toMultipart(JSON.stringify(made), [
			{ sha2, content, contentType: 'text/\u0000plain' },
		]);
		const { status, text } = await ask('POST', 'statements', {}, { body, type });
		expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('part 2') });
	});
});
