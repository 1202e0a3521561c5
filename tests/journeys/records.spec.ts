import { expect, test } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { newLearner, stepReached } from '../bench/events.ts';
import { findings } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { startLrs, type Fate } from '../support/lrs.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { t } from '../support/texts.ts';

const PLACE = { course: 'tiny', lesson: 'hello', step: 'welcome' };

test('an administrator names a record store; it gets what a learner does, and the learner sees that', async ({
	page,
}) => {
	const lrs = await startLrs();
	const server = await startServer({ ...FIXTURES, settings: { LRS_INNER: 'allow' } });
	try {
		await becomeAdministrator(page, server);
		const places = page.getByRole('navigation', { name: t('admin_sections') });
		await places.getByRole('link', { name: t('admin_records') }).click();
		await expect(page.getByText(t('admin_records_none'))).toBeVisible();

		const field = (label: string) => page.getByLabel(label, { exact: true });
		const save = () => page.getByRole('button', { name: t('admin_records_save') }).click();
		await save();
		await expect(page.getByRole('alert')).toContainText(t('admin_records_name_missing'));
		await field(t('admin_records_name')).fill('Regionens LRS');
		await field(t('admin_records_endpoint')).fill('http://127.0.0.1:9/');
		await field(t('admin_records_key')).fill('key');
		await field(t('admin_records_secret')).fill('secret');
		await save();
		// Nobody is there: said so, and nothing that was typed is lost but the secret.
		await expect(page.getByRole('alert')).toContainText('ECONNREFUSED');
		await expect(field(t('admin_records_name'))).toHaveValue('Regionens LRS');
		await field(t('admin_records_endpoint')).fill(lrs.endpoint);
		await field(t('admin_records_secret')).fill('secret');
		await page.getByLabel(t('admin_records_full')).check();
		await save();
		await expect(page.getByRole('heading', { name: 'Regionens LRS' })).toBeVisible();
		await expect(page.getByText(t('admin_records_all_sent'))).toBeVisible();
		expect(await findings(page)).toEqual([]);

		await page.goto(`${server.origin}/da/courses/tiny/hello/anna`);
		await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
		await expect
			.poll(() => lrs.order.map(({ verb }) => verb.id.split('/').at(-1)), { timeout: 20_000 })
			.toEqual(['initialized', 'initialized', 'answered']);
		await page.goto(`${server.origin}/da/account/settings`);
		const leaves = page.getByRole('region', { name: t('account_leaves') });
		await expect(leaves.getByText('Regionens LRS')).toBeVisible();
		await expect(leaves.getByText(t('admin_records_full'))).toBeVisible();

		const profile = await page.request.get(`${server.origin}/xapi/profile`);
		expect(profile.headers()['content-type']).toContain('application/ld+json');
		const { versions } = (await profile.json()) as { versions: { id: string }[] };
		expect(lrs.order[0]).toMatchObject({
			context: { contextActivities: { category: [{ id: versions[0]!.id }] } },
		});
		const again = await page.request.get(`${server.origin}/xapi/profile`, {
			headers: { 'if-none-match': profile.headers().etag! },
		});
		expect(again.status()).toBe(304);

		await page.goto(`${server.origin}/da/admin/records`);
		await page.getByText(t('admin_records_remove'), { exact: true }).click();
		await page.getByRole('button', { name: t('admin_records_remove_now') }).click();
		await expect(page.getByText(t('admin_records_none'))).toBeVisible();
	} finally {
		await server.stop();
		await lrs.close();
	}
});

test('nobody but administrators sees or changes where statements go', async ({ request }) => {
	const server = await startServer(FIXTURES);
	const address = `${server.origin}/da/admin/records`;
	const guest = await request.get(address, { maxRedirects: 0 });
	expect(guest.status()).toBe(303);
	const added = await request.post(`${address}?/add`, {
		headers: { origin: server.origin },
		form: { name: 'x', endpoint: 'https://x.example/', key: 'a', secret: 'b' },
	});
	expect(added.status()).toBe(403);
	await server.stop();
});

test('killing the server while it forwards loses no statement and doubles none', async () => {
	test.setTimeout(120_000);
	const fates: Fate[] = ['lost-after', 'well', 'busy', 'well', 'lost-before', 'well'];
	const lrs = await startLrs((n) => fates[n % fates.length]!);
	const settings = { LRS_URL: lrs.endpoint, LRS_KEY: 'k', LRS_SECRET: 's', LRS_DETAIL: 'full' };
	let server = await startServer({ ...FIXTURES, settings });
	const { dataDir } = server;
	try {
		for (let round = 0; round < 3; round++) {
			const learners = Array.from({ length: 30 }, () => newLearner(server.origin, PLACE));
			for (const learner of await Promise.all(learners)) {
				const event = stepReached({ ...PLACE, lesson: 'bye', step: 'end' });
				await fetch(`${server.origin}/api/events`, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						origin: server.origin,
						cookie: learner.cookie,
					},
					body: JSON.stringify({ learner: learner.id, events: [event] }),
				});
			}
			const before = lrs.requests;
			// In the middle of a request, or right after one.
			await expect
				.poll(() => lrs.requests, { timeout: 20_000, intervals: [5] })
				.toBeGreaterThan(before);
			await server.kill();
			server = await startServer({ ...FIXTURES, dataDir, settings });
		}
		const stored = () => {
			const db = new BetterSqlite3(join(dataDir, 'rygsamtalen.db'), { readonly: true });
			const ids = db.prepare('select id from statements order by seq').pluck().all();
			const left = db.prepare('select count(*) from outbox').pluck().get();
			db.close();
			return { ids, left };
		};
		await expect.poll(() => stored().left, { timeout: 60_000 }).toBe(0);
		expect(lrs.order.map(({ id }) => id)).toEqual(stored().ids);
		expect(lrs.conflicts).toBe(0);
		expect(lrs.stored.size).toBeGreaterThan(150);
	} finally {
		await server.kill();
		await lrs.close();
	}
});
