import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { statement } from '../../testing.ts';
import { basic, idsOf, LIMIT, records, told, tryRows, type Ask, type Row } from '../testing.ts';

/*
 * What holds of every resource: methods, headers, versions, who asks, errors (xAPI 1.0.3 Communication
 * 1.1 to 1.4, 2.8, 3.2, 3.3 and 4; IEEE 9274.1.1, 4.1).
 */

const store = records();
const { ask, client } = store;

const ID = '00000000-0000-4000-8000-000000000001';
const NOWHERE = '00000000-0000-4000-8000-000000000002';
const ACTIVITY = 'https://example.org/activities/one';
const AGENT = '{"mbox":"mailto:ida@example.org"}';
const one = statement({ id: ID });

const STATE = { activityId: ACTIVITY, agent: AGENT };
/** A good request of every resource but `about`, and where it is asked. */
const GOOD: [resource: string, params: Record<string, string>][] = [
	['statements', {}],
	['statements', { statementId: ID }],
	['statements', { attachments: 'true' }],
	['activities/state', STATE],
	['activities/state', { ...STATE, stateId: 'one' }],
	['activities/profile', { activityId: ACTIVITY }],
	['activities/profile', { activityId: ACTIVITY, profileId: 'one' }],
	['agents/profile', { agent: AGENT }],
	['agents/profile', { agent: AGENT, profileId: 'one' }],
	['activities', { activityId: ACTIVITY }],
	['agents', { agent: AGENT }],
];
const RESOURCES = GOOD.filter(
	([resource], at) => GOOD.findIndex(([other]) => other === resource) === at,
);

const kept = async () => {
	const { status } = await ask('POST', 'statements', { body: one });
	expect(status).toBe(200);
	for (const [resource, params] of GOOD)
		if ('stateId' in params || 'profileId' in params)
			expect((await ask('POST', resource, { params, body: { a: 1 } })).status).toBe(204);
};

describe('of every resource', () => {
	const rows: Row[] = [
		...GOOD.map(([resource, params]): Row => [
			'XAPI-00335, XAPI-00140',
			`a key and a secret by HTTP Basic are enough: ${resource} ${Object.keys(params).join()}`,
			{ method: 'GET', resource, params },
			200,
		]),
		...RESOURCES.flatMap(([resource, params]): Row[] => [
			[
				'XAPI-00334',
				`nobody is let in: ${resource}`,
				{ method: 'GET', resource, params, as: null },
				401,
				/^Sign in by HTTP Basic/,
			],
			[
				'XAPI-00321',
				`a version has to be named: ${resource}`,
				{ method: 'GET', resource, params, version: null },
				400,
				/^X-Experience-API-Version is missing/,
			],
			...['0.9', '0.95', '1.1.0', '1.0.x', '10.0', '3.0.0', '2.1.0', 'x', '1.0.3, 2.0.0'].map(
				(version): Row => [
					'XAPI-00331',
					`no other version than ours: ${resource} ${version}`,
					{ method: 'GET', resource, params, version },
					400,
					/^X-Experience-API-Version must be/,
				],
			),
			...['1.0', '1.0.0', '1.0.9', '2.0', '2.0.0', '2.0.1'].map((version): Row => [
				'XAPI-00331',
				`any patch of ours: ${resource} ${version}`,
				{ method: 'GET', resource, params, version },
				200,
			]),
			[
				'XAPI-00324',
				`no parameter that is unknown: ${resource}`,
				{ method: 'GET', resource, params: { ...params, what: '1' } },
				400,
				/^what is no parameter here/,
			],
		]),
		...GOOD.flatMap(([resource, params]) =>
			Object.entries(params).map(([name, value]): Row => {
				const { [name]: _, ...others } = params;
				const other = `${name[0]!.toUpperCase()}${name.slice(1)}`;
				return [
					'XAPI-00325',
					`no parameter in another case: ${resource} ${other}`,
					{ method: 'GET', resource, params: { ...others, [other]: value } },
					400,
					new RegExp(`^${other} is no parameter here; write it "${name}"`),
				];
			}),
		),
		...['PUT', 'POST', 'DELETE'].flatMap((method) =>
			RESOURCES.filter(([resource]) => method !== 'DELETE' || resource !== 'statements').map(
				([resource, params]): Row => {
					const isAsked = resource === 'activities' || resource === 'agents';
					const body = method === 'DELETE' ? {} : { body: {} };
					return [
						'XAPI-00324',
						`${method}: ${resource}`,
						{ method, resource, params: { ...params, what: '1' }, ...body },
						isAsked ? 405 : 400,
						isAsked ? /^Only GET, HEAD/ : /^what is no parameter here/,
					];
				},
			),
		),
	];
	const refused = rows.filter(([, , , status]) => status >= 400);
	tryRows(store, refused);
	tryRows(
		store,
		rows.filter((row) => !refused.includes(row)),
		{ before: kept },
	);
});

describe.each(BOTH)('%s', (version) => {
	it.each([...GOOD, ['about', {}] as (typeof GOOD)[number]])(
		'XAPI-00125, XAPI-00126 HEAD is GET without the body: %s %j',
		async (resource, params) => {
			await kept();
			const [get, head] = await Promise.all(
				['GET', 'HEAD'].map((method) => ask(method, resource, { params, version })),
			);
			expect(head!.status).toBe(200);
			expect(head!.body).toBeNull();
			const told = (response: Response) =>
				['content-type', 'etag', 'last-modified', 'x-experience-api-version'].map((name) =>
					response.headers.get(name)?.replace(/boundary=.*/, ''),
				);
			expect(told(head!)).toEqual(told(get!));
			expect((await get!.arrayBuffer()).byteLength).toBeGreaterThan(0);
		},
	);

	it.each([
		['statements', { statementId: NOWHERE }, 404],
		['statements', { limit: 'x' }, 400],
		['activities/state', { ...STATE, stateId: 'none' }, 404],
		['agents', {}, 400],
	])('XAPI-00125 also where GET is refused: %s %j', async (resource, params, status) => {
		const head = await ask('HEAD', resource, { params: params as Record<string, string>, version });
		expect(head.status).toBe(status);
		expect((await ask('HEAD', resource, { version, as: null })).status).toBe(401);
	});

	it('XAPI-00333 every answer names the version it is in', async () => {
		const asked: [Ask, string, number][] = [
			[{}, 'statements', 200],
			[{ params: { limit: 'x' } }, 'statements', 400],
			[{ as: null }, 'statements', 401],
			[{}, 'nowhere', 404],
			[{ version: version.replace(/\.\d$/, '') }, 'statements', 200],
			[{ params: { activityId: ACTIVITY } }, 'activities', 200],
			[{}, 'about', 200],
		];
		for (const [own, resource, status] of asked) {
			const answer = await ask('GET', resource, { version, ...own });
			expect(answer.status).toBe(status);
			expect(answer.headers.get('x-experience-api-version')).toBe(version);
		}
	});

	it('XAPI-00333 who names no version is answered in the one that is set', async () => {
		const server = { usual: version };
		const about = await ask('GET', 'about', { version: null, as: null, server });
		expect([about.status, about.headers.get('x-experience-api-version')]).toEqual([200, version]);
		for (const other of [null, '0.95']) {
			const refused = await ask('GET', 'statements', { version: other, server });
			expect([refused.status, refused.headers.get('x-experience-api-version')]).toEqual([
				400,
				version,
			]);
		}
		const named = version === '1.0.3' ? '2.0.0' : '1.0.3';
		const answer = await ask('GET', 'statements', { version: named, server });
		expect(answer.headers.get('x-experience-api-version')).toBe(named);
	});

	it('XAPI-00315, XAPI-00316, XAPI-00317, XAPI-00318, XAPI-00319 about tells the versions, whoever asks', async () => {
		for (const own of [{}, { as: null }, { version: null, as: null }, { version: '0.95' }]) {
			const answer = await ask('GET', 'about', { version, ...own });
			expect(answer.status).toBe(200);
			const { version: versions, ...more } = (await answer.json()) as { version: string[] };
			expect(more).toEqual({});
			expect(versions).toEqual(['1.0.3', '2.0.0']);
		}
		expect((await ask('GET', 'about', { version, params: { x: '1' } })).status).toBe(400);
		expect((await ask('PUT', 'about', { version, body: {} })).status).toBe(405);
	});

	it.each([
		['a wrong secret', (id: string) => basic({ id, secret: 'x' })],
		['a wrong key', (_: string, secret: string) => basic({ id: 'x', secret })],
		['no secret', (id: string) => `Basic ${Buffer.from(id).toString('base64')}`],
		['nothing', () => 'Basic '],
		['no Base64', (id: string, secret: string) => `Basic ${id}:${secret}`],
		[
			'another way',
			(id: string, secret: string) => basic({ id, secret }).replace('Basic', 'Bearer'),
		],
	])('XAPI-00334 who comes with %s is not let in', async (_what, authorization) => {
		const { id, secret } = store.key;
		const server = { address: crypto.randomUUID() };
		const own = {
			version,
			server,
			as: null,
			headers: { authorization: authorization(id, secret) },
		};
		for (const [method, body] of [
			['GET', {}],
			['POST', { body: one }],
		] as const) {
			const answer = await ask(method, 'statements', { ...own, ...body });
			expect(answer.status).toBe(401);
			expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
		}
		expect(await idsOf(await ask('GET', 'statements', { version }))).toEqual([]);
	});

	it('XAPI-00327 who may not write is forbidden to', async () => {
		const as = await client({ scopes: ['statements/read'] });
		const refused = await ask('POST', 'statements', { version, as, body: one });
		expect(refused.status).toBe(403);
		expect(await told(refused)).toMatch(/one of the scopes all, statements\/write/);
		expect(await idsOf(await ask('GET', 'statements', { version }))).toEqual([]);
	});

	describe('what fails here', () => {
		beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
		afterEach(() => void vi.restoreAllMocks());
		const failing = (error: Error) => ({
			server: { db: { ...store.db, tx: () => Promise.reject(error) } },
		});

		it('XAPI-00329 is told as 500 and nothing of ours with it', async () => {
			const error = new Error('no such table: secret_table');
			const answer = await ask('POST', 'statements', { version, body: one, ...failing(error) });
			expect(answer.status).toBe(500);
			expect(await told(answer)).toMatch(
				/^Something went wrong here\. The log has it as [\da-f]{8}\.$/,
			);
			expect(console.error).toHaveBeenCalledWith(
				expect.stringContaining('POST /xapi/statements'),
				error,
			);
			expect(await idsOf(await ask('GET', 'statements', { version }))).toEqual([]);
		});

		it('is told as 503 where it helps to try again', async () => {
			const error = Object.assign(new Error('disk'), { code: 'SQLITE_FULL' });
			const answer = await ask('POST', 'statements', { version, body: one, ...failing(error) });
			expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
		});
	});

	it('XAPI-00323 statements are refused by the codes of the specification, each in its case', async () => {
		const slow = await client({ ratePerMinute: 1 });
		const reader = await client({ scopes: ['all/read'] });
		await ask('POST', 'statements', { version, body: one });
		const post = async (own: Ask) => (await ask('POST', 'statements', { version, ...own })).status;
		expect(await post({ body: { ...one, actor: {} } })).toBe(400);
		expect(await post({ body: one, as: null })).toBe(401);
		expect(await post({ body: one, as: reader })).toBe(403);
		expect(await post({ body: { ...one, verb: { id: 'https://example.org/x' } } })).toBe(409);
		expect(await post({ body: ' '.repeat(LIMIT + 1) })).toBe(413);
		expect(await post({ body: one, as: slow })).toBe(200);
		expect(await post({ body: one, as: slow })).toBe(429);
	});

	it('XAPI-00328 as much as may be is taken, and not a byte more', async () => {
		const long = JSON.stringify(one).padEnd(LIMIT, ' ');
		const send = (body: string) => ask('POST', 'statements', { version, body });
		expect((await send(long)).status).toBe(200);
		const refused = await send(`${long} `);
		expect(refused.status).toBe(413);
		expect(await told(refused)).toMatch(/larger than 100000 bytes/);
		// It says itself how long it is: nothing of it is read.
		const said = await ask('POST', 'statements', {
			version,
			body: one,
			headers: { 'content-length': String(LIMIT + 1) },
		});
		expect(said.status).toBe(413);
	});
});
