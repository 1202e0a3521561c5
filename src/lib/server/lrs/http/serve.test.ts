import { createHash } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { testDatabases } from '../../db/testing.ts';
import { disableClient } from '../clients.ts';
import { storeStatements } from '../store.ts';
import { author, received, statement, voiding, type Made } from '../testing.ts';
import { partsOf, toMultipart } from './multipart.ts';
import { attached, basic, idsOf, multipart, records, told, type Ask } from './testing.ts';

const ID = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
const ACTIVITY = 'https://example.org/activities/one';
const AGENT = JSON.stringify({ mbox: 'mailto:ida@example.org' });
const STATE = { activityId: ACTIVITY, agent: AGENT, stateId: 'bookmark' };

describe.each(testDatabases)('on %s', (_, open) => {
	const store = records(open);
	const { ask, client } = store;

	test('about needs no key and no version; everything else needs both', async () => {
		const about = await ask('GET', 'about', { as: null, version: null });
		expect(about.status).toBe(200);
		expect(await about.json()).toEqual({ version: ['1.0.3', '2.0.0'] });
		expect(about.headers.get('x-experience-api-version')).toBe('1.0.3');
		const nobody = await ask('GET', 'statements', { as: null });
		expect(nobody.status).toBe(401);
		expect(nobody.headers.get('www-authenticate')).toMatch(/^Basic /);
		expect((await ask('GET', 'statements', { as: { ...store.key, secret: 'x' } })).status).toBe(
			401,
		);
		const old = await ask('GET', 'statements', { version: '0.95' });
		expect(old.status).toBe(400);
		expect(await told(old)).toMatch(/X-Experience-API-Version must be 1.0.3 or 2.0.0, is "0.95"/);
		expect((await ask('GET', 'statements', { version: null })).status).toBe(400);
		const two = await ask('GET', 'statements', { version: '2.0' });
		expect(two.headers.get('x-experience-api-version')).toBe('2.0.0');
		expect(Date.parse(two.headers.get('x-experience-api-consistent-through')!)).not.toBeNaN();
	});

	test('a slash too many is tolerated; what is no resource and no method is told', async () => {
		expect((await ask('GET', '/statements')).status).toBe(200);
		expect((await ask('GET', 'nowhere')).status).toBe(404);
		expect((await ask('GET', 'constructor')).status).toBe(404);
		const wrong = await ask('DELETE', 'statements');
		expect(wrong.status).toBe(405);
		expect(wrong.headers.get('allow')).toBe('GET, PUT, POST, HEAD');
	});

	test('statements go in by PUT and POST and come out by id, HEAD like GET', async () => {
		const one = statement();
		const { id, ...without } = one;
		const put = await ask('PUT', 'statements', { params: { statementId: id }, body: without });
		expect(put.status).toBe(204);
		const posted = await ask('POST', 'statements', { body: [statement(), { ...without }] });
		expect(posted.status).toBe(200);
		expect(await posted.json()).toHaveLength(2);
		const got = await ask('GET', 'statements', { params: { statementId: id } });
		const found = (await got.json()) as Made & { stored: string; authority: object };
		expect(found).toMatchObject(one);
		expect(found.authority).toMatchObject({ account: { name: store.key.id } });
		expect(got.headers.get('last-modified')).toBe(new Date(found.stored).toUTCString());
		const head = await ask('HEAD', 'statements', { params: { statementId: id } });
		expect(head.status).toBe(200);
		expect(head.body).toBeNull();
		expect(head.headers.get('last-modified')).toBe(got.headers.get('last-modified'));
		expect(
			(await ask('HEAD', 'statements', { params: { statementId: crypto.randomUUID() } })).status,
		).toBe(404);
	});

	test.each<[string, Ask & { method?: string }, RegExp]>([
		['no JSON', { body: '{"actor": ' }, /line 1/i],
		['a key twice', { body: '{"id":"a","id":"b"}' }, /id/],
		['no statement', { body: { ...statement(), actor: {} } }, /actor/],
		['one of several', { body: [statement(), { ...statement(), verb: 1 }] }, /\[1\]\.verb/],
		['an id twice', { body: [statement({ id: ID }), statement({ id: ID })] }, /\[1\]\.id.*twice/],
		['another type', { body: '{}', headers: { 'content-type': 'text/plain' } }, /Content-Type/],
		['an unknown parameter', { body: statement(), params: { x: '1' } }, /^x is no parameter/],
		['no id', { method: 'PUT', body: statement() }, /^statementId is missing/],
		[
			'two ids',
			{ method: 'PUT', body: statement(), params: { statementId: ID } },
			/^id must be the statementId/,
		],
		[
			'a list by PUT',
			{ method: 'PUT', body: [statement({ id: ID })], params: { statementId: ID } },
			/list/,
		],
	])('%s: 400, and says where', async (_case, { method = 'POST', ...own }, message) => {
		const response = await ask(method, 'statements', own);
		expect(response.status).toBe(400);
		expect(await told(response)).toMatch(message);
		expect(await idsOf(await ask('GET', 'statements'))).toEqual([]);
	});

	test.each([
		[{ limit: '-1' }, /^limit/],
		[{ Limit: '1' }, /^Limit is no parameter here; write it "limit"/],
		[{ since: 'yesterday' }, /^since/],
		[{ format: 'short' }, /^format/],
		[{ ascending: 'yes' }, /^ascending/],
		[{ agent: '{"mbox":1}' }, /^agent/],
		[{ agent: '{' }, /^agent/],
		[{ verb: 'did' }, /^verb/],
		[{ registration: '1' }, /^registration/],
		[{ statementId: ID, limit: '1' }, /^limit/],
		[{ statementId: ID, voidedStatementId: ID }, /^voidedStatementId/],
	])('XAPI-00012 GET statements with %o: 400, and says where', async (params, message) => {
		const response = await ask('GET', 'statements', { params: params as Record<string, string> });
		expect(response.status).toBe(400);
		expect(await told(response)).toMatch(message);
	});

	test('other statement, same id: 409; too much: 413', async () => {
		const one = statement();
		await ask('POST', 'statements', { body: one });
		expect((await ask('POST', 'statements', { body: one })).status).toBe(200);
		const other = { ...one, actor: { mbox: 'mailto:other@example.org' } };
		expect((await ask('POST', 'statements', { body: other })).status).toBe(409);
		const long = await ask('POST', 'statements', { body: `{"x":"${'x'.repeat(100_000)}"}` });
		expect(long.status).toBe(413);
		expect(await told(long)).toMatch(/XAPI_MB/);
	});

	test('pages lead to each other by more, which asks the same question', async () => {
		const all = Array.from({ length: 5 }, () => statement());
		await ask('POST', 'statements', { body: all });
		const seen: string[] = [];
		let next = '/xapi/statements?limit=2&ascending=true';
		while (next) {
			const { pathname, searchParams } = new URL(next, 'https://lrs.example');
			expect(pathname).toBe('/xapi/statements');
			const page = (await (
				await ask('GET', 'statements', { params: Object.fromEntries(searchParams) })
			).json()) as { statements: Made[]; more: string };
			expect(page.statements.length).toBeLessThanOrEqual(2);
			seen.push(...page.statements.map(({ id }) => id));
			next = page.more;
		}
		expect(seen).toEqual(all.map(({ id }) => id));
	});

	test('formats: identifiers alone, or what is known in the language that is wanted', async () => {
		const definition = { name: { en: 'One', da: 'En' }, description: { en: 'The first' } };
		await ask('POST', 'statements', { body: statement({ object: { id: ACTIVITY, definition } }) });
		const plain = statement();
		await ask('POST', 'statements', { body: plain });
		const get = async (format: string) => {
			const response = await ask('GET', 'statements', {
				params: { statementId: plain.id, format },
				headers: { 'accept-language': 'en;q=0.5, da' },
			});
			return (await response.json()) as { object: Record<string, unknown> };
		};
		expect((await get('ids')).object).toEqual({ id: ACTIVITY });
		expect((await get('exact')).object).toEqual(plain.object);
		expect((await get('canonical')).object).toMatchObject({
			definition: { name: { da: 'En' }, description: { en: 'The first' } },
		});
		const activity = await ask('GET', 'activities', { params: { activityId: ACTIVITY } });
		expect(await activity.json()).toEqual({ objectType: 'Activity', id: ACTIVITY, definition });
	});

	test('a person has every name that statements gave', async () => {
		for (const name of ['Ida', 'Ida B.'])
			await ask('POST', 'statements', {
				body: statement({ actor: { mbox: 'mailto:ida@example.org', name } }),
			});
		const found = await ask('GET', 'agents', { params: { agent: AGENT } });
		expect(await found.json()).toEqual({
			objectType: 'Person',
			name: ['Ida B.', 'Ida'],
			mbox: ['mailto:ida@example.org'],
		});
	});

	test('voided statements are had by name only', async () => {
		const one = statement();
		const voids = voiding(one.id);
		await ask('POST', 'statements', { body: [one, voids] });
		const by = (name: string) => ask('GET', 'statements', { params: { [name]: one.id } });
		expect((await by('statementId')).status).toBe(404);
		expect((await by('voidedStatementId')).status).toBe(200);
		expect(await idsOf(await ask('GET', 'statements'))).toEqual([voids.id]);
	});

	test('attachments come with statements and go out with them, each once', async () => {
		const content = Buffer.from('some text');
		const sha2 = createHash('sha256').update(content).digest('hex');
		const about = {
			usageType: 'https://example.org/usage',
			display: { en: 'A text' },
			contentType: 'text/plain',
			length: content.length,
			sha2,
		};
		const both = [statement({ attachments: [about] }), statement({ attachments: [about] })];
		const send = (all: Made[], sent = [{ sha2, contentType: 'text/plain', content }]) => {
			const { body, contentType } = toMultipart(JSON.stringify(all), sent);
			return ask('POST', 'statements', {
				body: new Uint8Array(body),
				headers: { 'content-type': contentType },
			});
		};
		expect((await send(both)).status).toBe(200);
		const got = await ask('GET', 'statements', { params: { attachments: 'true' } });
		const type = got.headers.get('content-type')!;
		expect(type).toMatch(/^multipart\/mixed; boundary=/);
		const parts = partsOf(type, Buffer.from(await got.arrayBuffer()));
		expect(JSON.parse(parts.text).statements).toHaveLength(2);
		expect(parts.attachments).toEqual([{ sha2, contentType: 'text/plain', content }]);
		// Not sent, sent without being named, named without being sent.
		expect(
			(await ask('POST', 'statements', { body: statement({ attachments: [about] }) })).status,
		).toBe(400);
		expect((await send([statement()])).status).toBe(400);
		expect((await send([statement({ attachments: [about] })], [])).status).toBe(400);
		const far = { ...about, fileUrl: 'https://example.org/file' };
		expect(
			(await ask('POST', 'statements', { body: statement({ attachments: [far] }) })).status,
		).toBe(200);
	});

	test('attachments that are too much for one page go on the next one', async () => {
		const content = Buffer.alloc(150_000, 'x');
		const made = await Promise.all(
			['a', 'b', 'c'].map(async (last) => {
				const own = Buffer.concat([content, Buffer.from(last)]);
				const sha2 = createHash('sha256').update(own).digest('hex');
				const about = { usageType: ACTIVITY, display: {}, contentType: 'text/plain' };
				const one = statement({ attachments: [{ ...about, length: own.length, sha2 }] });
				await storeStatements(store.db, author(store.key.id), '1.0.3', received([one]), {
					attachments: [{ sha2, contentType: 'text/plain', content: own }],
				});
				return one;
			}),
		);
		const params = { attachments: 'true', ascending: 'true' };
		const seen: string[] = [];
		for (let cursor = {}; seen.length < made.length;) {
			const page = await ask('GET', 'statements', { params: { ...params, ...cursor } });
			const type = page.headers.get('content-type')!;
			const parts = partsOf(type, Buffer.from(await page.arrayBuffer()));
			const { statements, more } = JSON.parse(parts.text) as { statements: Made[]; more: string };
			expect(statements).toHaveLength(1);
			seen.push(statements[0]!.id);
			cursor = { cursor: new URL(more || '/?cursor=0', 'https://x').searchParams.get('cursor') };
		}
		expect(seen.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
	});

	test('a signature says what the statement says, or the statement is refused', async () => {
		const { privateKey } = await generateKeyPair('RS256');
		const sign = async (signed: Made, sent = signed, alg = 'RS256') => {
			const jws = await new SignJWT(signed).setProtectedHeader({ alg }).sign(privateKey);
			const { about, part } = attached(jws, {
				usageType: 'http://adlnet.gov/expapi/attachments/signature',
				contentType: 'application/octet-stream',
			});
			return ask('POST', 'statements', multipart({ ...sent, attachments: [about] }, [part]));
		};
		const one = statement();
		expect((await sign(one)).status).toBe(200);
		const other = await sign(statement(), statement());
		expect(other.status).toBe(400);
		expect(await told(other)).toMatch(/something else than what was signed/);
	});

	test('a client may do what its scopes say, and no more', async () => {
		const writer = await client({ scopes: ['statements/write', 'statements/read/mine'] });
		const reader = await client({ scopes: ['statements/read'] });
		const own = statement();
		await ask('POST', 'statements', { body: own, as: writer });
		const other = statement();
		await ask('POST', 'statements', { body: other });
		expect(await idsOf(await ask('GET', 'statements', { as: writer }))).toEqual([own.id]);
		expect(await idsOf(await ask('GET', 'statements', { as: reader }))).toEqual([other.id, own.id]);
		const byId = (as: Ask['as']) =>
			ask('GET', 'statements', { params: { statementId: other.id }, as: as! });
		expect((await byId(writer)).status).toBe(404);
		expect((await byId(reader)).status).toBe(200);
		expect((await ask('POST', 'statements', { body: statement(), as: reader })).status).toBe(403);
		expect((await ask('POST', 'statements', { body: voiding(other.id), as: writer })).status).toBe(
			403,
		);
		const state = await ask('PUT', 'activities/state', { params: STATE, body: {}, as: writer });
		expect(state.status).toBe(403);
		expect(await told(state)).toMatch(/one of the scopes all, state/);
		await disableClient(store.db, reader.id, true, null);
		expect((await byId(reader)).status).toBe(401);
	});

	test('what a client wrote itself is found by a filter, also where it refers to another statement', async () => {
		const writer = await client({ scopes: ['statements/write', 'statements/read/mine'] });
		const verb = 'https://example.org/verbs/commented';
		const [first] = [statement()];
		await storeStatements(store.db, author(store.key.id), '1.0.3', received([first]));
		const [theirs, mine] = [0, 1].map(() =>
			statement({ verb: { id: verb }, object: { objectType: 'StatementRef', id: first.id } }),
		) as [Made, Made];
		await storeStatements(store.db, author(store.key.id), '1.0.3', received([theirs]));
		await storeStatements(store.db, author(writer.id), '1.0.3', received([mine]));
		const found = await ask('GET', 'statements', { params: { verb, agent: AGENT }, as: writer });
		expect(await idsOf(found)).toEqual([mine.id]);
	});

	test('who asks too often has to wait', async () => {
		const slow = await client({ ratePerMinute: 2 });
		for (let times = 0; times < 2; times++)
			expect((await ask('GET', 'statements', { as: slow })).status).toBe(200);
		const refused = await ask('GET', 'statements', { as: slow });
		expect(refused.status).toBe(429);
		expect(refused.headers.get('retry-after')).toBe('60');
	});

	test('browsers may call from where the client says', async () => {
		const page = await client({ origins: ['https://course.example'] });
		const preflight = (origin: string) =>
			ask('OPTIONS', 'statements', { as: null, version: null, headers: { origin } });
		const good = await preflight('https://course.example');
		expect(good.status).toBe(204);
		expect(good.headers.get('access-control-allow-origin')).toBe('https://course.example');
		expect(good.headers.get('access-control-allow-headers')).toMatch(/Authorization/);
		expect(
			(await preflight('https://other.example')).headers.has('access-control-allow-origin'),
		).toBe(false);
		const headers = { origin: 'https://course.example' };
		const theirs = await ask('GET', 'statements', { as: page, headers });
		expect(theirs.headers.get('access-control-allow-origin')).toBe('https://course.example');
		const others = await ask('GET', 'statements', { headers });
		expect(others.headers.has('access-control-allow-origin')).toBe(false);
	});

	test.each(['1.0.3', '2.0.0'])(
		'documents in %s: stored, merged, listed, taken away',
		async (version) => {
			for (const [resource, name, given] of [
				['activities/state', 'stateId', { activityId: ACTIVITY, agent: AGENT }],
				['activities/profile', 'profileId', { activityId: ACTIVITY }],
				['agents/profile', 'profileId', { agent: AGENT }],
			] as const) {
				const params = { ...given, [name]: 'one' };
				const on = (method: string, own: Ask = {}) =>
					ask(method, resource, { params, version, ...own });
				const isState = resource === 'activities/state';
				expect((await on('GET')).status).toBe(404);
				expect(
					(await on('PUT', { body: { a: 1 }, headers: { 'if-none-match': '*' } })).status,
				).toBe(204);
				const silent = await on('PUT', { body: { a: 1 } });
				expect(silent.status).toBe(isState && version === '1.0.3' ? 204 : 409);
				const found = await on('GET');
				const etag = found.headers.get('etag')!;
				expect(etag).toMatch(/^"[\da-f]{40}"$/);
				expect(found.headers.get('last-modified')).toMatch(/GMT$/);
				expect((await on('PUT', { body: {}, headers: { 'if-match': '"x"' } })).status).toBe(412);
				expect((await on('PUT', { body: { a: 2 }, headers: { 'if-match': etag } })).status).toBe(
					204,
				);
				expect((await on('POST', { body: { b: 3 } })).status).toBe(204);
				expect(await (await on('GET')).json()).toEqual({ a: 2, b: 3 });
				expect((await on('POST', { body: '[1]' })).status).toBe(400);
				const list = await ask('GET', resource, { params: given, version });
				expect(await list.json()).toEqual(['one']);
				expect((await on('DELETE')).status).toBe(204);
				const all = await ask('DELETE', resource, { params: given, version });
				expect(all.status).toBe(isState ? 204 : 400);
			}
		},
	);

	test('a profile that nobody has stored is only put by who says so, in 1.0.3', async () => {
		const put = (version: string) =>
			ask('PUT', 'agents/profile', {
				params: { agent: AGENT, profileId: version },
				body: {},
				version,
			});
		expect((await put('1.0.3')).status).toBe(400);
		expect((await put('2.0.0')).status).toBe(204);
	});

	test('the alternate request syntax is a form, in 1.0.3 alone', async () => {
		const one = statement();
		const authorization = basic(store.key);
		const form = (fields: Record<string, string>, params = { method: 'PUT' }) =>
			ask('POST', 'statements', {
				params,
				as: null,
				version: null,
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams(fields).toString(),
			});
		const fields = {
			statementId: one.id,
			content: JSON.stringify(one),
			Authorization: authorization,
			'X-Experience-API-Version': '1.0.3',
		};
		expect((await form(fields)).status).toBe(204);
		const read = await form(
			{ limit: '1', Authorization: authorization, 'X-Experience-API-Version': '1.0.3' },
			{ method: 'GET' },
		);
		expect(await idsOf(read)).toEqual([one.id]);
		const { content: _content, ...without } = fields;
		expect(await told(await form(without))).toMatch(/^content is missing/);
		const extra = { method: 'PUT', statementId: one.id };
		expect((await form(fields, extra)).status).toBe(400);
		expect((await form({ ...fields, 'X-Experience-API-Version': '2.0.0' })).status).toBe(400);
	});

	test('2.0 keeps its own rules: times in UTC, contexts with agents', async () => {
		const one = statement({ timestamp: '2027-02-01T09:00:00.000+01:00' });
		await ask('POST', 'statements', { body: one, version: '2.0.0' });
		const got = await ask('GET', 'statements', {
			params: { statementId: one.id },
			version: '2.0.0',
		});
		expect(await got.json()).toMatchObject({
			timestamp: '2027-02-01T08:00:00.000Z',
			version: '2.0.0',
		});
	});
});
