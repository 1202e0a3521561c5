import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { testDatabases } from '../../db/testing.ts';
import { createClient, disableClient, renewSecret } from '../clients.ts';
import type { Scope } from '../scopes.ts';
import { storeStatements } from '../store.ts';
import { author, emptied, received, statement, type Made } from '../testing.ts';
import { serveRecords } from './serve.ts';
import { endStreams } from './stream.ts';

interface Key {
	id: string;
	secret: string;
}

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let key: Key;
	beforeAll(async () => void (db = await open()), 60_000);
	beforeEach(async () => void (key = await client(['all'])));
	afterEach(async () => {
		endStreams();
		await emptied(db);
	});
	afterAll(() => db.close());

	const client = (scopes: Scope[]) =>
		createClient(db, { name: 'x', scopes, origins: [], ratePerMinute: 500 }, null);
	const store = (key: Key, ...all: Made[]) =>
		storeStatements(db, author(key.id), '1.0.3', received(all));

	async function listen(
		params: Record<string, string> = {},
		{ as = key, after, store = db }: { as?: Key; after?: string; store?: Database } = {},
	) {
		const response = await serveRecords({
			db: store,
			request: new Request(`https://lrs.example/xapi/statements?${new URLSearchParams(params)}`, {
				headers: {
					authorization: `Basic ${Buffer.from(`${as.id}:${as.secret}`).toString('base64')}`,
					'x-experience-api-version': '1.0.3',
					accept: 'text/event-stream',
					...(after === undefined ? {} : { 'last-event-id': after }),
				},
			}),
			resource: 'statements',
			base: '/xapi',
			address: '127.0.0.1',
			usual: '1.0.3',
			limit: 100_000,
		});
		return { response, events: eventsIn(response) };
	}

	test.each([
		['is shut out', (id: string) => disableClient(db, id, true, null)],
		['gets another secret', (id: string) => renewSecret(db, id, null)],
	])('the stream of a key that %s ends', async (_how, change) => {
		const { events } = await listen();
		await change(key.id);
		const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 21_000);
		await expect(next(events)).rejects.toThrow('The stream has ended');
		now.mockRestore();
	});

	test('what is stored from now on comes, as it is stored and in order', async () => {
		await store(key, statement());
		const { response, events } = await listen();
		expect(response.headers.get('content-type')).toBe('text/event-stream');
		expect(response.headers.get('cache-control')).toContain('no-transform');
		const [first, second] = [statement(), statement()];
		await store(key, first, second);
		const got = [await next(events), await next(events)];
		expect(got.map(({ data }) => data.id)).toEqual([first.id, second.id]);
		expect(got[0]!.data).toMatchObject({ ...first, authority: { name: key.id } });
		expect(Number(got[1]!.id)).toBeGreaterThan(Number(got[0]!.id));
	});

	test('who comes back gets what it missed', async () => {
		const { events } = await listen();
		const [seen, missed] = [statement(), statement()];
		await store(key, seen);
		const { id } = await next(events);
		await events.return(undefined);
		await store(key, missed);
		const again = await listen({}, { after: id });
		expect((await next(again.events)).data.id).toBe(missed.id);
	});

	test('nothing is passed over that is still being stored: what stands behind it waits', async () => {
		let held = 0;
		const beside: Database = { ...db, heldFor: async () => held };
		const { events } = await listen({ format: 'ids' }, { store: beside });
		held = 60_000;
		const first = statement();
		await store(key, first);
		let isThere = false;
		const coming = next(events).then((event) => ((isThere = true), event));
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect(isThere).toBe(false);
		held = 0;
		expect((await coming).data.id).toBe(first.id);
	});

	test('a stream begins when what was being stored is there, and is refused when that takes too long', async () => {
		let held = 60_000;
		const heldFor = vi.fn(async () => held);
		const beside: Database = { ...db, heldFor };
		const listening = listen({ format: 'ids' }, { store: beside });
		await vi.waitFor(() => expect(heldFor.mock.calls.length).toBeGreaterThan(1));
		const before = statement();
		await store(key, before);
		held = 0;
		const { events } = await listening;
		// Stored since it was asked for: nothing is lost between asking and being answered.
		expect((await next(events)).data.id).toBe(before.id);
		held = 60_000;
		let clock = performance.now();
		const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 6_000));
		const { response } = await listen({}, { store: beside });
		now.mockRestore();
		expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
	});

	test('only what matches, and only what the key may read', async () => {
		const other = await client(['statements/read/mine', 'statements/write']);
		const verb = 'https://example.org/verbs/liked';
		const liked = await listen({ verb });
		const mine = await listen({}, { as: other });
		await store(key, statement());
		const [theirs, ours] = [statement({ verb: { id: verb } }), statement()];
		await store(key, theirs);
		await store(other, ours);
		expect((await next(liked.events)).data.id).toBe(theirs.id);
		expect((await next(mine.events)).data.id).toBe(ours.id);
	});

	test('a long line of statements comes whole', async () => {
		const { events } = await listen({ format: 'ids' });
		const all = Array.from({ length: 450 }, () => statement());
		await store(key, ...all);
		const got: unknown[] = [];
		while (got.length < all.length) got.push((await next(events)).data.id);
		expect(got).toEqual(all.map(({ id }) => id));
	});

	test('a page’s parameters, a wrong place and too many streams are refused', async () => {
		const refused = async (params: Record<string, string>, after?: string) => {
			const { response } = await listen(params, after === undefined ? {} : { after });
			return [response.status, ((await response.json()) as { error: string }).error];
		};
		expect(await refused({ since: '2027-01-01T00:00:00Z' })).toEqual([
			400,
			expect.stringContaining('since has no meaning for a stream'),
		]);
		expect(await refused({}, 'x')).toEqual([400, expect.stringContaining('Last-Event-ID')]);
		const writer = await client(['statements/write']);
		expect((await listen({}, { as: writer })).response.status).toBe(403);
		for (let n = 0; n < 20; n += 1) expect((await listen()).response.status).toBe(200);
		expect(await refused({})).toEqual([429, expect.stringContaining('20 streams')]);
	});
});

interface Event {
	id: string;
	data: Record<string, unknown>;
}

async function* eventsIn({ body }: Response): AsyncGenerator<Event> {
	let text = '';
	for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
		text += chunk;
		const parts = text.split('\n\n');
		text = parts.pop()!;
		for (const part of parts) {
			const id = /^id: (.*)$/m.exec(part)?.[1];
			const data = /^data: (.*)$/m.exec(part)?.[1];
			if (id && data) yield { id, data: JSON.parse(data) as Event['data'] };
		}
	}
}

async function next(events: AsyncGenerator<Event>): Promise<Event> {
	const { value, done } = await events.next();
	if (done) throw new Error('The stream has ended');
	return value as Event;
}
