import { expect, test, type Page } from '@playwright/test';
import { VERBS } from '../../src/lib/xapi/iris.ts';
import { findings } from '../support/accessible.ts';
import { startCmi5Lms, type Cmi5Lms, type LaunchOptions } from '../support/cmi5-lms.ts';
import { makePackage } from '../support/packages.ts';
import { closeTab } from '../support/scorm-lms.ts';
import { t } from '../support/texts.ts';

/** What is cmi5's own; the journey that every delivery makes is in deliveries.spec.ts. */
let folder: string;
test.beforeAll(() => {
	test.setTimeout(240_000);
	folder = makePackage('tiny', 'cmi5');
});
let lms: Cmi5Lms;
test.beforeEach(async () => void (lms = await startCmi5Lms(folder)));
test.afterEach(async () => {
	expect(lms.complaints).toEqual([]);
	await lms.close();
});

const talk = (options?: LaunchOptions) => `${lms.launch(options)}#/en/hello/anna`;
const say = (page: Page, words: string) =>
	page.getByRole('button', { name: words, exact: true }).click();
const notice = (page: Page, name: string) => page.locator(`[data-notice="${name}"]`);
const verbs = () => lms.sessions.at(-1)!.statements.map(({ verb }) => verb.id);

// More script than elsewhere: the launch is read and statements are sent from the start.
test('the real course is light when it is launched: 65 KB of script, 120 KB in all', async ({
	page,
}) => {
	test.setTimeout(240_000);
	const real = await startCmi5Lms(makePackage('rygsamtalen', 'cmi5'));
	await page.goto(`${real.launch()}#/en/dialogue-from-the-person/karin`);
	await expect(page.getByRole('heading', { name: t('vignette_now', {}, 'en') })).toBeVisible();
	await page.waitForLoadState('networkidle');
	const total = (files: [string, number][]) => files.reduce((sum, [, size]) => sum + size, 0);
	const scripts = [...real.sent].filter(([path]) => path.endsWith('.js'));
	expect(total(scripts)).toBeLessThanOrEqual(65_000);
	expect(total([...real.sent])).toBeLessThanOrEqual(120_000);
	expect(real.complaints).toEqual([]);
	await real.close();
});

test('the learner leaves by the button, to where the LMS wants them', async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto(talk({ returnURL: true }));
	await say(page, 'How was it?');
	expect(await findings(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
	await page.getByRole('button', { name: t('package_leave', {}, 'en') }).click();
	await expect(page.getByRole('heading', { name: 'LMS' })).toBeVisible();
	await expect.poll(verbs).toContain(VERBS.answered);
	expect(verbs()[0]).toBe(VERBS.initialized);
	expect(verbs().at(-1)).toBe(VERBS.terminated);
});

test('a reload goes on; another tab is told that the link was used', async ({ page, context }) => {
	const address = talk();
	await page.goto(address);
	await say(page, 'How was it?');
	await expect(page.locator('[data-state="saved"]')).toBeVisible();
	await page.reload();
	await expect(notice(page, 'ended')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Which kind do you like?' })).toBeVisible();
	const other = await context.newPage();
	await other.goto(address);
	await expect(notice(other, 'launch-used')).toBeVisible();
	await closeTab(other);
});

test('a launch that lacks something says what', async ({ page }) => {
	await page.goto(talk({ without: ['fetch', 'actor'] }));
	await expect(notice(page, 'launch-incomplete')).toContainText('fetch, actor');
	await say(page, 'How was it?');
	await expect(page.locator('[data-state="local"]')).toBeVisible();
	await page.goto(`${lms.origin}/package/index.html`);
	await expect(notice(page, 'no-lms')).toBeVisible();
});

test('an LMS that goes away is told of, and gets everything when it is back', async ({ page }) => {
	await page.goto(talk());
	await expect.poll(verbs).toEqual([VERBS.initialized]);
	// What is fetched lazily comes from the same server as the package, which stays.
	lms.down = true;
	await say(page, 'How was it?');
	await expect(page.locator('[data-state="offline"]')).toBeVisible();
	lms.down = false;
	await expect(page.locator('[data-state="saved"]')).toBeVisible({ timeout: 30_000 });
	expect(verbs()).toContain(VERBS.answered);
	expect(lms.progress()).toContain('R1');
});

test('in review nothing is recorded', async ({ page }) => {
	await page.goto(talk({ mode: 'Review' }));
	await expect(notice(page, 'preview')).toBeVisible();
	await say(page, 'How was it?');
	await expect(page.getByRole('button', { name: 'Which kind do you like?' })).toBeVisible();
	await closeTab(page);
	await expect.poll(verbs).toEqual([VERBS.initialized, VERBS.terminated]);
	expect(lms.progress()).toBeUndefined();
});
