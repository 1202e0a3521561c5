import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { refTo, statement, voiding, type Made } from '../../testing.ts';
import { idsOf, pageOf, records, told } from '../testing.ts';
import { bodyWith, NEW, ONE, one, UUID, VOIDED, withoutId } from './statements.ts';

/*
 * The statements resource: what becomes of statements from one request to the next (xAPI 1.0.3
 * Communication 2.1, Data 2.3 to 2.5; IEEE 9274.1.1, 4.1.6.1 and 4.2).
 */

const store = records();
const { ask, client } = store;

describe.each(BOTH)('%s', (version) => {
	const post = (body: object) => ask('POST', 'statements', { body, version });
	const get = (params: Record<string, string> = {}) =>
		ask('GET', 'statements', { params, version });
	const byId = async (statementId: string) =>
		(await (await get({ statementId })).json()) as Made & { stored: string };

	it.each(['PUT', 'POST'])(
		'XAPI-00142 a statement is never changed by another with its id: %s',
		async (method) => {
			const again = (body: object) =>
				ask(method, 'statements', {
					version,
					body,
					...(method === 'PUT' ? { params: { statementId: ONE } } : {}),
				});
			await post(one);
			const before = await byId(ONE);
			expect((await again(one)).status).toBe(method === 'PUT' ? 204 : 200);
			const refused = await again({ ...one, verb: { id: 'https://example.org/verbs/other' } });
			expect(refused.status).toBe(409);
			expect(await told(refused)).toContain(ONE);
			expect(await byId(ONE)).toEqual(before);
		},
	);

	it('XAPI-00146, XAPI-00026 ids come in the order of the statements, made where there is none', async () => {
		const answer = await post([one, withoutId, { ...one, id: VOIDED }]);
		const ids = (await answer.json()) as string[];
		expect(ids).toEqual([ONE, expect.stringMatching(new RegExp(`^${UUID}$`)), VOIDED]);
		expect(await byId(ids[1]!)).toMatchObject({ ...withoutId, id: ids[1] });
	});

	it('XAPI-00182, XAPI-00326 what is refused leaves nothing', async () => {
		await post(one);
		expect((await post([statement(), { ...one, actor: { mbox: 'x' } }])).status).toBe(400);
		const other = { ...one, actor: { mbox: 'mailto:other@example.org' } };
		expect((await post([statement(), other])).status).toBe(409);
		expect(await idsOf(await get())).toEqual([ONE]);
	});

	it('XAPI-00162, XAPI-00163 what voids and what refers is found, what is voided is not', async () => {
		const target = statement();
		const refers = statement({ object: refTo(target.id) });
		const voids = voiding(target.id);
		for (const each of [target, refers, voids]) await post(each);
		const wanted = [voids.id, refers.id];
		expect(await idsOf(await get())).toEqual(wanted);
		const activity = 'https://example.org/activities/one';
		expect(await idsOf(await get({ activity }))).toEqual(wanted);
		expect(await idsOf(await get({ since: '2020-01-01T00:00:00Z' }))).toEqual(wanted);
		expect(await idsOf(await get({ limit: '1' }))).toEqual([voids.id]);
	});

	it('XAPI-00016 what voids is not voided: such a statement is stored and has no effect', async () => {
		const target = statement();
		const voids = voiding(target.id);
		const again = voiding(voids.id);
		for (const each of [target, voids, again]) expect((await post(each)).status).toBe(200);
		expect((await get({ statementId: voids.id })).status).toBe(200);
		expect((await get({ voidedStatementId: voids.id })).status).toBe(404);
		expect((await get({ voidedStatementId: target.id })).status).toBe(200);
		expect(await idsOf(await get())).toEqual([again.id, voids.id]);
	});

	it('XAPI-00019 only the verb of the specification voids', async () => {
		const target = statement();
		await post(target);
		for (const id of ['http://example.org/verbs/voided', 'http://adlnet.gov/expapi/verbs/Voided'])
			await post(voiding(target.id, { verb: { id } }));
		expect((await get({ statementId: target.id })).status).toBe(200);
	});

	it('XAPI-00023, XAPI-00097, XAPI-00099 stored and authority are ours, whatever was sent', async () => {
		const before = Date.now();
		await post([
			one,
			statement({
				id: VOIDED,
				stored: '2001-02-03T04:05:06.000Z',
				authority: { mbox: 'mailto:boss@example.org' },
			}),
		]);
		for (const id of [ONE, VOIDED]) {
			const found = await byId(id);
			expect(Date.parse(found.stored)).toBeGreaterThanOrEqual(before);
			expect(Date.parse(found.stored)).toBeLessThanOrEqual(Date.now());
			expect(found.authority).toMatchObject({
				objectType: 'Agent',
				account: { name: store.key.id },
			});
			expect(JSON.stringify(found)).not.toContain('boss');
		}
		const agent = JSON.stringify({ mbox: 'mailto:boss@example.org' });
		expect(await idsOf(await get({ agent, related_agents: 'true' }))).toEqual([]);
	});

	it('Data 2.4.7; 2.0 4.2.4.2 a statement without a time has that of its storing', async () => {
		await post(one);
		const { timestamp, stored } = await byId(ONE);
		expect(timestamp).toBe(stored);
		const later = new Date(Date.now() + 60_000).toISOString();
		expect((await post(statement({ id: NEW, timestamp: later }))).status).toBe(200);
		expect(await byId(NEW)).toMatchObject({ timestamp: later });
	});

	it('XAPI-00332, XAPI-00330 a statement keeps its version, or has the first of its generation', async () => {
		const [old, patch] = [statement({ version: '1.0.0' }), statement({ version: '1.0.9' })];
		await post([old, patch, one]);
		expect(await byId(old.id)).toMatchObject(old);
		expect(await byId(patch.id)).toMatchObject(patch);
		expect(await byId(ONE)).toMatchObject({ version: version === '1.0.3' ? '1.0.0' : '2.0.0' });
	});

	it('XAPI-00002, XAPI-00122, XAPI-00015, XAPI-00170 numbers, times and texts keep all that they have', async () => {
		const timestamp = '2027-02-01T08:00:00.123456789Z';
		const values =
			'3.4028234663852886e38,-1.17549435e-38,0.1000000000000000055511,1E2,12345678901234567890';
		const text = bodyWith(
			`"timestamp":"${timestamp}","result":{"response":"Ærø 你好 😀","extensions":{"x:a":[${values}]}}`,
		);
		const answer = await ask('PUT', 'statements', {
			version,
			params: { statementId: ONE },
			body: text,
		});
		expect(answer.status).toBe(204);
		const found = await (await get({ statementId: ONE })).text();
		expect(found).toContain(`[${values}]`);
		expect(found).toContain(`"timestamp":"${timestamp}"`);
		expect(found).toContain('"response":"Ærø 你好 😀"');
	});

	it('XAPI-00096 activities of the context come back as lists', async () => {
		const lone = { objectType: 'Activity', id: 'https://example.org/course' };
		const contextActivities = {
			parent: lone,
			grouping: [lone],
			category: lone,
			other: [lone, lone],
		};
		await post(statement({ id: ONE, context: { contextActivities } }));
		expect((await byId(ONE)).context).toEqual({
			contextActivities: {
				parent: [lone],
				grouping: [lone],
				category: [lone],
				other: [lone, lone],
			},
		});
	});

	it('XAPI-00108, XAPI-00109, XAPI-00110, XAPI-00111, XAPI-00113, XAPI-00114 pages follow each other by more', async () => {
		const all = Array.from({ length: 5 }, () => statement());
		await post([...all, statement({ verb: { id: 'https://example.org/verbs/other' } })]);
		const seen: string[] = [];
		let sizes: number[] = [];
		let next = `/xapi/statements?limit=2&verb=${encodeURIComponent('https://example.org/verbs/did')}`;
		while (next !== '') {
			const { pathname, searchParams } = new URL(next, 'https://lrs.example');
			expect(pathname).toBe('/xapi/statements');
			const response = await get(Object.fromEntries(searchParams));
			expect(response.status).toBe(200);
			const page = await pageOf(response);
			expect(Object.keys(page)).toEqual(['statements', 'more']);
			for (const each of page.statements) expect(each).toHaveProperty('actor');
			sizes = [...sizes, page.statements.length];
			seen.push(...page.statements.map(({ id }) => id));
			next = page.more;
		}
		expect(sizes).toEqual([2, 2, 1]);
		expect(seen).toEqual(all.map(({ id }) => id).toReversed());
	});

	it('XAPI-00111 more asks in the same format, in the same order', async () => {
		await post([one, statement(), statement()]);
		const { more } = await pageOf(await get({ format: 'ids', ascending: 'true', limit: '2' }));
		const { searchParams } = new URL(more, 'https://lrs.example');
		const { cursor, ...asked } = Object.fromEntries(searchParams);
		expect(asked).toEqual({ format: 'ids', ascending: 'true', limit: '2' });
		expect(cursor).toMatch(/^\d+$/);
	});

	it('XAPI-00153, XAPI-00160 Consistent-Through comes with every answer, and nothing stored before it is missing', async () => {
		await post(one);
		const through = (response: Response) =>
			response.headers.get('x-experience-api-consistent-through') ?? '';
		const mine = await client({ scopes: ['state'] });
		const answers = await Promise.all([
			get(),
			get({ statementId: ONE }),
			get({ statementId: NEW }),
			get({ limit: 'x' }),
			ask('GET', 'statements', { version, as: null }),
			ask('GET', 'statements', { version, as: mine }),
			ask('GET', 'statements', { version: '0.9' }),
			ask('HEAD', 'statements', { version }),
		]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 400, 401, 403, 400, 200]);
		const { stored } = await byId(ONE);
		for (const answer of answers) {
			expect(through(answer)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
			expect(through(answer) >= stored).toBe(true);
			expect(Date.parse(through(answer))).toBeLessThanOrEqual(Date.now());
		}
	});

	it('XAPI-00165 every answer says what it is', async () => {
		await post(one);
		const type = async (params: Record<string, string>) =>
			(await get(params)).headers.get('content-type');
		expect(await type({})).toBe('application/json');
		expect(await type({ statementId: ONE })).toBe('application/json');
		expect(await type({ statementId: NEW })).toMatch(/^application\/json/);
		expect(await type({ limit: 'x' })).toMatch(/^application\/json/);
		expect(await type({ attachments: 'true' })).toMatch(/^multipart\/mixed; boundary=/);
	});

	it('2.0 4.1.6.1 one statement says when it was stored', async () => {
		await post(one);
		const response = await get({ statementId: ONE });
		const last = Date.parse(response.headers.get('last-modified')!);
		const { stored } = (await response.json()) as { stored: string };
		expect(last).toBe(Math.floor(Date.parse(stored) / 1000) * 1000);
	});
});
