import { expect, it } from 'vitest';
import { statement } from '../../testing.ts';
import { basic, idsOf, records, told, type Ask } from '../testing.ts';

/* The alternate request syntax (xAPI 1.0.3 Communication 1.3), which 2.0 has no more. */

const store = records();
const { ask } = store;

const ID = '00000000-0000-4000-8000-000000000001';
const AGENT = '{"mbox":"mailto:ida@example.org"}';
const STATE = { activityId: 'https://example.org/activities/one', agent: AGENT };
const one = statement({ id: ID });

const form = (
	method: string,
	fields: Record<string, string>,
	{ resource = 'statements', params = {}, headers = {} }: Ask & { resource?: string } = {},
) =>
	ask('POST', resource, {
		params: { method, ...params },
		as: null,
		version: null,
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		body: new URLSearchParams({
			Authorization: basic(store.key),
			'X-Experience-API-Version': '1.0.3',
			...fields,
		}).toString(),
	});
const content = JSON.stringify(one);

it('XAPI-00336, XAPI-00148 every method is a form that is posted', async () => {
	expect((await form('PUT', { statementId: ID, content })).status).toBe(204);
	const got = await form('GET', { statementId: ID });
	expect(got.status).toBe(200);
	expect(await got.json()).toMatchObject(one);
	expect(await idsOf(await form('GET', { limit: '1' }))).toEqual([ID]);
	const posted = await form('POST', { content: JSON.stringify([statement()]) });
	expect([posted.status, (await posted.json()) as unknown[]]).toEqual([200, [expect.any(String)]]);
	const head = await form('HEAD', { statementId: ID });
	expect([head.status, await head.text()]).toEqual([200, '']);
	const state = { resource: 'activities/state' };
	const fields = { ...STATE, stateId: 'one' };
	expect((await form('PUT', { ...fields, content: '{"a":1}' }, state)).status).toBe(204);
	expect(await (await form('GET', fields, state)).text()).toBe('{"a":1}');
	expect((await form('DELETE', fields, state)).status).toBe(204);
	expect((await form('GET', fields, state)).status).toBe(404);
});

it('XAPI-00336 fields that are named as headers are headers, of the request within', async () => {
	const on = { resource: 'agents/profile' };
	const fields = { agent: AGENT, profileId: 'one' };
	const put = (more: Record<string, string>) => form('PUT', { ...fields, ...more }, on);
	const first = { content: 'words', 'Content-Type': 'text/plain', 'If-None-Match': '*' };
	expect((await put(first)).status).toBe(204);
	expect((await put(first)).status).toBe(412);
	const found = await form('GET', fields, on);
	expect(found.headers.get('content-type')).toBe('text/plain');
	expect(await found.text()).toBe('words');
	expect((await put({ ...first, 'If-None-Match': '', 'If-Match': '"x"' })).status).toBe(412);
	const etag = found.headers.get('etag')!;
	const { 'If-None-Match': _, ...again } = first;
	expect((await put({ ...again, 'if-match': etag, 'Content-Length': '5' })).status).toBe(204);
});

it.each<[string, Parameters<typeof form>, number, RegExp]>([
	['nobody', ['GET', { Authorization: '' }], 401, /^Sign in/],
	['another version', ['GET', { 'X-Experience-API-Version': '0.9' }], 400, /^X-Experience-API/],
	['no content', ['PUT', { statementId: ID }], 400, /^content is missing/],
	['content that is no JSON', ['PUT', { statementId: ID, content: 'x' }], 400, /no JSON/],
	['another field', ['GET', { limit: '1', what: '1' }], 400, /^what is no parameter here/],
	['another parameter', ['GET', {}, { params: { limit: '1' } }], 400, /only parameter/],
	['another method', ['PATCH', {}], 400, /^method must be one of/],
	['no form', ['GET', {}, { headers: { 'content-type': 'text/plain' } }], 400, /^Content-Type/],
])('XAPI-00336 a form is refused: %s', async (_what, asked, status, words) => {
	const answer = await form(...asked);
	expect(answer.status).toBe(status);
	expect(await told(answer)).toMatch(words);
	expect(await idsOf(await ask('GET', 'statements'))).toEqual([]);
});

it('XAPI-00336 only what is posted', async () => {
	const answer = await ask('PUT', 'statements', {
		params: { method: 'PUT', statementId: ID },
		body: one,
	});
	expect(answer.status).toBe(400);
	expect(await told(answer)).toMatch(/^method is no parameter/);
});

it('2.0 4.1.2 not in 2.0', async () => {
	const answer = await form('GET', { 'X-Experience-API-Version': '2.0.0' });
	expect(answer.status).toBe(400);
	expect(await told(answer)).toMatch(/2\.0 has no alternate request syntax/);
});
