import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BOTH, ID as REGISTRATION } from '#lib/xapi/rules/testing.ts';
import { records, told } from '../testing.ts';
import { ALL, NEW, on, stored, TEXT, type Kind, type On } from './documents.ts';

/*
 * Documents: what becomes of them from one request to the next (xAPI 1.0.3 Communication 2.2, 2.3, 2.6,
 * 2.7 and 3.1; IEEE 9274.1.1, 4.1.4 and 4.1.6.2, .5 and .6).
 */

const store = records();
const { ask } = store;
const before = stored(store);

describe.each(BOTH.flatMap((version) => ALL.map((kind) => ({ version, kind }))))(
	'$kind in $version',
	({ version, kind }) => {
		const send = (method: string, own: On = {}) => {
			const { method: _, resource, ...asked } = on(kind, method, own);
			return ask(method, resource, { version, ...asked });
		};
		const textOf = async (own: On = {}) => (await send('GET', own)).text();
		const put = (body: string, headers: Record<string, string>) => send('PUT', { body, headers });

		it('XAPI-00183, XAPI-00184 what is merged is put over what is there, one level deep', async () => {
			await before(version);
			await send('POST', { body: { a: { x: 1 }, d: [1] } });
			expect(JSON.parse(await textOf())).toEqual({ a: { x: 1 }, c: 2, d: [1] });
			await send('POST', { body: { c: null } });
			expect(JSON.parse(await textOf())).toEqual({ a: { x: 1 }, c: null, d: [1] });
			expect(await textOf({ id: 'text' })).toBe('some words');
		});

		it('XAPI-00182 what is refused changes nothing', async () => {
			await before(version);
			for (const own of [TEXT, { body: '[1]' }, { body: '{' }, { headers: { 'if-match': '"x"' } }])
				expect((await send('POST', own)).status).toBeGreaterThanOrEqual(400);
			expect((await send('POST', { id: 'text' })).status).toBe(400);
			expect((await send('DELETE', { headers: { 'if-match': '"x"' } })).status).toBe(412);
			expect(await textOf()).toBe('{"a":{"b":1}, "c":2}');
			expect(await textOf({ id: 'text' })).toBe('some words');
			expect(await textOf({ id: null })).toBe('["one","text"]');
		});

		it('XAPI-00322 an answer has the tag of what it holds: its SHA-1, in quotes', async () => {
			await before(version);
			const found = await send('GET');
			const sha1 = createHash('sha1')
				.update(await found.text())
				.digest('hex');
			expect(found.headers.get('etag')).toBe(`"${sha1}"`);
			expect(found.headers.get('last-modified')).toMatch(/ GMT$/);
			expect((await send('HEAD')).headers.get('etag')).toBe(`"${sha1}"`);
		});

		it.each(['PUT', 'POST', 'DELETE'])(
			'XAPI-00322 who knows it may change it: %s',
			async (method) => {
				await before(version);
				const etag = (await send('GET')).headers.get('etag')!;
				const refused = await send(method, { headers: { 'if-match': '"00"' } });
				expect(refused.status).toBe(412);
				expect(await told(refused)).toMatch(/^If-Match names another version/);
				expect((await send('GET')).headers.get('etag')).toBe(etag);
				const headers = { 'if-match': `"00", ${etag}` };
				expect((await send(method, { headers })).status).toBe(204);
				expect((await send('GET')).headers.get('etag')).not.toBe(etag);
				// The tag of what was there before is of no use any more.
				expect((await send(method, { headers })).status).toBe(412);
			},
		);

		it('XAPI-00322 who wants to be the first is refused where another one was', async () => {
			expect((await put('{"a":1}', { 'if-none-match': '*' })).status).toBe(204);
			expect((await put('{"a":2}', { 'if-none-match': '*' })).status).toBe(412);
			expect((await put('{"a":2}', { 'if-match': '*' })).status).toBe(204);
			expect(await textOf()).toBe('{"a":2}');
			expect((await send('DELETE')).status).toBe(204);
			expect((await put('{"a":3}', { 'if-match': '*' })).status).toBe(412);
		});

		const mayBeSilent = kind === 'state' && version === '1.0.3';
		it('XAPI-00322; 2.0 4.1.4 who puts says what is meant to be there', async () => {
			const first = await put('{"a":1}', {});
			expect(first.status).toBe(mayBeSilent || version === '2.0.0' ? 204 : 400);
			await put('{"a":1}', { 'if-none-match': '*' });
			const second = await put('{"a":2}', {});
			expect(second.status).toBe(mayBeSilent ? 204 : 409);
			if (!mayBeSilent) expect(await told(second)).toMatch(/ETag as If-Match/);
			expect(await textOf()).toBe(mayBeSilent ? '{"a":2}' : '{"a":1}');
		});

		it('Communication 2.2 bytes and type come back as they were', async () => {
			const body = new Uint8Array([0, 255, 13, 10, 200]);
			const headers = { 'content-type': 'image/x; a="b"', 'if-none-match': '*' };
			expect((await send('PUT', { body, headers })).status).toBe(204);
			const found = await send('GET');
			expect(found.headers.get('content-type')).toBe('image/x; a="b"');
			expect(new Uint8Array(await found.arrayBuffer())).toEqual(body);
		});
	},
);

describe.each(BOTH)('lists in %s', (version) => {
	const send = (kind: Kind, method: string, own: On = {}) => {
		const { method: _, resource, ...asked } = on(kind, method, own);
		return ask(method, resource, { version, ...asked });
	};

	it.each(ALL)(
		'XAPI-00141, XAPI-00195, XAPI-00275, XAPI-00294 hold what was stored after since: %s',
		async (kind) => {
			const list = async (params: Record<string, string> = {}) =>
				(await send(kind, 'GET', { id: null, params })).json();
			await before(version);
			const since = (await send(kind, 'GET', { id: null })).headers.get('last-modified');
			expect(Date.parse(since!)).not.toBeNaN();
			await new Promise((resolve) => setTimeout(resolve, 5));
			const between = new Date().toISOString();
			await new Promise((resolve) => setTimeout(resolve, 5));
			await send(kind, 'POST', { id: 'late' });
			expect(await list({ since: between })).toEqual(['late']);
			await send(kind, 'POST', { body: { e: 5 } });
			expect(await list({ since: between })).toEqual(['late', 'one']);
			expect(await list()).toEqual(['text', 'late', 'one']);
		},
	);

	it('Communication 2.3 are of one agent and one activity', async () => {
		await before(version);
		const bo = { agent: '{"mbox":"mailto:bo@example.org"}' };
		const two = { activityId: 'https://example.org/activities/two' };
		for (const [kind, params] of [
			['state', bo],
			['state', two],
			['agent', bo],
			['activity', two],
		] as const) {
			expect((await send(kind, 'GET', { params })).status).toBe(404);
			expect(await (await send(kind, 'GET', { id: null, params })).json()).toEqual([]);
		}
		const same = { agent: '{"objectType":"Agent","name":"Ida","mbox":"mailto:ida@example.org"}' };
		expect((await send('agent', 'GET', { params: same })).status).toBe(200);
	});

	it('XAPI-00218, XAPI-00219, XAPI-00220, XAPI-00227 state of a registration is its own', async () => {
		const params = { registration: REGISTRATION };
		await before(version);
		expect((await send('state', 'GET', { params })).status).toBe(404);
		expect((await send('state', 'PUT', { params, ...NEW })).status).toBe(204);
		expect((await send('state', 'POST', { params, body: { e: 5 } })).status).toBe(204);
		const upper = { registration: REGISTRATION.toUpperCase() };
		expect(await (await send('state', 'GET', { params: upper })).json()).toEqual({ d: 4, e: 5 });
		expect(await (await send('state', 'GET', { id: null, params })).json()).toEqual(['one']);
		expect((await send('state', 'DELETE', { params })).status).toBe(204);
		expect((await send('state', 'GET', { params })).status).toBe(404);
		expect((await send('state', 'GET')).status).toBe(200);
	});

	it('XAPI-00194 all state is taken away at once, of a registration or of all', async () => {
		const params = { registration: REGISTRATION };
		await before(version);
		for (const id of ['one', 'two']) await send('state', 'PUT', { id, params, ...NEW });
		await send('agent', 'POST', { id: 'kept' });
		const bo = { agent: '{"mbox":"mailto:bo@example.org"}' };
		await send('state', 'POST', { params: bo });
		const list = async (own: Record<string, string> = {}) =>
			(await send('state', 'GET', { id: null, params: own })).json();
		expect((await send('state', 'DELETE', { id: null, params })).status).toBe(204);
		expect(await list(params)).toEqual([]);
		expect(await list()).toEqual(['one', 'text']);
		expect((await send('state', 'DELETE', { id: null })).status).toBe(204);
		expect(await list()).toEqual([]);
		expect(await list(bo)).toEqual(['one']);
		expect((await send('agent', 'GET', { id: 'kept' })).status).toBe(200);
	});
});
