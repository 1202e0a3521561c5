import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

/* What is done while the page is there and its script is not counts. */

/** Opens a page whose scripts wait. @returns what lets them come */
async function openWithoutScript(page: Page, address: string): Promise<() => void> {
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/*.js', async (route) => {
		await held;
		await route.continue();
	});
	await page.goto(address, { waitUntil: 'commit' });
	return release;
}

test('a choice made before the script has come counts', async ({ page, tiny }) => {
	const release = await openWithoutScript(page, `${tiny.origin}/da/courses/tiny/hello/anna`);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	release();
	await expect(page.getByRole('log')).toContainText('Lang. Tak, fordi du spørger.');
});

test('words typed before the script has come stay', async ({ page, tiny }) => {
	const release = await openWithoutScript(page, `${tiny.origin}/da/courses/tiny/hello/my-tea`);
	const words = page.getByLabel(t('activity_your_words'));
	await words.fill('Min kop');
	release();
	await expect(page.locator('html[data-alive]')).toBeAttached();
	await page.getByRole('button', { name: t('activity_done'), exact: true }).click();
	await expect(page.getByText(t('activity_reflection_done'))).toBeVisible();
	await expect(words).toHaveValue('Min kop');
});

test('what was read and left before the script had come is read', async ({ page, tiny }) => {
	const release = await openWithoutScript(page, `${tiny.origin}/da/courses/tiny/hello`);
	await page.getByRole('link', { name: t('player_continue'), exact: true }).click();
	await expect(page).toHaveURL(/\/hello\/anna$/);
	// One may look and go on before it has come to that page, too.
	await page.getByRole('link', { name: t('player_continue'), exact: true }).click();
	await expect(page).toHaveURL(/\/hello\/warm-up$/);
	release();
	const standing = page.getByTestId('standing');
	await expect(standing).toContainText(t('player_steps', { done: 1, steps: 5 }));
	await page.goto(`${tiny.origin}/da/courses/tiny/hello`);
	await expect(standing).toContainText(t('player_steps', { done: 1, steps: 5 }));
});

test('where the browser keeps nothing, what can be made good still is', async ({ page, tiny }) => {
	await page.addInitScript(() => {
		const refuse = () => {
			throw new DOMException('Refused.', 'SecurityError');
		};
		for (const one of ['localStorage', 'sessionStorage', 'indexedDB'])
			Object.defineProperty(window, one, { get: refuse });
	});
	const troubles: Error[] = [];
	page.on('pageerror', (error) => troubles.push(error));
	const release = await openWithoutScript(page, `${tiny.origin}/da/courses/tiny/hello`);
	await page.getByRole('link', { name: t('player_continue'), exact: true }).click();
	await expect(page).toHaveURL(/\/hello\/anna$/);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	release();
	await expect(page.getByRole('log')).toContainText('Lang. Tak, fordi du spørger.');
	expect(troubles).toEqual([]);
});

test('“Continue” in a tab of its own leaves this one where it is, and the step is read', async ({
	context,
	page,
	tiny,
}) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/hello`);
	const opened = context.waitForEvent('page');
	await page
		.getByRole('link', { name: t('player_continue'), exact: true })
		.click({ modifiers: ['Control'] });
	await expect(await opened).toHaveURL(/\/hello\/anna$/);
	await expect(page).toHaveURL(/\/hello$/);
	const standing = page.getByTestId('standing');
	await expect(standing).toContainText(t('player_steps', { done: 1, steps: 5 }));
});
