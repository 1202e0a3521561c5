import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const ANNA = '/da/courses/tiny/hello/anna';
const choice = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const saved = (page: Page) =>
	expect(page.getByRole('status').filter({ hasText: t('status_saved') })).toBeVisible();
const transcript = (page: Page) => page.getByRole('log');

test('a guest closes the tab in the middle of a conversation, comes back and finishes it', async ({
	context,
	tiny,
}) => {
	const first = await context.newPage();
	await first.goto(tiny.origin + ANNA);
	await choice(first, 'Min var værre, skal du bare høre.').click();
	await expect(transcript(first)).toContainText('Nå.');
	await saved(first);
	await first.close();

	const again = await context.newPage();
	await again.goto(`${tiny.origin}/da/courses/tiny/hello`);
	// The very step and the very turn, with what was said.
	await expect(again.getByRole('heading', { level: 1 })).toHaveText('Anna vil have te');
	await expect(transcript(again)).toContainText('Min var værre, skal du bare høre.');
	await choice(again, 'Undskyld, jeg afbrød. Fortæl.').click();
	await choice(again, 'Hvilken slags kan du lide?').click();
	await expect(again.getByRole('heading', { name: t('vignette_path') })).toBeVisible();
	await expect(again.getByText(t('vignette_points', { earned: 3, possible: 4 }))).toBeVisible();

	// Replay of a turn is a new attempt; the first one stays on record.
	await again.getByRole('button', { name: t('vignette_replay_turn', { n: 1 }) }).click();
	await choice(again, 'Hvordan gik den?').click();
	await choice(again, 'Hvilken slags kan du lide?').click();
	await expect(again.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
	await saved(again);
	await again.reload();
	await expect(again.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
	const of = (earned: number) => t('vignette_of_points', { earned, possible: 4 });
	await expect(
		again.getByText(t('vignette_first_and_best', { first: of(3), best: of(4) })),
	).toBeVisible();

	// The debrief leads to the metaphor, where a lesson shows it.
	await again.getByRole('link', { name: 'Kedlen' }).click();
	await expect(again).toHaveURL(/\/da\/courses\/tiny\/hello\/welcome$/);
	await expect(again.getByText('Den fløjter.').first()).toBeVisible();
});

test('the page is readable before any script runs', async ({ browser, tiny }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'da-DK' });
	const page = await context.newPage();
	await page.goto(tiny.origin + ANNA);
	await expect(page.getByText('Sikke en dag.')).toBeVisible();
	await expect(choice(page, 'Hvordan gik den?')).toBeVisible();
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/welcome`);
	await expect(page.getByText('Vand koger ved 100 grader.')).toBeVisible();
	await context.close();
});

test('one plays in one’s own profession, and stays in it', async ({ page, tiny }) => {
	await page.goto(tiny.origin + ANNA);
	await expect(page.getByText('Du er vært.')).toBeVisible();
	await page.getByLabel(t('vignette_play_as')).selectOption(t('profession_gp'));
	await expect(page.getByText('Du er hendes læge.')).toBeVisible();
	await expect(transcript(page)).toContainText('Sikke en dag, doktor.');
	await choice(page, 'Hvordan gik den?').click();
	await saved(page);
	await page.reload();
	await expect(transcript(page)).toContainText('Sikke en dag, doktor.');
	await expect(transcript(page)).toContainText('Lang. Tak, fordi du spørger.');
});

test('switching language in the middle keeps the turn and the answers', async ({ page, tiny }) => {
	await page.goto(tiny.origin + ANNA);
	await choice(page, 'Hvordan gik den?').click();
	await page.getByRole('link', { name: /English/ }).click();
	await expect(transcript(page)).toContainText('Long. Thank you for asking.');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anna wants tea');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await choice(page, 'Which kind do you like?').click();
	await expect(page.getByRole('heading', { name: 'Green tea' })).toBeVisible();
	await page.getByRole('link', { name: /Dansk/ }).click();
	await expect(page.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
});

test('what is typed stays when the language is switched', async ({ page, tiny }) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/my-tea`);
	await expect(page.locator('html[data-alive]')).toBeVisible();
	await page.getByLabel(t('activity_your_words')).fill('Med mælk.');
	await page.getByRole('link', { name: /English/ }).click();
	await expect(page.getByLabel(t('activity_your_words', {}, 'en'))).toHaveValue('Med mælk.');
});

test('without a connection one goes on, and everything arrives afterwards, once', async ({
	context,
	page,
	tiny,
}) => {
	await page.goto(tiny.origin + ANNA);
	// What the rest of the lesson needs is fetched from the first press that the page hears.
	await expect(page.locator('html[data-alive]')).toBeVisible();
	await choice(page, 'Hvordan gik den?').click();
	await saved(page);
	await page.waitForLoadState('networkidle');
	await context.setOffline(true);
	await choice(page, 'Hvilken slags kan du lide?').click();
	await expect(page.getByRole('status').filter({ hasText: t('status_offline') })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
	// The next step needs no connection.
	await page.getByRole('link', { name: t('player_continue') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Opvarmning');
	await page.getByRole('button', { name: t('player_begin') }).click();
	await context.setOffline(false);
	await saved(page);
	await page.reload();
	await expect(
		page.getByText(t('player_item_of', { n: 1, total: 7 }), { exact: true }),
	).toBeVisible();
	await page.goto(tiny.origin + ANNA);
	await expect(page.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
});

test('two tabs tell each other and keep one record', async ({ context, tiny }) => {
	const [one, two] = [await context.newPage(), await context.newPage()];
	await one.goto(tiny.origin + ANNA);
	await choice(one, 'Hvordan gik den?').click();
	await saved(one);
	await two.goto(tiny.origin + ANNA);
	await expect(transcript(two)).toContainText('Lang. Tak, fordi du spørger.');
	await choice(two, 'Hvilken slags kan du lide?').click();
	await expect(one.getByRole('heading', { name: 'Grøn te' })).toBeVisible();
});

test('a whole conversation by keyboard, and focus is never lost', async ({ page, tiny }) => {
	await page.goto(tiny.origin + ANNA);
	await expect(choice(page, 'Hvordan gik den?')).toBeVisible();
	const focused = () => page.evaluate(() => document.activeElement?.tagName);
	const press = async (name: string) => {
		for (let at = 0; at < 60; at++) {
			await page.keyboard.press('Tab');
			const text = await page.evaluate(() => document.activeElement?.textContent?.trim());
			if (text === name) return page.keyboard.press('Enter');
		}
		throw new Error(`"${name}" cannot be reached by keyboard`);
	};
	await press('Hvordan gik den?');
	await expect(page.getByRole('group', { name: t('vignette_you_said') }).last()).toBeFocused();
	await press('Hvilken slags kan du lide?');
	await expect(page.getByRole('group', { name: t('vignette_you_said') }).last()).toBeFocused();
	await press(t('player_continue'));
	await expect(page.getByRole('heading', { level: 1, name: 'Opvarmning' })).toBeFocused();
	expect(await focused()).not.toBe('BODY');
});
