import type { Page } from '@playwright/test';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { expect, test } from '../support/test.ts';
import { openLate } from '../support/slow-device.ts';
import { t } from '../support/texts.ts';

const answer = (page: Page) => page.getByRole('button', { name: t('activity_answer') }).click();
const next = (page: Page) =>
	page
		.getByRole('button', { name: new RegExp(`${t('player_next_item')}|${t('player_see_result')}`) })
		.click();
const onward = (page: Page) =>
	page.getByRole('link', { name: t('player_continue'), exact: true }).click();

async function drill(page: Page): Promise<void> {
	await page.getByRole('button', { name: t('player_begin') }).click();
	// Answering too early says what is missing.
	await answer(page);
	await expect(page.getByRole('alert')).toHaveText(t('activity_place_all', { left: 2 }));
	await page.getByRole('group', { name: 'Damp' }).getByLabel('Varmt').check();
	await page.getByRole('group', { name: /^Is/ }).getByLabel('Varmt').check();
	await answer(page);
	await expect(
		page.getByRole('heading', { name: t('verdict_partly', { earned: 1, possible: 2 }) }),
	).toBeFocused();
	// A drill lets one try again at once.
	await page.getByRole('button', { name: t('player_try_again') }).click();
	await page.getByRole('group', { name: 'Damp' }).getByLabel('Varmt').check();
	await page.getByRole('group', { name: /^Is/ }).getByLabel('Koldt').check();
	await answer(page);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await next(page);

	for (const text of ['Fyld kedlen', 'Kog vandet', 'Hæld op'])
		for (let at = 0; at < 3; at++) {
			const down = page.getByRole('button', { name: t('activity_move_down', { text }) });
			if (await down.isEnabled()) await down.click();
		}
	await answer(page);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await next(page);

	await page.getByLabel('Kop').selectOption('Underkop');
	await page.getByLabel('Kande').selectOption('Låg');
	await page.getByLabel('Blad').selectOption('Si');
	await answer(page);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await next(page);

	await page.getByLabel(t('activity_number'), { exact: true }).fill('95');
	await page.getByLabel(t('activity_number'), { exact: true }).press('Tab');
	await answer(page);
	await expect(page.getByText('ved 100 grader').first()).toBeVisible();
	await next(page);

	await page.getByRole('button', { name: 'slidt op' }).click();
	await answer(page);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await next(page);

	await page.getByLabel(t('activity_your_words')).fill('Hvad kunne du tænke dig at drikke?');
	await page.getByRole('button', { name: t('activity_compare') }).click();
	await expect(page.getByRole('heading', { name: t('activity_examples') })).toBeFocused();
	await page.getByLabel('Det er åbent').check();
	await page.getByRole('button', { name: t('activity_done') }).click();
	await next(page);

	await page.getByLabel(t('activity_your_words')).fill('Hvordan smager den?');
	await page.getByRole('button', { name: t('activity_compare') }).click();
	await expect(page.getByRole('heading', { name: t('activity_ask_reply') })).toBeFocused();
	await page.getByRole('button', { name: t('activity_done') }).click();
	await next(page);
	await expect(page.getByRole('heading', { name: t('player_result') })).toBeFocused();
}

async function quiz(page: Page): Promise<void> {
	await page.getByRole('button', { name: t('player_begin') }).click();
	for (let at = 0; at < 2; at++) {
		for (const right of ['Goddag', 'Te', 'Mælk', 'Vand']) {
			const option = page.getByLabel(right, { exact: true });
			if (await option.isVisible()) await option.check();
		}
		await answer(page);
		await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
		await next(page);
	}
	await expect(page.getByText(t('player_quiz_passed', { percent: 100 }))).toBeVisible();
}

test('a learner takes a whole lesson, and the map knows', async ({ page, tiny }) => {
	await page.goto(`${tiny.origin}/da`);
	await page.getByRole('link', { name: t('player_start_course') }).click();
	await page
		.getByRole('link', { name: /Goddag/ })
		.first()
		.click();
	await expect(page.getByText('Den fløjter.')).toBeVisible();
	await onward(page);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await page.getByRole('button', { name: 'Hvilken slags kan du lide?' }).click();
	await onward(page);
	await drill(page);
	await onward(page);
	await quiz(page);
	await onward(page);
	await page.getByLabel(t('activity_your_words')).fill('Jeg spørger først.');
	await page.getByRole('button', { name: t('activity_done') }).click();
	await page.getByRole('button', { name: t('activity_save_to_log') }).click();
	await expect(page.getByText(t('activity_saved_to_log'))).toBeVisible();
	await expect(page.getByRole('heading', { name: t('player_lesson_done') })).toBeVisible();
	await expect(page.getByTestId('standing')).toHaveText(t('player_steps', { done: 5, steps: 5 }));

	await page.goto(`${tiny.origin}/da/courses/tiny`);
	await expect(page.getByText(t('player_lessons_done', { done: 1, lessons: 2 }))).toBeVisible();

	// Free review: every answer can be looked at again.
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/check`);
	await page.getByRole('button', { name: t('player_review_item', { n: 1 }) }).click();
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeVisible();
});

test('the map knows of an answer that arrives while the map is on its way', async ({
	page,
	tiny,
}) => {
	const course = `${tiny.origin}/da/courses/tiny`;
	await page.goto(`${course}/bye`);
	let hold: () => void;
	const asked = new Promise<void>((resolve) => (hold = resolve));
	// The answer leaves when the server has said what it knows for the map; that comes after it.
	await page.route('**/api/events', async (route) => {
		await asked;
		await route.continue();
	});
	await page.route(
		'**/courses/tiny/__data.json*',
		async (route) => {
			const old = await route.fetch();
			const answered = page.waitForResponse('**/api/events');
			hold();
			await (await answered).finished();
			await route.fulfill({ response: old });
		},
		{ times: 1 },
	);
	await page.getByRole('link', { name: t('player_to_course') }).click();
	await expect(page.getByText(t('player_lessons_done', { done: 1, lessons: 2 }))).toBeVisible();
});

test('what is done before the device has opened its record is heard like anything else', async ({
	page,
	tiny,
}) => {
	await openLate(page);
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/check`);
	await page.getByRole('button', { name: t('player_begin') }).click();
	await expect(page.getByText(t('player_item_of', { n: 1, total: 2 }))).toBeFocused();
	for (const right of ['Goddag', 'Te', 'Mælk', 'Vand']) {
		const option = page.getByLabel(right, { exact: true });
		if (await option.isVisible()) await option.check();
	}
	const arrived = page.waitForResponse('**/api/events');
	await answer(page);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await expect(page.locator('html')).not.toHaveAttribute('data-opened');
	expect(((await (await arrived).json()) as { accepted: string[] }).accepted).toHaveLength(2);
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await next(page);
	await expect(page.getByText(t('player_item_of', { n: 2, total: 2 }))).toBeFocused();
});

test('what is not there is said so, with a way on', async ({ page, tiny }) => {
	for (const path of ['/da/courses/none', '/da/courses/tiny/none', '/da/courses/tiny/hello/none']) {
		const response = await page.goto(tiny.origin + path);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { name: t('error_not_found') })).toBeVisible();
		await expect(page.getByRole('link', { name: t('error_home') })).toBeVisible();
	}
	// No database can be asked for such an address, so no page of the course is made for it.
	const response = await page.goto(`${tiny.origin}/en/courses/%00`);
	expect(response?.status()).toBe(404);
	expect(response?.headers()['x-content-type-options']).toBe('nosniff');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.getByRole('heading', { name: t('error_not_found', {}, 'en') })).toBeVisible();
	await isAccessibleInBothThemes(page, 'the page for errors that needs nothing');
	await page.getByRole('link', { name: 'Rygsamtalen' }).click();
	await expect(page).toHaveURL(/\/(da|en)$/);

	await page.goto(`${tiny.origin}/en/nowhere`);
	await expect(page.getByRole('heading', { name: t('error_not_found', {}, 'en') })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.locator('html[data-alive]')).toBeAttached();
	await expect(page.getByRole('heading', { name: t('error_not_found', {}, 'en') })).toBeVisible();
});
