import type { Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { strToU8, zipSync } from 'fflate';
import { findings } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const en = (key: string, values: Record<string, string | number> = {}) => t(key, values, 'en');
const settings = { ...env, COURSES_DIR: FIXTURES.courses, BUILD_DIR: FIXTURES.build };
const folder = mkdtempSync(join(tmpdir(), 'previewed-'));

/** Makes a package of the tiny course by the command; the path of its zip. */
function packageOf(format: string, ...options: string[]): string {
	const command = ['package', '--course', 'tiny', '--format', format, '--out', folder, ...options];
	const printed = execFileSync(execPath, ['src/cli/run.mjs', ...command], {
		env: settings,
		encoding: 'utf8',
	});
	return printed.trim().split('\n').at(-1)!;
}

function zipped(name: string, files: Record<string, string>): string {
	const path = join(folder, name);
	const content = Object.entries(files).map(([file, text]) => [file, strToU8(text)]);
	writeFileSync(path, zipSync(Object.fromEntries(content)));
	return path;
}

/** `npm run preview -- zip`, until it has said where. */
async function preview(zip: string): Promise<{ address: string; child: ChildProcess }> {
	const child = spawn(execPath, ['src/cli/run.mjs', 'preview', zip], {
		env: settings,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const address = await new Promise<string>((resolve, reject) => {
		let said = '';
		child.stdout.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const [, found] = /is at (http\S+)/.exec(said) ?? [];
			if (found) resolve(found);
		});
		child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
	});
	return { address, child };
}

/** The least that a unit of cmi5 does, by hand: token, launch data, "initialized", state, "completed". */
const CMI5 = {
	'cmi5.xml': `<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
		<course id="https://example.org/course"><title><langstring lang="en">By hand</langstring></title></course>
		<au id="https://example.org/unit" moveOn="Completed"><title><langstring lang="en">Unit</langstring></title><url>unit.html</url></au>
	</courseStructure>`,
	'unit.html': `<!doctype html><html lang="en"><title>Unit</title><p id="said"></p><button>Complete</button><p role="status"></p>
	<script type="module">
		const launch = new URLSearchParams(location.search);
		const given = (name) => launch.get(name);
		const { 'auth-token': token } = await (await fetch(given('fetch'), { method: 'POST' })).json();
		const call = (resource, options = {}) => fetch(given('endpoint') + resource, { ...options, headers: {
			authorization: 'Basic ' + token, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' } });
		const state = (stateId) => 'activities/state?' + new URLSearchParams({ stateId,
			activityId: given('activityId'), agent: given('actor'), registration: given('registration') });
		const data = await (await call(state('LMS.LaunchData'))).json();
		const { extensions, contextActivities } = data.contextTemplate;
		const category = (...names) => names.map((name) => ({ id: 'https://w3id.org/xapi/cmi5/context/categories/' + name }));
		const say = (verb, result, ...categories) => call('statements', { method: 'POST', body: JSON.stringify({
			id: crypto.randomUUID(), timestamp: new Date().toISOString(), actor: JSON.parse(given('actor')),
			verb: { id: 'http://adlnet.gov/expapi/verbs/' + verb }, object: { id: given('activityId') }, result,
			context: { registration: given('registration'), extensions,
				contextActivities: { ...contextActivities, category: category('cmi5', ...categories) } } }) });
		await say('initialized');
		const before = await call(state('place'));
		// Said once the place is kept: whoever waits for these words may open it anew at once.
		await call(state('place'), { method: 'PUT', body: '"here"' });
		said.textContent = data.launchMode + ', state: ' + (before.ok ? await before.json() : 'none');
		document.querySelector('button').onclick = async () => {
			const { status } = await say('completed', { completion: true, duration: 'PT1S' }, 'moveon');
			document.querySelector('[role=status]').textContent = status;
		};
	</script>`,
};

const course = (page: Page) => page.frameLocator('iframe');
const calls = (page: Page, name: string) =>
	page
		.getByRole('list', { name: en('preview_calls') })
		.getByRole('listitem')
		.filter({ hasText: name });
const value = (page: Page, element: string) => page.locator(`[data-element="${element}"] > code`);
const press = (page: Page, key: string) =>
	page.getByRole('button', { name: en(key), exact: true }).click();
const saved = (page: Page) => course(page).locator('[data-state="saved"]');

/** Goes to the vignette of the tiny course, as a link in it would. */
async function toAnna(page: Page): Promise<void> {
	await expect(course(page).getByRole('heading', { level: 1 })).toBeVisible();
	await page.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
		frame.contentWindow!.location.hash = '#/en/hello/anna';
	});
}

async function say(page: Page, words: string): Promise<void> {
	await course(page).getByRole('button', { name: words }).click();
}

test.describe('on this machine', () => {
	let running: ChildProcess | undefined;
	test.afterEach(() => void running?.kill());
	async function open(page: Page, zip: string): Promise<void> {
		const { address, child } = await preview(zip);
		running = child;
		await page.goto(`${address}?lang=en`);
	}

	test('a package is played: calls, data, an LMS that goes away, and time travel', async ({
		page,
	}) => {
		await open(page, packageOf('scorm12'));
		await expect(page.getByRole('heading', { level: 1, name: 'Lille kursus' })).toBeVisible();
		await toAnna(page);
		await say(page, 'How was it?');
		await expect(calls(page, 'LMSSetValue cmi.suspend_data').first()).toContainText('"true"');
		await expect(value(page, 'cmi.core.lesson_status')).toContainText('incomplete');
		await expect(value(page, 'cmi.core.lesson_location')).toContainText('hello/anna');
		await expect(
			course(page).getByRole('button', { name: 'Which kind do you like?' }),
		).toBeVisible();
		await expect(saved(page)).toBeVisible();
		// The package is a document of its own, with landmarks of its own.
		expect(await findings(page)).toEqual([]);
		const first = await value(page, 'cmi.suspend_data').textContent();
		const moments = page.getByLabel(en('preview_moment'));
		const then = (await moments.locator('option').count()) - 1;

		// The LMS goes away: the learner is told, and nothing is lost when it is back.
		const lms = page.getByLabel(en('preview_lms'), { exact: true });
		await lms.selectOption('throws');
		await say(page, 'Which kind do you like?');
		await expect(course(page).locator('[data-state="offline"]')).toBeVisible();
		await expect(calls(page, 'LMSCommit').last()).toContainText(en('preview_threw'));
		await lms.selectOption('none');
		await expect(saved(page)).toBeVisible();
		await expect(value(page, 'cmi.suspend_data')).not.toHaveText(first!);

		// Back to the commit of then: the first choice is there, the second is not.
		await moments.selectOption({ index: then });
		await expect(value(page, 'cmi.suspend_data')).toContainText(first!.trim());
		await press(page, 'preview_from_here');
		await expect(value(page, 'cmi.core.entry')).toContainText('resume');
		await expect(
			course(page).getByRole('button', { name: 'Which kind do you like?' }),
		).toBeVisible();
		await say(page, 'Which kind do you like?');
		await expect(saved(page)).toBeVisible();

		await press(page, 'preview_resume');
		await expect(calls(page, 'LMSFinish').last()).toContainText('"true"');
		await expect(course(page).getByText('Which kind do you like?').first()).toBeVisible();
		// What the LMS lost is on this computer; at another one it is gone.
		await press(page, 'preview_lost');
		await expect(course(page).getByText('Which kind do you like?').first()).toBeVisible();
		await expect(value(page, 'cmi.suspend_data')).toContainText('R1');
		await page.getByLabel(en('preview_elsewhere')).check();
		await press(page, 'preview_lost');
		await expect(
			course(page).getByRole('heading', { level: 1, name: 'Lille kursus' }),
		).toBeVisible();
		await expect(value(page, 'cmi.suspend_data')).toHaveCount(0);
	});

	test('the parts of a split SCORM 2004 package are chosen from, each with data of its own', async ({
		page,
	}) => {
		await open(page, packageOf('scorm2004-4th', '--split', 'lessons'));
		await toAnna(page);
		await say(page, 'How was it?');
		await expect(value(page, 'cmi.completion_status')).toContainText('incomplete');
		await expect(saved(page)).toBeVisible();
		const parts = page.getByLabel(en('preview_item'), { exact: true });
		await parts.selectOption({ index: 1 });
		await expect(value(page, 'cmi.entry')).toContainText('ab-initio');
		await parts.selectOption({ index: 0 });
		await expect(value(page, 'cmi.entry')).toContainText('resume');
		await page.getByLabel(en('preview_mode'), { exact: true }).selectOption('review');
		await expect(value(page, 'cmi.credit')).toContainText('no-credit');
		await expect(course(page).locator('[data-notice="preview"]')).toBeVisible();
	});

	test('a cmi5 package speaks to a store: statements, what is wrong with them, a store that is away', async ({
		page,
	}) => {
		await open(page, zipped('cmi5.zip', CMI5));
		const statements = page.getByRole('list', { name: en('preview_statements') });
		const rows = statements.getByRole('listitem');
		await expect(course(page).getByText('Normal, state: none')).toBeVisible();
		await expect(rows.filter({ hasText: 'initialized' })).toHaveCount(1);
		await course(page).getByRole('button', { name: 'Complete' }).click();
		await expect(course(page).getByRole('status')).toHaveText('200');
		await expect(rows.filter({ hasText: 'completed' })).not.toContainText(en('preview_strict'));
		// Once more, which cmi5 forbids; then to a store that is away.
		await course(page).getByRole('button', { name: 'Complete' }).click();
		await expect(rows.filter({ hasText: '"completed" twice' })).toHaveCount(1);
		await page.getByLabel(en('preview_lms'), { exact: true }).selectOption('refuses');
		await course(page).getByRole('button', { name: 'Complete' }).click();
		await expect(course(page).getByRole('status')).toHaveText('503');
		await page.getByLabel(en('preview_lms'), { exact: true }).selectOption('none');
		await expect(statements).toContainText('503');
		expect(await findings(page)).toEqual([]);

		await press(page, 'preview_resume');
		await expect(course(page).getByText('Normal, state: here')).toBeVisible();
		await press(page, 'preview_lost_state');
		await expect(course(page).getByText('Normal, state: none')).toBeVisible();
		await page.getByLabel(en('preview_mode'), { exact: true }).selectOption('browse');
		await expect(course(page).getByText('Browse, state: here')).toBeVisible();
	});

	test('a static copy is launched as an xAPI package, and speaks to the store', async ({
		page,
	}) => {
		await open(page, packageOf('static'));
		await toAnna(page);
		await say(page, 'How was it?');
		const statements = page.getByRole('list', { name: en('preview_statements') });
		const rows = statements.getByRole('listitem');
		await expect(rows.filter({ hasText: 'answered' })).toHaveCount(1);
		await expect(statements).not.toContainText(en('preview_strict'));
	});

	test('a package is refused with its place and reason', () => {
		const tell = (zip: string) => {
			try {
				execFileSync(execPath, ['src/cli/run.mjs', 'preview', zip], {
					env: settings,
					stdio: 'pipe',
				});
			} catch (error) {
				return String((error as { stderr: Buffer }).stderr).trim();
			}
			throw new Error('It was taken');
		};
		const outside = zipped('outside.zip', { '../outside.txt': 'x' });
		expect(tell(outside)).toContain(en('preview_problem_name', { entry: '../outside.txt' }));
		const inFolder = zipped('folder.zip', { 'course/imsmanifest.xml': '<manifest/>' });
		expect(tell(inFolder)).toContain('course');
	});
});

test.describe('on the server', () => {
	let server: Running;
	test.beforeAll(async () => {
		server = await startServer(FIXTURES);
	});
	test.afterAll(async () => server.stop());

	test('an administrator looks at a package; one that is hostile is refused', async ({ page }) => {
		await becomeAdministrator(page, server);
		await page.getByRole('link', { name: t('preview_heading') }).click();
		await expect(page.getByText(t('preview_none'))).toBeVisible();

		const upload = async (zip: string) => {
			await page.getByLabel(t('preview_file')).setInputFiles(zip);
			await page.getByRole('button', { name: t('preview_upload') }).click();
		};
		await upload(zipped('outside.zip', { '../outside.txt': 'x' }));
		await expect(page.getByRole('alert')).toContainText('../outside.txt');
		await upload(zipped('bomb.zip', { 'imsmanifest.xml': ' '.repeat(30_000_000) }));
		await expect(page.getByRole('alert')).toContainText('imsmanifest.xml');
		await expect(page.getByText(t('preview_none'))).toBeVisible();
		await upload(packageOf('scorm12'));
		await expect(
			page.getByText(t('preview_ready', { name: 'tiny-1.0.0-scorm12.zip' })),
		).toBeVisible();
		expect(await findings(page)).toEqual([]);

		const opened = page.waitForEvent('popup');
		await page.getByRole('link', { name: t('preview_open') }).click();
		const stage = await opened;
		await toAnna(stage);
		await say(stage, 'How was it?');
		await expect(saved(stage)).toBeVisible();
		const address = new URL(stage.url());
		expect(address.origin).not.toBe(new URL(page.url()).origin);
		// What a package can do from there: not read the session, not act for the person.
		expect(await stage.evaluate(() => [document.cookie, window.opener])).toEqual(['', null]);
		const acted = await page.request.post(`${server.origin}/api/previews`, {
			headers: { origin: address.origin, 'content-type': 'application/json' },
			data: { name: 'x.zip' },
		});
		expect(acted.status()).toBe(403);

		await page.getByRole('button', { name: t('preview_remove') }).click();
		await expect(page.getByText(t('preview_none'))).toBeVisible();
		expect((await page.request.get(address.href)).status()).toBe(404);
	});

	test('a learner is refused, and so is who guesses', async ({ page, playwright }) => {
		await page.goto(`${server.origin}/da/register`);
		await page.getByLabel(t('auth_name'), { exact: true }).fill('Ida Holm');
		await page.getByLabel(t('auth_email')).fill('ida@example.org');
		await page.getByLabel(t('auth_password'), { exact: true }).fill('en lang adgangskode');
		await page.getByRole('button', { name: t('auth_register') }).click();
		await expect(page.getByRole('link', { name: t('layout_my_page') })).toBeVisible();
		expect((await page.goto(`${server.origin}/da/preview`))!.status()).toBe(403);
		await expect(page.getByText(t('preview_only'))).toBeVisible();
		const headers = { origin: server.origin, 'content-type': 'application/json' };
		const asked = { headers, data: { name: 'x.zip' } };
		expect((await page.request.post(`${server.origin}/api/previews`, asked)).status()).toBe(403);
		const removed = await page.request.post(`${server.origin}/da/preview?/remove`, {
			headers: { origin: server.origin },
			form: { token: 'x'.repeat(32) },
		});
		expect(removed.status()).toBe(403);

		const nobody = await playwright.request.newContext();
		const address = `${server.origin}/da/preview`;
		expect((await nobody.get(address, { maxRedirects: 0 })).status()).toBe(303);
		expect((await nobody.post(`${server.origin}/api/previews`, asked)).status()).toBe(403);
		const guessed = await nobody.put(`${server.origin}/api/previews/${'A'.repeat(32)}`, {
			data: 'zip',
		});
		expect(guessed.status()).toBe(404);
		await nobody.dispose();
	});
});
