import { describe, expect, test } from 'vitest';
import { testDatabases } from '../../db/testing.ts';
import { refTo, statement, type Made } from '../testing.ts';
import { attached, basic, idsOf, LIMIT, multipart, pageOf, records, told } from './testing.ts';

/* What somebody with a key could do to others, to those who look, and to the server. */

const STATE = {
	activityId: 'https://example.org/activities/one',
	agent: JSON.stringify({ mbox: 'mailto:ida@example.org' }),
	stateId: 'bookmark',
};
const PAGE = '<script>alert(1)</script>';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LIKED = { id: 'https://example.org/verbs/liked' };
const XAPI_MB = { limit: 16 * 1024 * 1024 };

const isInert = ({ headers }: Response) => {
	expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; sandbox;/);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
};

describe('what is stored is no page of this site', () => {
	const store = records();
	const { ask } = store;
	const html = { 'content-type': 'text/html' };
	/** The request as the form of any page sends it. */
	const byForm = (mode: string) =>
		ask('POST', 'activities/state', {
			params: { method: 'GET' },
			headers: { ...FORM, 'sec-fetch-mode': mode },
			body: new URLSearchParams({
				...STATE,
				Authorization: basic(store.key),
				'X-Experience-API-Version': '1.0.3',
			}).toString(),
			version: null,
			as: null,
		});

	test.each(['activities/state', 'activities/profile', 'agents/profile'])(
		'a document of %s is a file, and runs nothing',
		async (resource) => {
			const { activityId, agent, stateId } = STATE;
			const params: Record<string, string> =
				resource === 'activities/state'
					? STATE
					: resource === 'agents/profile'
						? { agent, profileId: stateId }
						: { activityId, profileId: stateId };
			const put = { params, body: PAGE, headers: { ...html, 'if-none-match': '*' } };
			expect((await ask('PUT', resource, put)).status).toBe(204);
			const got = await ask('GET', resource, { params });
			expect(await got.text()).toBe(PAGE);
			isInert(got);
			expect(got.headers.get('content-disposition')).toBe('attachment');
		},
	);

	test('a form that leads its reader here is not answered; a script that sends one is', async () => {
		await ask('PUT', 'activities/state', { params: STATE, body: PAGE, headers: html });
		const led = await byForm('navigate');
		expect(led.status).toBe(403);
		expect(await led.text()).not.toContain(PAGE);
		isInert(led);
		const sent = await byForm('cors');
		expect(sent.status).toBe(200);
		isInert(sent);
		expect(sent.headers.get('content-disposition')).toBe('attachment');
	});

	test('attachments are a file, and every other answer runs nothing', async () => {
		const page = attached(PAGE, { contentType: 'text/html' });
		const sent = multipart(statement({ attachments: [page.about] }), [page.part]);
		expect((await ask('POST', 'statements', sent)).status).toBe(200);
		const got = await ask('GET', 'statements', { params: { attachments: 'true' } });
		expect(await got.text()).toContain(PAGE);
		isInert(got);
		expect(got.headers.get('content-disposition')).toBe('attachment');
		isInert(await ask('GET', 'statements'));
		isInert(await ask('GET', 'nowhere'));
		isInert(await ask('GET', 'statements', { as: null }));
	});

	test.each(['Content-Type', 'If-Match', 'Accept-Language', 'Authorization'])(
		'a field of the form that is no %s is named',
		async (name) => {
			const fields = { ...STATE, [name]: 'a\r\nb: c' };
			const asked = await ask('POST', 'activities/state', {
				params: { method: 'GET' },
				headers: FORM,
				body: new URLSearchParams(fields).toString(),
			});
			expect(asked.status).toBe(400);
			expect(await told(asked)).toContain(name);
		},
	);
});

// With room for a slow machine: what is quadratic in these takes minutes, or all memory.
describe('no request keeps the server busy for long', { timeout: 60_000 }, () => {
	const { ask } = records();
	const post = (body: object | string) => ask('POST', 'statements', { body, server: XAPI_MB });
	const many = <T>(count: number, one: (at: number) => T) =>
		Array.from({ length: count }, (_, at) => one(at));

	test('a media type of a million spaces', async () => {
		const about = { ...attached('x').about, fileUrl: 'https://example.org/x' };
		const contentType = `a/b;c=d${' '.repeat(1_000_000)}x`;
		const sent = await post(statement({ attachments: [{ ...about, contentType }] }));
		expect(sent.status).toBe(400);
		expect(await told(sent)).toContain('attachments[0].contentType');
	});

	test('three hundred thousand choices, and activities', async () => {
		const choices = many(300_000, (at) => ({ id: `c${at}` }));
		const definition = { interactionType: 'choice', choices };
		const id = 'https://example.org/activities/one';
		expect((await post(statement({ object: { id, definition } }))).status).toBe(200);
		choices.push({ id: 'c7' });
		const twice = await post(statement({ object: { id, definition } }));
		expect(await told(twice)).toContain('choices[300000].id');
		const grouping = many(50_000, (at) => ({ id: `https://example.org/${at}` }));
		const wide = statement({ context: { contextActivities: { grouping } } });
		expect((await post(wide)).status).toBe(200);
		const member = many(50_000, (at) => ({ mbox: `mailto:m${at}@example.org` }));
		expect((await post(statement({ actor: { objectType: 'Group', member } }))).status).toBe(200);
	});

	test('fifty thousand things to know of one activity, and of as many', async () => {
		const id = 'https://example.org/activities/one';
		const about = many(50_000, (at) => ({
			id,
			definition: { name: { en: `n${at}` }, extensions: { [`https://example.org/${at}`]: at } },
		}));
		const all = { contextActivities: { grouping: about } };
		expect((await post(statement({ object: { id }, context: all }))).status).toBe(200);
		const params = { activityId: id };
		const { definition } = (await (await ask('GET', 'activities', { params })).json()) as {
			definition: { name: object; extensions: object };
		};
		// What is kept has an end; what was said last counts.
		expect(definition.name).toEqual({ en: 'n49999' });
		expect(JSON.stringify(definition).length).toBeLessThan(64 * 1024);
		const others = about.map((one, at) => ({ ...one, id: `https://example.org/${at}` }));
		const wide = { contextActivities: { grouping: others } };
		expect((await post(statement({ object: { id }, context: wide }))).status).toBe(200);
	});

	test('a million things that are wrong', async () => {
		const parent = many(1_000_000, () => 1);
		const sent = await post(statement({ context: { contextActivities: { parent } } }));
		expect(sent.status).toBe(400);
		expect(await told(sent)).toMatch(/parent\[0\].*and 99 more/);
		const twice = await post(`{${many(500_000, () => '"a":1').join(',')}}`);
		expect(await told(twice)).toMatch(/a: .*and 99 more/);
	});

	test('more statements than are stored at once', async () => {
		const sent = await post(many(5_001, () => statement()));
		expect(sent.status).toBe(413);
		expect(await told(sent)).toContain('at most 5000 at once');
		expect(await idsOf(await ask('GET', 'statements'))).toEqual([]);
	});

	test('one signature that thousands of statements name', async () => {
		const jws = attached('x.'.repeat(50_000), {
			usageType: 'http://adlnet.gov/expapi/attachments/signature',
			contentType: 'application/octet-stream',
		});
		const signed = many(4_000, () => statement({ attachments: many(3, () => jws.about) }));
		const sent = await ask('POST', 'statements', {
			...multipart(signed, [jws.part]),
			server: XAPI_MB,
		});
		expect(sent.status).toBe(400);
	});

	test('thousands that refer to one that names thousands', async () => {
		const grouping = many(20_000, (at) => ({ id: `https://example.org/${at}` }));
		const wide = statement({ context: { contextActivities: { grouping } } });
		expect((await post(wide)).status).toBe(200);
		const likes = many(4_000, () => statement({ verb: LIKED, object: refTo(wide.id) }));
		expect((await post(likes)).status).toBe(200);
		const params = { activity: 'https://example.org/activities/one', limit: '2' };
		expect(await idsOf(await ask('GET', 'statements', { params }))).toHaveLength(2);
		// Each of them would have to be looked at: the page ends, and the next one goes on.
		const both = { ...params, verb: LIKED.id };
		const page = await pageOf(await ask('GET', 'statements', { params: both, server: XAPI_MB }));
		expect(page.statements).toEqual([]);
		const found: string[] = [];
		for (let { more } = page; more !== '';) {
			const next = Object.fromEntries(new URL(more, 'https://x').searchParams);
			const answer = await pageOf(await ask('GET', 'statements', { params: next }));
			found.push(...answer.statements.map(({ id }) => id));
			({ more } = answer);
		}
		expect(found).toEqual([]);
	});

	test('a definition that one statement wants thousands of times', async () => {
		const id = 'https://example.org/activities/one';
		const description = { en: 'x'.repeat(60_000) };
		await post(statement({ object: { id, definition: { description } } }));
		const grouping = many(12_000, () => ({ id }));
		const wide = statement({ context: { contextActivities: { grouping } } });
		await post(wide);
		const params = { format: 'canonical' };
		const page = await pageOf(await ask('GET', 'statements', { params, server: XAPI_MB }));
		expect(page.statements[0]).toMatchObject({ object: { id, definition: { description } } });
		expect(JSON.stringify(page).length).toBeLessThan(3 * XAPI_MB.limit);
		// Few of them fit into a smaller page, and the others are on the next ones.
		const asked = { params: { ...params, ascending: 'true' } };
		const first = await pageOf(await ask('GET', 'statements', asked));
		expect(first.statements).toHaveLength(1);
		const next = Object.fromEntries(new URL(first.more, 'https://x').searchParams);
		expect(await idsOf(await ask('GET', 'statements', { params: next }))).toEqual([wide.id]);
	});

	test('five thousand that refer to each other', async () => {
		const chain: Made[] = [statement({ verb: { id: 'https://example.org/verbs/first' } })];
		for (let at = 1; at < 5_000; at++) chain.push(statement({ object: refTo(chain[at - 1]!.id) }));
		expect((await post(chain.toReversed())).status).toBe(200);
		const params = { verb: 'https://example.org/verbs/first', limit: '100', ascending: 'true' };
		const found = await idsOf(await ask('GET', 'statements', { params }));
		// The nearest refer to it; how far that reaches has an end.
		expect(found).toContain(chain[0]!.id);
		expect(found).toContain(chain[19]!.id);
		expect(found).not.toContain(chain[20]!.id);
	});
});

describe.each(testDatabases)('on %s', (_, open) => {
	const { ask } = records(open);

	test('a page ends by its bytes, too, and the next one goes on', async () => {
		const large = 'x'.repeat(LIMIT - 1_000);
		const made = Array.from({ length: 5 }, (_, at) =>
			statement({ result: { response: at === 1 ? 'small' : large } }),
		);
		for (const body of made) await ask('POST', 'statements', { body });
		const params = { ascending: 'true', limit: '4' };
		const first = await pageOf(await ask('GET', 'statements', { params }));
		expect(first.statements.map(({ id }) => id)).toEqual(made.slice(0, 3).map(({ id }) => id));
		expect(first.statements[0]).toMatchObject(made[0]!);
		const more = Object.fromEntries(new URL(first.more, 'https://x').searchParams);
		const second = await pageOf(await ask('GET', 'statements', { params: more }));
		expect(second.statements.map(({ id }) => id)).toEqual(made.slice(3).map(({ id }) => id));
		expect(second.more).toBe('');
		// One that is larger than a page is a page.
		const tiny = { params: { limit: '2' }, server: { limit: 1_000 } };
		expect(await idsOf(await ask('GET', 'statements', tiny))).toEqual([made[4]!.id]);
	});

	test('a HEAD request leaves no stream open', async () => {
		const stream = { headers: { accept: 'text/event-stream' } };
		for (let at = 0; at < 25; at++) {
			const head = await ask('HEAD', 'statements', stream);
			expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json']);
		}
		const got = await ask('GET', 'statements', stream);
		expect(got.headers.get('content-type')).toBe('text/event-stream');
		await got.body!.cancel();
	});

	test('a document that is JSON may be a list, and is replaced as one; only objects are merged', async () => {
		const body = '[1,2]';
		const put = await ask('PUT', 'activities/state', { params: STATE, body });
		expect(put.status).toBe(204);
		expect(await (await ask('GET', 'activities/state', { params: STATE })).json()).toEqual([1, 2]);
		const merged = await ask('POST', 'activities/state', { params: STATE, body: {} });
		expect(merged.status).toBe(400);
		const elsewhere = { ...STATE, stateId: 'other' };
		const list = await ask('POST', 'activities/state', { params: elsewhere, body });
		expect(list.status).toBe(400);
		const broken = await ask('PUT', 'activities/state', { params: elsewhere, body: '[1,' });
		expect(broken.status).toBe(400);
	});
});
