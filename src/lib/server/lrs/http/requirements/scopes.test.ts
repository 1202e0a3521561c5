import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { SCOPES, type Scope } from '../../scopes.ts';
import { statement, voiding } from '../../testing.ts';
import { idsOf, records, told, type Ask } from '../testing.ts';

/* What each scope lets in and what it refuses (xAPI 1.0.3 Communication 4.2; XAPI-00327: by 403). */

const store = records();
const { ask, client } = store;

const ID = '00000000-0000-4000-8000-000000000001';
const ACTIVITY = { activityId: 'https://example.org/activities/one' };
const AGENT = { agent: '{"mbox":"mailto:ida@example.org"}' };
const one = statement();

type Asked = [name: string, method: string, resource: string, own: Ask, scopes: Scope[]];

const READ: Scope[] = ['all', 'all/read', 'statements/read', 'statements/read/mine'];
const WRITE: Scope[] = ['all', 'statements/write'];
const documents = (
	resource: string,
	scope: 'state' | 'profile',
	list: Record<string, string>,
): Asked[] => {
	const params = { ...list, [`${scope}Id`]: 'one' };
	const writers: Scope[] = ['all', scope];
	const readers: Scope[] = ['all', 'all/read', scope];
	const put = { params, body: {}, headers: { 'if-none-match': '*' } };
	return [
		[`puts ${resource}`, 'PUT', resource, put, writers],
		[`posts ${resource}`, 'POST', resource, { params, body: {} }, writers],
		[`takes away ${resource}`, 'DELETE', resource, { params }, writers],
		[`lists ${resource}`, 'GET', resource, { params: list }, readers],
		[`looks for ${resource}`, 'HEAD', resource, { params: list }, readers],
	];
};

const TABLE: Asked[] = [
	['posts statements', 'POST', 'statements', { body: one }, WRITE],
	[
		'puts statements',
		'PUT',
		'statements',
		{ params: { statementId: ID }, body: { ...one, id: ID } },
		WRITE,
	],
	['reads statements', 'GET', 'statements', {}, READ],
	['looks for statements', 'HEAD', 'statements', {}, READ],
	...documents('activities/state', 'state', { ...ACTIVITY, ...AGENT }),
	...documents('activities/profile', 'profile', ACTIVITY),
	...documents('agents/profile', 'profile', AGENT),
	['reads activities', 'GET', 'activities', { params: ACTIVITY }, [...SCOPES]],
	[
		'reads agents',
		'GET',
		'agents',
		{ params: AGENT },
		['all', 'all/read', 'statements/read', 'profile'],
	],
	['reads about', 'GET', 'about', {}, [...SCOPES]],
];

describe.each(SCOPES)('%s alone', (scope) => {
	it.each(TABLE)('XAPI-00327 %s, or not', async (_name, method, resource, own, scopes) => {
		const as = await client({ scopes: [scope] });
		const answer = await ask(method, resource, { ...own, as });
		if (scopes.includes(scope)) return expect(answer.status).toBeLessThan(300);
		expect(answer.status).toBe(403);
		if (method !== 'HEAD')
			expect(await told(answer)).toMatch(/^This key may not do that: it takes one of the scopes /);
		expect(await store.db.read.select().from(store.db.tables.statements)).toEqual([]);
		expect(await store.db.read.select().from(store.db.tables.lrsDocuments)).toEqual([]);
	});
});

it('XAPI-00327 two scopes let in what either does', async () => {
	const as = await client({ scopes: ['state', 'statements/read'] });
	expect((await ask('GET', 'statements', { as })).status).toBe(200);
	const params = { ...ACTIVITY, ...AGENT, stateId: 'one' };
	expect((await ask('PUT', 'activities/state', { as, params, body: {} })).status).toBe(204);
	expect((await ask('POST', 'statements', { as, body: one })).status).toBe(403);
});

describe.each(BOTH)('%s', (version) => {
	async function begun() {
		const [mine, theirs] = [statement(), statement()];
		const writer = await client({ scopes: ['statements/write', 'statements/read/mine'] });
		const post = (body: object, as = writer) => ask('POST', 'statements', { version, body, as });
		const get = (params: Record<string, string>, as = writer) =>
			ask('GET', 'statements', { version, params, as });
		await post(mine);
		await post(theirs, store.key);
		return { mine, theirs, writer, post, get };
	}

	it('statements/read/mine finds what was written with the key, by whatever filter', async () => {
		const { mine, theirs, get } = await begun();
		for (const params of [
			{},
			AGENT,
			{ activity: ACTIVITY.activityId },
			{ limit: '1' },
			{ ascending: 'true' },
		])
			expect(await idsOf(await get(params as Record<string, string>))).toEqual([mine.id]);
		expect((await get({ statementId: mine.id })).status).toBe(200);
		const hidden = await get({ statementId: theirs.id });
		expect(hidden.status).toBe(404);
		// No difference between what is another's and what is nowhere.
		expect(await told(hidden)).toBe(await told(await get({ statementId: ID })));
	});

	it('statements/read/mine and voided statements', async () => {
		const { mine, theirs, post, get } = await begun();
		await post(voiding(theirs.id), store.key);
		await post(voiding(mine.id));
		expect((await get({ voidedStatementId: theirs.id })).status).toBe(404);
		expect((await get({ voidedStatementId: mine.id })).status).toBe(200);
	});

	it('statements/write voids what was written with the key, and nothing else', async () => {
		const { mine, theirs, post, get } = await begun();
		const refused = await post(voiding(theirs.id));
		expect(refused.status).toBe(403);
		expect(await told(refused)).toContain(theirs.id);
		expect((await get({ statementId: theirs.id }, store.key)).status).toBe(200);
		expect((await post(voiding(mine.id))).status).toBe(200);
		expect((await get({ statementId: mine.id }, store.key)).status).toBe(404);
	});

	it('all and all/read find what anybody wrote; so does statements/read', async () => {
		const { mine, theirs, get } = await begun();
		for (const scope of ['all', 'all/read', 'statements/read'] as const) {
			const as = await client({ scopes: [scope] });
			expect(await idsOf(await get({}, as))).toEqual([theirs.id, mine.id]);
		}
	});
});
