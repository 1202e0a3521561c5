import { expect, test } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { newLearner, stepReached } from '../bench/events.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { t } from '../support/texts.ts';

const PLACE = { course: 'tiny', lesson: 'hello', step: 'welcome' };

/** Sends single events, one after the other, until the server is gone; gives the acknowledged ids. */
async function sendUntilGone(origin: string, acknowledged: string[]): Promise<void> {
	const learner = await newLearner(origin, PLACE);
	for (;;) {
		const event = stepReached(PLACE);
		try {
			const response = await fetch(`${origin}/api/events`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', origin, cookie: learner.cookie },
				body: JSON.stringify({ learner: learner.id, events: [event] }),
			});
			const { accepted } = (await response.json()) as { accepted: string[] };
			acknowledged.push(...accepted);
		} catch {
			return;
		}
	}
}

test('no acknowledged event is missing after kill -9 in the middle of a load', async () => {
	const first = await startServer(FIXTURES);
	const acknowledged: string[] = [];
	const senders = Array.from({ length: 12 }, () => sendUntilGone(first.origin, acknowledged));
	await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(500);
	await first.kill();
	await Promise.all(senders);

	const again = await startServer({ ...FIXTURES, dataDir: first.dataDir });
	const health = await fetch(`${again.origin}/healthz`);
	expect(health.status).toBe(200);
	await again.stop();
	const db = new BetterSqlite3(join(first.dataDir, 'rygsamtalen.db'), { readonly: true });
	const stored = new Set(db.prepare('select id from events').pluck().all());
	db.close();
	expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
	expect(acknowledged.length).toBeGreaterThan(500);
});

test('a locked database is a passing trouble: 503, nothing stored by half', async () => {
	const server = await startServer(FIXTURES);
	const learner = await newLearner(server.origin, PLACE);
	const post = (event: object) =>
		fetch(`${server.origin}/api/events`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				origin: server.origin,
				cookie: learner.cookie,
			},
			body: JSON.stringify({ learner: learner.id, events: [event] }),
		});
	const holder = new BetterSqlite3(join(server.dataDir, 'rygsamtalen.db'));
	holder.exec('BEGIN IMMEDIATE');
	const event = stepReached(PLACE);
	const refused = await post(event);
	expect(refused.status).toBe(503);
	expect(await refused.json()).toEqual({ message: expect.any(String), isBusy: true });
	expect(refused.headers.get('retry-after')).toBe('5');
	// Forms are told the same, and so are pages.
	const form = await fetch(`${server.origin}/en/register`, {
		method: 'POST',
		headers: { origin: server.origin, accept: 'text/html' },
		body: new URLSearchParams({
			...{ name: 'Ida', email: 'ida@example.org', password: 'a long enough password' },
		}),
	});
	expect(form.status).toBe(503);
	expect(await form.text()).toContain(t('error_busy', {}, 'en'));
	holder.exec('ROLLBACK');
	holder.close();
	const accepted = await post(event);
	expect(await accepted.json()).toMatchObject({ accepted: [event.id], refused: [] });
	await server.stop();
});

test('a request under way is answered before the server stops', async () => {
	const server = await startServer(FIXTURES);
	const learner = await newLearner(server.origin, PLACE);
	const event = stepReached(PLACE);
	const answer = fetch(`${server.origin}/api/events`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.origin, cookie: learner.cookie },
		body: JSON.stringify({ learner: learner.id, events: [event] }),
	});
	await new Promise((resolve) => setTimeout(resolve, 5));
	const [response] = await Promise.all([answer, server.stop()]);
	expect(response.status).toBe(200);
});
