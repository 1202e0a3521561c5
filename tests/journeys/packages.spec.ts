import { unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { FORMATS } from '../../src/lib/packages/formats.ts';
import { GUIDES } from '../../src/lib/guides/index.ts';
import { findings } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

let server: Running;
test.beforeAll(async () => void (server = await startServer(FIXTURES)));
test.afterAll(() => server?.stop());

test('whoever administers downloads every package, by the guide of their system', async ({
	page,
	browser,
}) => {
	// A guest, and somebody unknown, get nothing.
	const address = `${server.origin}/api/packages/tiny?format=scorm12`;
	expect((await page.request.get(address)).status()).toBe(403);
	await page.goto(`${server.origin}/da/packages`);
	await expect(page).toHaveURL(/\/da\/login$/);

	await becomeAdministrator(page, server);
	await expect(page.getByRole('link', { name: t('admin_records') }).first()).toBeVisible();

	await page.goto(`${server.origin}/da/courses/tiny`);
	await page.getByRole('link', { name: t('packages_on_course') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('packages_title'));
	expect(await findings(page)).toEqual([]);

	await page.getByLabel(t('packages_format_scorm2004_4th')).check();
	await page.getByLabel(t('packages_en')).check();
	await page.getByLabel(t('packages_split')).check();
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: t('packages_download') }).click();
	const download = await coming;
	expect(download.suggestedFilename()).toBe('tiny-1.0.0-scorm2004-4th-en-lessons.zip');
	const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
	const manifest = new TextDecoder().decode(files['imsmanifest.xml']);
	expect(manifest).toContain('<schemaversion>2004 4th Edition</schemaversion>');
	expect(manifest).toContain('index.html?part=bye');
	expect(Object.keys(files).filter((name) => name.includes('.da-'))).toEqual([]);

	for (const format of Object.keys(FORMATS)) {
		const response = await page.request.get(
			`${server.origin}/api/packages/tiny?format=${format}&languages=both`,
		);
		expect(response.headers()['content-type']).toBe('application/zip');
		expect(Object.keys(unzipSync(new Uint8Array(await response.body())))).toContain('index.html');
	}
	// What there is none of is refused, and says what to choose.
	for (const query of ['format=scorm13', 'format=static&items=lessons', '']) {
		const refused = await page.request.get(`${server.origin}/api/packages/tiny?${query}`);
		expect(refused.status()).toBe(400);
	}
	const unknown = await page.request.get(`${server.origin}/api/packages/nope?format=scorm12`);
	expect(unknown.status()).toBe(404);

	await page.getByRole('link', { name: /^Moodle/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		t('packages_guide_of', { name: 'Moodle' }),
	);
	expect(await findings(page)).toEqual([]);
	await page.setViewportSize({ width: 320, height: 700 });
	for (const { id } of GUIDES) {
		await page.goto(`${server.origin}/en/packages/${id}`);
		await expect(page.getByRole('listitem').first()).toBeVisible();
		const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
		expect(wide, `${id} is wider than the screen`).toBe(false);
	}

	// A learner with an account of their own is told that this is not for them.
	const other = await browser.newContext({ locale: 'da-DK' });
	const learner = await other.newPage();
	await learner.goto(`${server.origin}/da/register`);
	await learner.getByLabel(t('auth_name'), { exact: true }).fill('Karin');
	await learner.getByLabel(t('auth_email')).fill('karin@example.org');
	await learner.getByLabel(t('auth_password'), { exact: true }).fill('en anden adgangskode');
	await learner.getByRole('button', { name: t('auth_register') }).click();
	await expect(learner).toHaveURL(/\/da\/?(account)?$/);
	await learner.goto(`${server.origin}/da/packages`);
	await expect(learner.getByText(t('packages_only'))).toBeVisible();
	expect((await learner.request.get(address)).status()).toBe(403);
	await other.close();
});
