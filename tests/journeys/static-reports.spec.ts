import type { BrowserContext, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import xapiValidation from 'xapi-validation';
import { findings } from '../support/accessible.ts';
import { serveCopy, type Copy } from '../support/copies.ts';
import { startLrs, type Fate } from '../support/lrs.ts';
import { makePackage } from '../support/packages.ts';
import { FIXTURES } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const en = (key: string, values: Record<string, string | number> = {}) => t(key, values, 'en');
const validate = ((xapiValidation as unknown as { default?: typeof xapiValidation }).default ??
	xapiValidation) as unknown as (statement: object) => unknown[];

let fate: Fate = 'well';
let lrs: Awaited<ReturnType<typeof startLrs>>;
let copy: Copy | undefined;
test.beforeEach(async () => {
	fate = 'well';
	lrs = await startLrs(() => fate);
});
test.afterEach(async () => {
	await lrs.close();
	await copy?.close();
});

/** A copy whose page names the record store. */
async function reporting(setting: object = {}): Promise<Copy> {
	const file = join(mkdtempSync(join(tmpdir(), 'lrs-')), 'lrs.json');
	const given = { endpoint: lrs.endpoint, key: 'copy', secret: 'write-only', ...setting };
	writeFileSync(file, JSON.stringify(given));
	return (copy = await serveCopy(makePackage('tiny', 'static', '--lrs', file)));
}

/** A copy that knows of no record store. */
async function silent(): Promise<Copy> {
	return (copy = await serveCopy(makePackage('tiny', 'static')));
}

async function launch(
	context: BrowserContext,
	given: Record<string, string>,
	place = 'en/hello/anna',
): Promise<Page> {
	const page = await context.newPage();
	await page.goto(`${copy!.address}index.html?${new URLSearchParams(given)}#/${place}`);
	return page;
}

const choice = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const goTo = (page: Page, place: string) =>
	page.evaluate((hash) => void (location.hash = hash), `#/${place}`);
const said = () =>
	lrs.order.map(({ verb }) => verb.id.slice(verb.id.lastIndexOf('/') + 1)).join(' ');

test('what is done is told to the store that the page names, and the learner can see it', async ({
	context,
}) => {
	const { open } = await reporting();
	const { page } = await open(context, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await expect.poll(said).toContain('answered');
	expect(said()).toMatch(/^initialized initialized /);
	expect(lrs.headers.at(-1)).toMatchObject({
		authorization: `Basic ${Buffer.from('copy:write-only').toString('base64')}`,
		'x-experience-api-version': '1.0.3',
	});
	expect(lrs.order.flatMap((statement) => validate(statement))).toEqual([]);
	const accounts = new Set(lrs.order.map(({ actor }) => JSON.stringify(actor.account)));
	expect([...accounts]).toEqual([
		expect.stringMatching(/^\{"homePage":"http:.*\/courses\/tea\/","name":"[\da-f-]{36}"\}$/),
	]);
	await goTo(page, 'en');
	const { host } = new URL(lrs.endpoint);
	await expect(page.getByText(en('copy_reports', { host }))).toContainText(
		`${en('copy_reports_interactions')} ${en('copy_reports_number')}`,
	);
	expect(await findings(page)).toEqual([]);

	// The store goes away: the learner is told, goes on, and closes the course.
	fate = 'busy';
	await goTo(page, 'en/hello/anna');
	await choice(page, 'Which kind do you like?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	await goTo(page, 'en');
	await expect(page.getByText(en('copy_reports_waiting', { host }))).toBeVisible();
	const before = lrs.order.length;
	await page.close();

	// Back again, also in what was not told: once each.
	fate = 'well';
	const later = await open(context, 'en');
	await expect.poll(() => lrs.order.length).toBeGreaterThan(before);
	await expect(later.page.locator('[data-reports="saved"]')).toBeVisible();
	expect(said()).toContain('completed');
	expect(lrs.conflicts).toBe(0);
});

test('only results leave where the page says so', async ({ context }) => {
	const { open } = await reporting({ detail: 'results' });
	const { page } = await open(context, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await choice(page, 'Which kind do you like?').click();
	await expect.poll(said).toContain('progressed');
	expect(said()).not.toContain('answered');
	await goTo(page, 'en');
	await expect(page.getByText(en('copy_reports_results'))).toBeVisible();
});

test('a store that lets nobody in loses nothing of the record', async ({ context }) => {
	fate = 'shut';
	const { open } = await reporting();
	const { page } = await open(context, 'en/hello/anna');
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	await goTo(page, 'en');
	const { host } = new URL(lrs.endpoint);
	await expect(page.getByText(en('copy_reports_shut', { host }))).toBeVisible();
	await goTo(page, 'en/hello/anna');
	await expect(choice(page, 'Which kind do you like?')).toBeVisible();
});

test('launched by a record store, each learner has a record of their own', async ({ context }) => {
	await silent();
	const registration = '6f9b0d4e-3c1a-4b8e-9a55-0a2f5f0c7d11';
	const actor = (name: string) =>
		JSON.stringify({ name: [name], mbox: [`mailto:${name.toLowerCase()}@example.org`] });
	const given = (name: string) => ({
		endpoint: lrs.endpoint,
		auth: 'Basic YTpi',
		actor: actor(name),
		registration,
		activity_id: 'https://w3id.org/rygsamtalen/courses/tiny',
	});
	const ida = await launch(context, given('Ida'));
	await choice(ida, 'How was it?').click();
	await expect.poll(said).toContain('answered');
	const [first] = lrs.order as unknown as { actor: object; context: { registration: string } }[];
	expect(first!.actor).toEqual({ name: 'Ida', mbox: 'mailto:ida@example.org' });
	expect(first!.context.registration).toBe(registration);
	expect(lrs.headers.at(-1)).toMatchObject({ authorization: 'Basic YTpi' });
	expect(lrs.order.flatMap((statement) => validate(statement))).toEqual([]);
	await goTo(ida, 'en');
	const { host } = new URL(lrs.endpoint);
	await expect(ida.getByText(en('copy_reports_launched', { host }))).toBeVisible();
	await ida.close();

	const bo = await launch(context, given('Bo'));
	await expect(choice(bo, 'How was it?')).toBeVisible();
	await bo.close();
	const again = await launch(context, given('Ida'));
	await expect(choice(again, 'Which kind do you like?')).toBeVisible();
});

test('a launch that lacks something is told of by name; nobody is reported', async ({
	context,
}) => {
	await silent();
	const page = await launch(context, { endpoint: lrs.endpoint, registration: 'x' });
	await expect(page.locator('[data-notice="launch-incomplete"]')).toContainText(
		'actor, registration',
	);
	await choice(page, 'How was it?').click();
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	expect(lrs.requests).toBe(0);
});

test('a settings file that cannot be right makes no package', () => {
	const tell = (format: string, content: string) => {
		const file = join(mkdtempSync(join(tmpdir(), 'lrs-')), 'lrs.json');
		writeFileSync(file, content);
		const command = ['package', '--course', 'tiny', '--format', format, '--lrs', file];
		try {
			execFileSync(execPath, ['src/cli/run.mjs', ...command], {
				env: { ...env, COURSES_DIR: FIXTURES.courses, BUILD_DIR: FIXTURES.build },
				stdio: 'pipe',
			});
		} catch (error) {
			return String((error as { stderr: Buffer }).stderr);
		}
		return readFileSync(file, 'utf8');
	};
	expect(tell('static', '{"endpoint": "http://lrs.example.org/"}')).toContain(
		'lrs.json: endpoint: must begin with https://',
	);
	expect(tell('scorm12', '{}')).toContain('leave --lrs out');
});
