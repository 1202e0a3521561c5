import { expect, test, type BrowserContext, type FrameLocator } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findings } from '../support/accessible.ts';
import { becomeAdministrator, type Administrator } from '../support/dispatches.ts';
import { closeTab, startLms, type Lms } from '../support/scorm-lms.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { t } from '../support/texts.ts';

/** Our server and the customer's LMS are two sites: `localhost` and `127.0.0.1`. */
let server: Running;
let lms: Lms;
let administrator: Administrator;
const packages: Parameters<typeof startLms>[0] = {};

test.beforeAll(async () => {
	server = await startServer(FIXTURES);
	administrator = await becomeAdministrator(server);
	lms = await startLms(packages);
});
test.afterAll(async () => {
	lms?.close();
	await server?.stop();
});

/** Makes a dispatch and puts its thin package into the LMS. */
async function upload(name: string, fields: Record<string, string> = {}, format = 'scorm12') {
	const id = await administrator.dispatch({ origins: lms.origin, ...fields });
	const { folder, size } = await administrator.download(id, format);
	packages[name] = { folder, version: format === 'scorm12' ? 'scorm12' : 'scorm2004' };
	return { id, size };
}

/** Opens a thin package as the LMS does. */
async function launch(context: BrowserContext, name: string, query?: string) {
	const { page, course: thin } = await lms.launch(context, name, query);
	return { page, thin, course: thin.frameLocator('iframe') };
}

const heading = (course: FrameLocator) => course.getByRole('heading', { level: 1 });
const said = (course: FrameLocator) => course.getByRole('alert');

/** An LMS's learner of another name. */
const as = (context: BrowserContext, name: string, learner: string) =>
	lms.store(context, name, {
		core: { student_id: learner, credit: 'credit', lesson_mode: 'normal' },
	});

function countOf(table: string): number {
	const db = new BetterSqlite3(join(server.dataDir, 'rygsamtalen.db'), { readonly: true });
	const count = db.prepare(`select count(*) from ${table}`).pluck().get() as number;
	db.close();
	return count;
}

test('a thin package is less than 30 KB in every format', async () => {
	for (const format of ['scorm12', 'scorm2004-3rd', 'scorm2004-4th'])
		expect((await upload(`size-${format}`, {}, format)).size).toBeLessThan(30_000);
});

test('an administrator makes a thin package, sees its seats, withdraws it and deletes its data', async ({
	page,
	context,
}) => {
	const value = /session=([^;]+)/.exec(administrator.cookie)![1]!;
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	await page.goto(`${server.origin}/da/admin/people`);
	await page.getByRole('link', { name: t('admin_dispatches') }).click();
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	const field = (label: string) => page.getByLabel(label, { exact: true });
	const make = page.getByRole('button', { name: t('admin_dispatches_make') });
	await field(t('admin_dispatches_seats')).fill('nul');
	await field(t('admin_dispatches_origins')).fill('lms.region.dk');
	await make.click();
	await expect(page.getByRole('alert')).toContainText(t('admin_dispatches_name_missing'));
	await expect(page.getByRole('alert')).toContainText(t('admin_dispatches_seats_wrong'));
	await expect(page.getByRole('alert')).toContainText(t('admin_dispatches_origins_wrong'));
	await field(t('admin_dispatches_name')).fill('Region Syd');
	await field(t('admin_dispatches_seats')).fill('25');
	await field(t('admin_dispatches_expiry')).fill('2037-12-31');
	await field(t('admin_dispatches_origins')).fill(lms.origin);
	await make.click();
	const card = page.getByRole('article', { name: 'Region Syd' });
	await expect(card).toContainText(t('admin_dispatches_taken_of', { taken: 0, seats: 25 }));
	await expect(card).toContainText('31. december 2037');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		card.getByRole('link', { name: 'SCORM 1.2' }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^tiny-scorm12-.*\.zip$/);
	const id = (await card.getByRole('link', { name: 'SCORM 1.2' }).getAttribute('href'))!;
	const { folder } = await administrator.download(id.split('/').at(-2)!, 'scorm12');
	packages['managed'] = { folder, version: 'scorm12' };

	const learner = await launch(context, 'managed');
	await expect(heading(learner.course)).toBeVisible();
	await page.reload();
	await expect(card).toContainText(t('admin_dispatches_taken_of', { taken: 1, seats: 25 }));
	expect(await findings(page)).toEqual([]);

	await card.getByText(t('admin_dispatches_delete'), { exact: true }).click();
	await card.getByRole('button', { name: t('admin_dispatches_delete_now') }).click();
	await expect(card).toContainText(t('admin_dispatches_taken_of', { taken: 0, seats: 25 }));
	await expect(card).toContainText(t('admin_dispatches_revoked'));
	await closeTab(learner.page);
	const late = await launch(context, 'managed');
	await expect(said(late.course)).toHaveText(t('dispatch_revoked'));
});

test('nobody but administrators makes or downloads thin packages', async ({ request }) => {
	const address = `${server.origin}/da/admin/dispatches`;
	expect((await request.get(address, { maxRedirects: 0 })).status()).toBe(303);
	const { id } = await upload('guarded');
	expect((await request.get(`${address}/${id}/scorm12`)).status()).toBe(403);
	const added = await request.post(`${address}?/add`, {
		headers: { origin: server.origin },
		form: { name: 'x', course: 'tiny', language: 'both' },
	});
	expect(added.status()).toBe(403);
});

test('seats run out, and whoever has one keeps it', async ({ context }) => {
	await upload('seats', { seats: '1' });
	const first = await launch(context, 'seats');
	await expect(heading(first.course)).toBeVisible();
	await closeTab(first.page);
	await as(context, 'seats', 'ole');
	const second = await launch(context, 'seats');
	await expect(said(second.course)).toHaveText(t('dispatch_full'));
	await closeTab(second.page);
	await as(context, 'seats', 'karin');
	const again = await launch(context, 'seats');
	await expect(heading(again.course)).toBeVisible();
});

test('a review is read-only: neither our server nor the LMS records anything', async ({
	context,
}) => {
	await upload('review');
	const before = [countOf('events'), countOf('dispatch_seats')];
	const { page, course } = await launch(context, 'review', '?mode=review');
	await expect(course.locator('[data-notice="preview"]')).toBeVisible();
	await course.getByRole('link', { name: t('player_start_course') }).click();
	await expect(heading(course)).not.toHaveText('Te');
	await closeTab(page);
	expect([countOf('events'), countOf('dispatch_seats')]).toEqual(before);
	const { calls } = await lms.record(context, 'review');
	expect(calls.filter(([name]) => name === 'LMSSetValue')).toEqual([]);
});

test('without an LMS, and without a name for the learner, it says so', async ({ context }) => {
	await upload('nobody');
	const alone = await launch(context, 'nobody', '?none');
	await expect(alone.thin.getByRole('status')).toHaveText(t('dispatch_page_no_lms'));
	await as(context, 'nobody', '');
	const nameless = await launch(context, 'nobody');
	await expect(said(nameless.course)).toHaveText(t('dispatch_nobody'));
});

test('a server that cannot be reached is named, and found again', async ({ context, page }) => {
	await upload('blocked');
	// The network lets nothing through at first.
	const blocked = `${server.origin}/embed/**`;
	await context.route(blocked, (route) => route.abort('connectionrefused'));
	await page.goto(`${lms.origin}/blocked/lms`);
	const thin = page.frameLocator('#scorm_object');
	await expect(thin.getByRole('status')).toContainText(server.origin, { timeout: 30_000 });
	await context.unroute(blocked);
	await thin.getByRole('button', { name: t('package_try_again') }).click();
	await expect(heading(thin.frameLocator('iframe'))).toBeVisible();
	await expect(thin.getByRole('status')).toBeHidden();
});

test('a page of another origin can neither frame the player nor talk to it', async ({
	context,
	page,
	request,
}) => {
	const { id } = await upload('guest');
	const address = `${server.origin}/embed/${id}/index.html`;
	const policy = (await request.get(address)).headers()['content-security-policy'];
	expect(policy).toContain(`frame-ancestors ${lms.origin}`);
	// Other pages keep theirs.
	const other = await request.get(`${server.origin}/da`);
	expect(other.headers()['content-security-policy']).toContain("frame-ancestors 'self'");

	const stranger = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end(`<iframe src="${address}"></iframe>`);
	});
	stranger.listen(0, '127.0.0.1');
	await once(stranger, 'listening');
	const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
	const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
	await page.goto(elsewhere);
	await refused;
	await expect(page.frameLocator('iframe').locator('#app')).toHaveCount(0);

	// The LMS's page lets a stranger in beside the package: it speaks to both and is not heard.
	const { page: launched, course, thin } = await launch(context, 'guest');
	await expect(heading(course)).toBeVisible();
	const before = (await lms.record(context, 'guest')).calls.length;
	await launched.evaluate(async (from) => {
		const frame = document.createElement('iframe');
		frame.src = from;
		document.body.append(frame);
		await new Promise((done) => (frame.onload = done));
	}, `${elsewhere}/`);
	const evil = launched.frames().find((frame) => frame.url().startsWith(elsewhere))!;
	await evil.evaluate(() => {
		const channel = new MessageChannel();
		const fake = { v: 1, kind: 'hello', scorm: 'scorm12', token: 'x' };
		const outer = parent.frames[0]!;
		outer.postMessage({ v: 1, kind: 'ready' }, '*');
		outer.frames[0]!.postMessage(fake, '*', [channel.port2]);
		(window as unknown as { heard: unknown[] }).heard = [];
		channel.port1.onmessage = ({ data }) =>
			(window as unknown as { heard: unknown[] }).heard.push(data);
		addEventListener('message', ({ data }) =>
			(window as unknown as { heard: unknown[] }).heard.push(data),
		);
	});
	await course.getByRole('link', { name: t('player_start_course') }).click();
	await course.getByRole('link', { name: t('player_continue'), exact: true }).click();
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	expect(await evil.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
	await expect(thin.getByRole('status')).toBeHidden();
	const calls = async () => (await lms.record(context, 'guest')).calls.length;
	await expect.poll(calls).toBeGreaterThan(before);
	stranger.closeAllConnections();
	stranger.close();
});

test('only the files of the player are served, and never the answers of the final test', async ({
	request,
}) => {
	const { id } = await upload('files');
	const address = `${server.origin}/embed/${id}`;
	const get = (path: string) => request.get(`${address}/${path}`, { maxRedirects: 0 });
	const page = await (await get('index.html')).text();
	const [script] = /assets\/[\w.-]+\.js/.exec(page)!;
	expect((await get(script)).headers()['cache-control']).toContain('immutable');
	for (const path of [
		'player.json',
		'scorm12.html',
		'..%2f..%2fhandler.js',
		'assets/..%2fplayer.json',
		'%2e%2e/%2e%2e/handler.js',
	])
		expect((await get(path)).status(), path).toBeGreaterThanOrEqual(400);
	const text = await (await get(script)).text();
	const answers = [...text.matchAll(/final-test-answers\.[\w.-]+?\.json/g)].map(([name]) => name);
	for (const name of answers) expect((await get(`assets/${name}`)).status(), name).toBe(404);

	// Without a session, or with another dispatch's, nothing is taken or told.
	const events = { learner: 'x', events: [{ id: 'y' }] };
	const headers = { origin: server.origin };
	const sent = await request.post(`${address}/events`, { headers, data: events });
	expect(sent.status()).toBe(401);
	expect((await get('final-test?language=da')).status()).toBe(401);
	const wrong = await request.post(`${address}/session`, {
		headers,
		data: { token: 'guessed', learner: 'karin', look: false, language: 'da' },
	});
	expect(wrong.status()).toBe(403);
	expect(await wrong.json()).toEqual({ message: t('dispatch_wrong_token') });
});
