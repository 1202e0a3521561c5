import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isAccessible, isAccessibleInBothThemes } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

// Long walks, each in a browser of its own.
test.describe.configure({ mode: 'parallel' });

async function walk(page: Page, origin: string): Promise<void> {
	const visit = async (path: string) => {
		await page.goto(origin + path);
		await isAccessible(page, path);
	};
	await visit('/da');
	await visit('/da/courses/tiny');
	await visit('/da/courses/tiny/hello/welcome');
	await visit('/da/courses/tiny/hello/anna');
	await page.getByRole('button', { name: 'Min var værre, skal du bare høre.' }).click();
	await isAccessible(page, 'in the middle of a conversation');
	await page.getByRole('button', { name: 'Hvilken slags kan du lide?' }).click();
	await expect(page.getByRole('heading', { name: t('vignette_path') })).toBeVisible();
	await isAccessible(page, 'debrief');

	await visit('/da/courses/tiny/hello/warm-up');
	await page.getByRole('button', { name: t('player_begin') }).click();
	const answer = page.getByRole('button', { name: t('activity_answer') });
	const each: (() => Promise<void>)[] = [
		async () => {
			for (const group of ['Damp', 'Is'])
				await page.getByRole('group', { name: group }).getByLabel('Varmt').check();
		},
		async () => undefined,
		async () => {
			await page.getByLabel('Kop').selectOption('Låg');
			await page.getByLabel('Kande').selectOption('Underkop');
			await page.getByLabel('Blad').selectOption('Si');
		},
		async () => {
			await page.getByLabel(t('activity_number'), { exact: true }).fill('20');
			await page.getByLabel(t('activity_number'), { exact: true }).press('Tab');
		},
		async () => page.getByRole('button', { name: 'den virker' }).click(),
	];
	for (const [at, fill] of each.entries()) {
		await isAccessible(page, `drill item ${at + 1} before`);
		await fill();
		await answer.click();
		await isAccessible(page, `drill item ${at + 1} after`);
		await page.getByRole('button', { name: t('player_next_item') }).click();
	}
	await page.getByLabel(t('activity_your_words')).fill('Hvad har du lyst til?');
	await page.getByRole('button', { name: t('activity_compare') }).click();
	await isAccessible(page, 'rewrite');
	await page.getByRole('button', { name: t('activity_done') }).click();
	await isAccessible(page, 'rewrite after');
	await page.getByRole('button', { name: t('player_next_item') }).click();
	await page.getByLabel(t('activity_your_words')).fill('Hvordan smager den for dig?');
	await page.getByRole('button', { name: t('activity_compare') }).click();
	await expect(page.locator('.answer .bubble:not(.mine)')).toBeVisible();
	await isAccessible(page, 'ask');
	await page.getByRole('button', { name: t('activity_done') }).click();
	await isAccessible(page, 'ask after');
	await page.getByRole('button', { name: t('player_see_result') }).click();
	await isAccessible(page, 'result');

	await visit('/da/courses/tiny/hello/check');
	await page.getByRole('button', { name: t('player_begin') }).click();
	for (let item = 1; item <= 2; item++) {
		await isAccessible(page, `quiz item ${item} before`);
		await page.getByRole('radio').or(page.getByRole('checkbox')).last().check();
		await answer.click();
		await isAccessible(page, `quiz item ${item} after`);
		await page
			.getByRole('button', { name: item < 2 ? t('player_next_item') : t('player_see_result') })
			.click();
	}
	await isAccessible(page, 'quiz result');
	await visit('/da/courses/tiny/hello/my-tea');
	await visit('/da/courses/tiny/bye');

	await visit('/da/courses/tiny/confidence');
	for (const task of ['At hilse', 'At sige farvel'])
		await page.getByRole('group', { name: task, exact: true }).getByLabel('7').check();
	await isAccessible(page, 'confidence, filled in');
	await page.getByRole('button', { name: t('activity_done') }).click();
	await isAccessible(page, 'confidence, answered');
	await visit('/da/courses/tiny/final-test');
	await page.getByRole('button', { name: t('test_begin') }).click();
	for (let item = 1; item <= 2; item++) {
		await page.getByRole('radio').last().check();
		await isAccessible(page, `final test item ${item}`);
		await page.getByRole('button', { name: t('activity_answer'), exact: true }).click();
	}
	await page.locator('button.row').first().click();
	await isAccessible(page, 'final test result');
	await visit('/da/courses/tiny/practice');
	await visit('/da/courses/tiny/search');
	await page.getByLabel(t('search_label')).fill('goddag');
	await expect(page.getByText(t('search_count', { count: 1 }))).toBeVisible();
	await isAccessible(page, 'search with a result');
	await visit('/da/coach');
	await page.getByLabel(t('coach_page_label')).fill('Din ryg er slidt op, så pas på.');
	await expect(page.locator('section.coach mark').first()).toBeVisible();
	await isAccessible(page, 'the coach’s page with remarks');
	await visit('/da/nothing-here');
	for (const path of ['register', 'login', 'forgot', 'reset/x.y', 'setup/x.y'])
		await visit(`/da/${path}`);
	await page.goto(`${origin}/da/login`);
	await page.getByRole('button', { name: t('auth_sign_in') }).click();
	await isAccessible(page, 'login with errors');
}

for (const colorScheme of ['light', 'dark'] as const)
	test(`every state is accessible on a phone, ${colorScheme}`, async ({ browser, tiny }) => {
		test.setTimeout(180_000);
		const context = await browser.newContext({
			colorScheme,
			locale: 'da-DK',
			reducedMotion: 'reduce',
			viewport: { width: 320, height: 640 },
		});
		await walk(await context.newPage(), tiny.origin);
		await context.close();
	});

/** Visits a page in both themes. */
function bothThemes(page: Page, origin: string) {
	return async (path: string) => {
		await page.goto(origin + path);
		await isAccessibleInBothThemes(page, path);
	};
}

const COURSE = '/da/courses/rygsamtalen';
const LESSONS = readdirSync('courses/rygsamtalen', { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
	.flatMap(({ name }) => readdirSync(`courses/rygsamtalen/${name}`))
	.filter((name) => /^\d/.test(name))
	.map((name) => name.replace(/^\d+-/, ''));

for (const lesson of LESSONS)
	test(`every step of ${lesson} is accessible in both themes`, async ({ page, server }) => {
		test.setTimeout(240_000);
		const visit = bothThemes(page, server.origin);
		await visit(`${COURSE}/${lesson}`);
		const steps = await paths(page, new RegExp(`^${COURSE}/${lesson}/[^/]+$`));
		expect(steps.length).toBeGreaterThan(2);
		for (const step of steps) await visit(step);
	});

test('course map and metaphors are accessible in both themes', async ({ page, server }) => {
	test.setTimeout(240_000);
	const visit = bothThemes(page, server.origin);
	await visit(COURSE);
	for (const place of ['search', 'cards', 'practice', 'confidence', 'final-test'])
		await visit(`${COURSE}/${place}`);
	await visit(`${COURSE}/metaphors`);
	const metaphors = await paths(page, new RegExp(`^${COURSE}/metaphors/[^/]+$`));
	expect(metaphors).toHaveLength(10);
	for (const metaphor of metaphors) await visit(metaphor);
});

/** Where the links of a page lead, each once. */
async function paths(page: Page, wanted: RegExp): Promise<string[]> {
	const all = await page
		.getByRole('link', { includeHidden: true })
		.evaluateAll((links) =>
			links.map((link) => new URL((link as HTMLAnchorElement).href).pathname),
		);
	return [...new Set(all.filter((path) => wanted.test(path)))];
}

test('the pages of people and of those who let them in are accessible', async ({ page }) => {
	const own = await startServer(FIXTURES);
	const themes = (state: string) => isAccessibleInBothThemes(page, state);
	try {
		await page.setViewportSize({ width: 320, height: 640 });
		await page.goto(own.setupLink!);
		await themes('setup');
		await becomeAdministrator(page, own);
		await themes('overview of administration');
		await page.goto(`${own.origin}/da/admin/people`);
		await themes('people');
		await page.goto(`${own.origin}/da/admin/people?q=nobody-at-all`);
		await themes('people, nobody found');
		await page.goto(`${own.origin}/da/admin/records`);
		await page.getByRole('button', { name: t('admin_records_save') }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await themes('record stores with errors');
		await page.goto(`${own.origin}/da/admin/dispatches`);
		await page.getByRole('button', { name: t('admin_dispatches_make') }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await themes('thin packages with errors');
		await page.getByLabel(t('admin_dispatches_name'), { exact: true }).fill('Region Syd');
		await page.getByRole('button', { name: t('admin_dispatches_make') }).click();
		await expect(page.getByRole('heading', { name: 'Region Syd' })).toBeVisible();
		await themes('thin packages');
		for (const path of ['', '/record', '/log', '/groups', '/data', '/settings']) {
			await page.goto(`${own.origin}/da/account${path}`);
			await themes(`account${path}, empty`);
		}
		await page.getByLabel(t('auth_name'), { exact: true }).fill('');
		await page.getByRole('button', { name: t('account_save'), exact: true }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await themes('settings with errors');
	} finally {
		await own.stop();
	}
});

test('the chosen theme stays, whatever the device prefers', async ({ page, tiny }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto(`${tiny.origin}/da`);
	await page.getByRole('button', { name: t('layout_theme') }).click();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await isAccessible(page, 'home in the chosen theme');
});

test('text at 200 % still fits', async ({ page, tiny }) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	for (const path of ['', '/courses/tiny', '/courses/tiny/hello/anna', '/register']) {
		await page.goto(`${tiny.origin}/da${path}`);
		await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
		await isAccessible(page, `twice the text: ${path}`);
	}
});
