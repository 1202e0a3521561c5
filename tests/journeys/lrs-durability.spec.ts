import { expect, test } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { headersOf } from '../bench/records/measure.ts';
import { agentOf, learnt, type Learnt } from '../bench/records/learning.ts';
import { Chance } from '../bench/seed/random.ts';
import { createClient } from '../../src/lib/server/lrs/clients.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { databaseOf } from '../support/world.ts';

type Headers = ReturnType<typeof headersOf>;

async function access(server: Running): Promise<Headers> {
	const db = databaseOf(server);
	const key = await createClient(
		db,
		{ name: 'A system', scopes: ['all'], origins: [], ratePerMinute: 1_000_000 },
		null,
	);
	await db.close();
	return headersOf(key);
}

function post({ origin }: Running, headers: Headers, statements: unknown): Promise<Response> {
	const body = JSON.stringify(statements);
	return fetch(`${origin}/xapi/statements`, { method: 'POST', headers, body });
}

/** One request's statements, which have a registration of their own. */
interface Sent {
	registration: string;
	ids: string[];
	acknowledged: boolean;
}

/** Sends until the server is gone; notes each request before it is sent and whether it was answered. */
async function sendUntilGone(
	server: Running,
	headers: Headers,
	count: number,
	sent: Sent[],
): Promise<void> {
	const chance = new Chance(sent.length + count);
	for (;;) {
		const registration = crypto.randomUUID();
		const statements = Array.from({ length: count }, () => {
			const { context, ...own } = learnt(chance, 50);
			const id = crypto.randomUUID();
			return { ...own, id, context: { ...(context as object), registration } };
		});
		const one: Sent = { registration, ids: statements.map(({ id }) => id), acknowledged: false };
		sent.push(one);
		try {
			const response = await post(server, headers, count === 1 ? statements[0] : statements);
			expect(response.status).toBe(200);
			expect(await response.json()).toEqual(one.ids);
			one.acknowledged = true;
		} catch (error) {
			// Whoever loses a connection does not know; anything else is a failure.
			if (error instanceof TypeError) return;
			throw error;
		}
	}
}

async function foundBy(
	{ origin }: Running,
	headers: Headers,
	registration: string,
): Promise<string[]> {
	const asked = new URLSearchParams({ registration, ascending: 'true' });
	const response = await fetch(`${origin}/xapi/statements?${asked}`, { headers });
	const { statements } = (await response.json()) as { statements: Learnt[] };
	return statements.map(({ id }) => id);
}

test('no acknowledged statement is missing after kill -9, no batch is there by half, each is found', async () => {
	const first = await startServer(FIXTURES);
	const headers = await access(first);
	const sent: Sent[] = [];
	const senders = [20, 20, 20, 1, 1, 1, 1, 1].map((count) =>
		sendUntilGone(first, headers, count, sent),
	);
	const acknowledged = (isBatch: boolean) =>
		sent.filter((one) => one.acknowledged && one.ids.length > 1 === isBatch);
	await expect
		.poll(() => Math.min(acknowledged(true).length, acknowledged(false).length), {
			timeout: 15_000,
		})
		.toBeGreaterThan(20);
	await first.kill();
	await Promise.all(senders);

	const again = await startServer({ ...FIXTURES, dataDir: first.dataDir });
	const stored = storedIn(first.dataDir);
	for (const { registration, ids, acknowledged: isSure } of sent) {
		const there = ids.filter((id) => stored.has(id));
		expect(there, isSure ? 'acknowledged' : 'whole or not at all').toEqual(
			isSure || there.length > 0 ? ids : [],
		);
		expect(await foundBy(again, headers, registration)).toEqual(there);
	}
	expect(looseTermsIn(first.dataDir)).toBe(0);
	await again.stop();
});

function storedIn(dataDir: string): Set<unknown> {
	const db = new BetterSqlite3(join(dataDir, 'rygsamtalen.db'), { readonly: true });
	const ids = db.prepare('SELECT id FROM statements').pluck().all();
	db.close();
	return new Set(ids);
}

/** Entries of the index for which there is no statement. */
function looseTermsIn(dataDir: string): unknown {
	const db = new BetterSqlite3(join(dataDir, 'rygsamtalen.db'), { readonly: true });
	const loose = db
		.prepare('SELECT count(*) FROM statement_terms WHERE seq NOT IN (SELECT seq FROM statements)')
		.pluck()
		.get();
	db.close();
	return loose;
}

test('of two requests with one id at the same moment, the same is stored once, another one refused', async () => {
	const server = await startServer(FIXTURES);
	const headers = await access(server);
	const chance = new Chance(1);
	for (let times = 0; times < 10; times++) {
		const one = { ...learnt(chance, 50), id: crypto.randomUUID() };
		const same = await Promise.all([post(server, headers, one), post(server, headers, [one])]);
		expect(same.map(({ status }) => status)).toEqual([200, 200]);

		const id = crypto.randomUUID();
		const by = (learner: number): Learnt => ({
			...learnt(chance, 50),
			id,
			actor: agentOf(learner),
		});
		const [left, right] = [by(1000), by(1001)];
		const both = await Promise.all([post(server, headers, left), post(server, headers, right)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);

		const winner = both[0]!.status === 200 ? left : right;
		const asked = new URLSearchParams({ statementId: left.id });
		const kept = await fetch(`${server.origin}/xapi/statements?${asked}`, { headers });
		expect(await kept.json()).toMatchObject({ id: left.id, actor: winner.actor });
	}
	expect(storedIn(server.dataDir).size).toBe(20);
	expect(looseTermsIn(server.dataDir)).toBe(0);
	await server.stop();
});
