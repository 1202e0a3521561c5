import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { gzipSync } from 'node:zlib';
import { findings } from '../support/accessible.ts';
import { serveCopy, type Copy } from '../support/copies.ts';
import { makePackage } from '../support/packages.ts';
import { t } from '../support/texts.ts';

/** The first version, and a later one of which the first conversation begins otherwise. */
let first: string;
let second: string;
let copy: Copy;

test.beforeAll(() => {
	test.setTimeout(240_000);
	first = makePackage('tiny', 'static');
	second = laterVersion();
});

let foreign: string[];
let errors: string[];
test.beforeEach(async ({ context }) => {
	copy = await serveCopy(first);
	foreign = [];
	errors = [];
	context.on('request', (request) => {
		if (
			new URL(request.url()).origin !== new URL(copy.address).origin &&
			!/^(data|blob):/.test(request.url())
		)
			foreign.push(request.url());
	});
	context.on('weberror', (error) => errors.push(error.error().message));
});
test.afterEach(async () => {
	await copy.close();
	expect(foreign, 'requests to elsewhere').toEqual([]);
	expect(errors, 'script errors').toEqual([]);
});

/** Builds the tiny course once more, changed as courses change. */
function laterVersion(): string {
	mkdirSync('test-results', { recursive: true });
	const dir = mkdtempSync(join('test-results', 'later-'));
	cpSync('tests/fixtures/courses', join(dir, 'courses'), { recursive: true });
	const edit = (path: string, from: string, to: string) => {
		const file = join(dir, 'courses/tiny', path);
		const text = readFileSync(file, 'utf8');
		if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
		writeFileSync(file, text.replaceAll(from, to));
	};
	edit('course.yaml', "'1.0.0'", "'1.1.0'");
	edit('01-basics/01-hello/vignette.yaml', 'Which kind do you like?', 'What do you drink?');
	const printed = execFileSync(
		execPath,
		['src/cli/run.mjs', 'package', '--course', 'tiny', '--format', 'static', '--out', dir],
		{
			env: { ...env, COURSES_DIR: join(dir, 'courses'), BUILD_DIR: join(dir, 'build') },
			encoding: 'utf8',
		},
	);
	return printed
		.trim()
		.split('\n')
		.at(-1)!
		.replace(/\.zip$/, '');
}

const choice = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const offer = (page: Page) => page.locator('[data-update]');
const isStored = (page: Page) => expect(page.locator('[data-stored="true"]')).toBeAttached();
const goTo = (page: Page, place: string) =>
	page.evaluate((hash) => void (location.hash = hash), `#/${place}`);

type State = 'none' | 'installing' | 'waiting' | 'active';

/** How far the newest worker of the copy has come, seen from any page of its server. */
async function isWorker(page: Page, state: State): Promise<void> {
	const now = () =>
		page.evaluate(async (address): Promise<State> => {
			const registration = await navigator.serviceWorker.getRegistration(address);
			if (!registration) return 'none';
			if (registration.installing) return 'installing';
			return registration.waiting ? 'waiting' : 'active';
		}, copy.address);
	await expect.poll(now).toBe(state);
}

/** Asks for a new version, as a page does when one comes back to it. */
const lookForUpdate = (page: Page) =>
	page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

async function versions(page: Page): Promise<number> {
	return page.evaluate(async () => (await caches.keys()).length);
}

test('the copy can be installed: its manifest and icons are as browsers ask', async ({
	context,
}) => {
	const { page } = await copy.open(context, 'en');
	await isStored(page);
	const devtools = await context.newCDPSession(page);
	const { errors, data } = await devtools.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
	// A browser of tests is always a private one.
	expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
	const manifest = JSON.parse(data!) as {
		name: string;
		lang: string;
		icons: { src: string; sizes: string; purpose: string }[];
	};
	expect(manifest).toMatchObject({ name: 'Lille kursus', lang: 'da', start_url: 'index.html' });
	expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
	for (const { src, sizes } of manifest.icons) {
		const width = await page.evaluate(async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return image.naturalWidth;
		}, src);
		if (sizes !== 'any') expect(`${width}x${width}`).toBe(sizes);
	}
});

test('after the first visit everything works without a connection, in both languages', async ({
	context,
}) => {
	const { page } = await copy.open(context, 'da/hello/welcome');
	await isStored(page);
	// Every file was asked for once at most, but for the page, which is checked.
	const twice = copy.asked.filter((one, at) => copy.asked.indexOf(one) !== at);
	expect([...new Set(twice)].filter((one) => one.startsWith('assets/'))).toEqual([]);
	await copy.unplug();

	await goTo(page, 'en/bye');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await goTo(page, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	await page.close();

	const later = await copy.open(context);
	await expect(choice(later.page, 'Which kind do you like?')).toBeVisible();
	for (const place of ['da/search', 'da/metaphors', 'en/cards', 'da/final-test']) {
		await goTo(later.page, place);
		await expect(later.page.getByRole('heading', { level: 1 })).toBeVisible();
	}
	await expect(later.page.getByRole('alert')).toHaveCount(0);
});

test('a new version is offered, never in the middle of an activity, and takes over when one agrees', async ({
	context,
}) => {
	const { page } = await copy.open(context, 'en/hello/anna');
	await isStored(page);
	await choice(page, 'How was it?').click();
	await expect(choice(page, 'Which kind do you like?')).toBeVisible();
	const beside = (await copy.open(context, 'en/hello/welcome')).page;
	await expect(beside.getByRole('heading', { level: 1 })).toBeVisible();

	copy.folder = second;
	await lookForUpdate(page);
	await isWorker(page, 'waiting');
	await expect(choice(page, 'Which kind do you like?')).toBeVisible();
	await expect(offer(page)).toHaveCount(0);

	await goTo(page, 'en');
	await expect(offer(page)).toHaveText(new RegExp(t('copy_update', {}, 'en')));
	expect(await findings(page)).toEqual([]);
	await goTo(page, 'en/hello/anna');
	await expect(offer(page)).toHaveCount(0);
	await goTo(page, 'en');
	const reloaded = page.waitForEvent('load');
	await offer(page).getByRole('button').click();
	await reloaded;

	await goTo(page, 'en/hello/anna');
	await expect(page.getByText('How was it?')).toBeVisible();
	await choice(page, 'What do you drink?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();

	// The page beside is still of the old version: it finds its files, and is offered the new one.
	expect(await versions(page)).toBe(2);
	await copy.unplug();
	await expect(offer(beside)).toBeVisible();
	await goTo(beside, 'da/bye');
	await expect(beside.locator('html')).toHaveAttribute('lang', 'da');
	await expect(beside.getByRole('alert')).toHaveCount(0);
});

test('without a word of the learner the new version is there at the next start', async ({
	context,
}) => {
	const { page } = await copy.open(context, 'en');
	await isStored(page);
	copy.folder = second;
	await lookForUpdate(page);
	await isWorker(page, 'waiting');
	// Somewhere else on the same server, one sees what becomes of it.
	const elsewhere = await context.newPage();
	await elsewhere.goto(new URL('/', copy.address).href);
	await page.close();
	await isWorker(elsewhere, 'active');

	const later = (await copy.open(context, 'en/hello/anna')).page;
	await choice(later, 'How was it?').click();
	await expect(choice(later, 'What do you drink?')).toBeVisible();
	expect(await versions(later)).toBe(1);
});

test('a version that cannot be fetched whole changes nothing', async ({ context }) => {
	const isIcon = (path: string) => path.startsWith('icons/maskable');
	copy.broken.add('icons/maskable-512.png');
	const { page } = await copy.open(context, 'en/hello/anna');
	await expect(choice(page, 'How was it?')).toBeVisible();
	await expect.poll(() => copy.asked.some(isIcon)).toBe(true);
	await isWorker(page, 'none');
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();

	// It goes on at the next visit, with what was missing.
	copy.broken.clear();
	copy.asked.length = 0;
	await page.reload();
	await isStored(page);
	expect(copy.asked.filter((path) => path.startsWith('assets/bye'))).toEqual([]);

	// And neither does a server that answers everything with a page, or has a new version by half.
	copy.folder = second;
	const broken = 'manifest.json';
	copy.broken.add(broken);
	copy.asked.length = 0;
	await lookForUpdate(page);
	await expect.poll(() => copy.asked.includes(broken)).toBe(true);
	await isWorker(page, 'active');
	await copy.unplug();
	await page.reload();
	await expect(choice(page, 'Which kind do you like?')).toBeVisible();
	await expect(offer(page)).toHaveCount(0);
});

test('a record is taken along to another browser by a file', async ({ context, browser }) => {
	const { page } = await copy.open(context, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	await goTo(page, 'en');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: t('copy_save', {}, 'en') }).click();
	const file = await (await download).path();

	const other = await browser.newContext();
	const there = (await copy.open(other, 'en')).page;
	const input = there.getByLabel(t('copy_load', {}, 'en'));
	await input.setInputFiles({ name: 'x.json', mimeType: '', buffer: Buffer.from('{"events":[]}') });
	await expect(there.getByText(t('copy_unreadable', {}, 'en'))).toBeVisible();
	await expect(there.getByRole('link', { name: t('player_start_course', {}, 'en') })).toBeVisible();
	await input.setInputFiles(file);
	await expect(there.getByText(t('copy_loaded', {}, 'en'))).toBeVisible();
	expect(await findings(there)).toEqual([]);
	await there.setViewportSize({ width: 320, height: 640 });
	const width = await there.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(320);
	await there.getByRole('link', { name: t('player_resume_lesson', {}, 'en') }).click();
	await expect(choice(there, 'Which kind do you like?')).toBeVisible();
	await goTo(there, 'en');
	await input.setInputFiles(file);
	await expect(there.getByText(t('copy_loaded_before', {}, 'en'))).toBeVisible();
	await other.close();
});

test('a browser without service workers just needs its connection', async ({ context }) => {
	await context.addInitScript(() => {
		Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
	});
	const { page } = await copy.open(context, 'en');
	await expect(page.getByText(t('copy_here', {}, 'en'))).toBeVisible();
	await expect(page.getByText(t('copy_stored', {}, 'en'))).toHaveCount(0);
	await goTo(page, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
});

test('the first lesson does not wait for the rest: 60 KB of script and 10 requests', async ({
	context,
}) => {
	const real = makePackage('rygsamtalen', 'static');
	expect(statSync(`${real}.zip`).size).toBeLessThan(1024 * 1024);
	copy.folder = real;
	const { page } = await copy.open(context, 'en/dialogue-from-the-person/karin');
	await expect(page.getByRole('heading', { name: t('vignette_now', {}, 'en') })).toBeVisible();
	await expect(page.locator('.copy')).toBeAttached();
	const before = await requestsOf(context, page);
	const script = before.filter((path) => path.endsWith('.js'));
	const size = (path: string) => gzipSync(readFileSync(join(real, path))).length;
	expect(script.reduce((sum, path) => sum + size(path), 0)).toBeLessThanOrEqual(60_000);
	expect(before.length).toBeLessThanOrEqual(10);
	await isStored(page);
});

/** What the page itself asked for until now, without the worker. */
async function requestsOf(_: BrowserContext, page: Page): Promise<string[]> {
	const names = await page.evaluate(() => [
		location.href,
		...performance.getEntriesByType('resource').map(({ name }) => name),
	]);
	return names.map((name) => new URL(name).href.slice(copy.address.length).replace(/#.*/, ''));
}
