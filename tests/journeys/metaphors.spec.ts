import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const GALLERY = '/en/courses/rygsamtalen/metaphors';
const ALL = readdirSync('courses/rygsamtalen/metaphors');

test('anybody finds all ten metaphors, without an account', async ({ page, server }) => {
	await page.goto(`${server.origin}/en/courses/rygsamtalen`);
	await page.getByRole('link', { name: t('metaphor_gallery', {}, 'en') }).click();
	await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(10);
	await page.getByRole('link', { name: /When the cup runs over/ }).click();
	await page.getByRole('button', { name: 'A bad night' }).click();
	await expect(page.getByText('It rises. Nothing is felt yet.')).toBeVisible();
	await page.getByRole('link', { name: t('metaphor_all', {}, 'en') }).click();
	await expect(page).toHaveURL(server.origin + GALLERY);
	expect(await page.context().cookies()).not.toContainEqual(
		expect.objectContaining({ name: 'session' }),
	);
});

for (const id of ALL)
	test(`${id} is moved by keyboard, shown to a patient, and light`, async ({ page, server }) => {
		const scripts = new Map<string, number>();
		page.on('response', async (response) => {
			if (response.request().resourceType() === 'script')
				scripts.set(response.url(), gzipSync(await response.body()).length);
		});
		await page.goto(`${server.origin}${GALLERY}/${id}`);
		await expect(page.locator('html[data-alive]')).toBeAttached();

		const figure = page.getByRole('figure');
		const drawn = () =>
			figure
				.locator('svg')
				.first()
				.evaluate((svg) => svg.outerHTML);
		const before = await drawn();
		// The last of its controls alone, by a key, moves every picture.
		const control = figure.locator('.controls').locator('button, input').last();
		await control.focus();
		const isRange = (await control.getAttribute('type')) === 'range';
		await page.keyboard.press(isRange ? 'ArrowRight' : 'Enter');
		await expect.poll(drawn).not.toBe(before);

		const show = figure.getByRole('button', { name: t('metaphor_show', {}, 'en') });
		await show.click();
		const stage = page.getByRole('dialog');
		await expect(stage.getByRole('img')).toBeVisible();
		const box = (await stage.boundingBox())!;
		expect([box.width, box.height]).toEqual([
			page.viewportSize()!.width,
			page.viewportSize()!.height,
		]);
		await page.keyboard.press('Escape');
		await expect(stage).toBeHidden();
		await expect(show).toBeFocused();

		await page.emulateMedia({ media: 'print' });
		await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
		await expect(figure.getByRole('img')).toHaveCount(1);
		await expect(figure.locator('.controls')).toHaveCount(2);
		await expect(figure.locator('.controls').first()).toBeHidden();

		// The picture itself is the largest script beside the page's own; the budget is exact.
		const own = [...scripts].filter(([url]) => /chunks/.test(url)).map(([, size]) => size);
		expect(own.filter((size) => size < 20_000).every((size) => size <= 8 * 1024)).toBe(true);
	});
