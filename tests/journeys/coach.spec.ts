import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../../src/lib/course/language.ts';
import { isAccessible } from '../support/accessible.ts';
import { send, tinyEvent } from '../support/finish.ts';
import { FIXTURES, type Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld } from '../support/world.ts';

/** Opens one item of the tiny course's drill, as the next one of an attempt. */
async function openItem(
	page: Page,
	{ origin }: Running,
	item: string,
	language: Language = 'da',
): Promise<void> {
	await page.context().clearCookies();
	const began = { type: 'attempt-began', step: 'warm-up', attempt: randomUUID(), items: [item] };
	await send(page.request, origin, null, [tinyEvent(began)]);
	await page.goto(`${origin}/${language}/courses/tiny/hello/warm-up`);
}

const notes = (page: Page) => page.locator('section.coach');
const words = (page: Page, language: Language = 'da') =>
	page.getByLabel(t('activity_your_words', {}, language));
const press = (page: Page, key: string, language: Language = 'da') =>
	page.getByRole('button', { name: t(key, {}, language), exact: true }).click();

const OPEN = { da: 'Hvordan smager den for dig?', en: 'How does it taste to you?' };
const HARMFUL = { da: 'Din ryg er slidt op.', en: 'Your back is worn out.' };

test('words are commented on while they are typed, and the patient answers in kind', async ({
	page,
	tiny,
}) => {
	await openItem(page, tiny, 'anna-asks');
	await expect(page.getByText('Teen smager mærkeligt i dag.')).toBeVisible();
	await expect(notes(page)).toContainText(t('coach_empty'));
	await words(page).fill(OPEN.da);
	await expect(notes(page)).toContainText(t('coach_praise_opens'));
	await expect(notes(page).locator('mark')).toHaveText(/hvordan/i);
	await press(page, 'activity_compare');
	await expect(page.getByRole('heading', { name: t('activity_ask_reply') })).toBeFocused();
	await expect(page.locator('.answer')).toContainText('Den er bitter og lidt kold.');
	await expect(page.getByText('Du bruger hendes ord.')).toBeVisible();

	// Another try gets another answer, and leaves what stands there until it is said.
	await words(page).fill(HARMFUL.da);
	await expect(notes(page)).toContainText(t('coach_flag_alarm'));
	await expect(notes(page).locator('mark')).toHaveText(/slidt/);
	await expect(notes(page)).toContainText(t('verdict_better'));
	await expect(page.locator('.answer')).toContainText('Den er bitter og lidt kold.');
	await press(page, 'activity_ask_again');
	await expect(page.locator('.answer')).toContainText('Så tør jeg ikke drikke den.');

	await page.getByLabel('Det er åbent').check();
	await press(page, 'activity_done');
	await expect(page.getByRole('heading', { name: t('verdict_noted') })).toBeFocused();
	await expect(page.locator('.answer')).toContainText('Så tør jeg ikke drikke den.');
	// On another device the ticks are known and the words are not.
	await page.evaluate(() => localStorage.clear());
	await page.reload();
	await page.getByRole('button', { name: t('player_review_item', { n: 1 }) }).click();
	await expect(page.getByText(t('activity_words_elsewhere'))).toBeVisible();
	await expect(page.getByText('Du bruger hendes ord.')).toBeVisible();
	await expect(page.getByLabel('Det er åbent')).toBeChecked();
	await expect(page.locator('.answer')).toHaveCount(0);
	await expect(notes(page)).toHaveCount(0);
});

test('all of it goes by keyboard alone', async ({ page, tiny }) => {
	await openItem(page, tiny, 'anna-asks');
	const tabTo = async (isThere: () => Promise<boolean>) => {
		for (let step = 0; step < 40 && !(await isThere()); step++) await page.keyboard.press('Tab');
		expect(await isThere()).toBe(true);
	};
	const isOn = (selector: string) =>
		page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
	await tabTo(() => isOn('textarea'));
	await page.keyboard.type('Det lyder, som om teen er mærkelig.');
	await expect(notes(page).locator('.praise').first()).toBeVisible();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.locator('.answer')).toContainText('Ja, netop. Og så er den kold.');
	await tabTo(() => isOn('input[type=checkbox]'));
	await page.keyboard.press('Space');
	await tabTo(() => isOn('form > button'));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: t('verdict_noted') })).toBeFocused();
});

/** What is announced from now on, each time that it changes. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
	await page.locator('section.coach [aria-live=polite]').waitFor({ state: 'attached' });
	await page.evaluate(() => {
		const said: string[] = [];
		Object.assign(window, { said });
		const region = document.querySelector('section.coach [aria-live=polite]')!;
		new MutationObserver(() => {
			if (region.textContent) said.push(region.textContent);
		}).observe(region, { childList: true, characterData: true, subtree: true });
	});
	return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

test('it is read out in long pauses, once, and never at each key', async ({ page, tiny }) => {
	await openItem(page, tiny, 'anna-asks');
	await expect(notes(page).locator('[aria-live]:not([aria-live=polite])')).toHaveCount(0);
	await expect(notes(page).locator('[aria-live=polite]')).toHaveCount(1);
	const said = await listen(page);
	await words(page).pressSequentially(`${OPEN.da} Jeg vil gerne høre mere om det.`, { delay: 60 });
	expect(await said()).toEqual([]);
	await expect(notes(page).locator('mark').first()).toBeVisible();
	await expect.poll(said).toHaveLength(1);
	// The same again is no news.
	await words(page).press('End');
	await words(page).pressSequentially(' ');
	await page.waitForTimeout(2_000);
	expect(await said()).toHaveLength(1);
});

test('old remarks stay while one goes on typing', async ({ page, tiny }) => {
	await openItem(page, tiny, 'anna-asks');
	await words(page).fill(OPEN.da);
	await expect(notes(page).locator('mark')).toBeVisible();
	for (const letter of ' Fortæl mig') {
		await words(page).press('End');
		await page.keyboard.type(letter);
		await expect(notes(page).locator('mark').first()).toBeVisible({ timeout: 50 });
	}
});

/** The coach's file, told by words that only it knows. */
function coachFile(): string {
	const folder = `${FIXTURES.build}/client/_app/immutable/chunks`;
	const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
	const found = files.filter((file) =>
		readFileSync(`${folder}/${file}`, 'utf8').includes('slidgigt'),
	);
	expect(found).toHaveLength(1);
	return found[0]!;
}

test('without the coach the exercise works, and nothing is said of it', async ({ page, tiny }) => {
	await page.route(`**/${coachFile()}`, (route) => route.abort());
	await openItem(page, tiny, 'anna-asks');
	await words(page).fill(OPEN.da);
	await expect(notes(page)).toHaveCount(0);
	await press(page, 'activity_compare');
	await expect(page.locator('.answer')).toContainText(t('activity_ask_no_reply'));
	await expect(page.getByText('Hun kan beskrive den.')).toBeVisible();
	await press(page, 'activity_done');
	await expect(page.getByRole('heading', { name: t('verdict_noted') })).toBeFocused();
});

test('rewriting, the free line of a debrief and marked words are commented on, too', async ({
	page,
	tiny,
}) => {
	await openItem(page, tiny, 'better');
	await words(page).fill(OPEN.da);
	await expect(notes(page)).toContainText(t('coach_praise_opens'));

	// The author has a better wording for "slidt op", not for this one.
	await openItem(page, tiny, 'alarm');
	await page.getByRole('button', { name: 'den virker' }).click();
	await press(page, 'activity_answer');
	await page.getByText(t('coach_spot')).click();
	await expect(page.locator('.coach-explains mark')).toHaveText([/pas på/i]);

	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	for (const words of ['Min var værre, skal du bare høre.', 'Hvilken slags kan du lide?'])
		await page.getByRole('button', { name: words, exact: true }).click();
	await page.locator('.own textarea').fill(OPEN.da);
	await expect(notes(page)).toContainText(t('coach_praise_opens'));
});

test('it is accessible in both languages, on a phone and on a desk', async ({ page, tiny }) => {
	test.setTimeout(240_000);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const language of LANGUAGES)
		for (const width of [360, 1280]) {
			const state = (name: string) => `${name}, ${language}, ${width}`;
			await page.setViewportSize({ width, height: 800 });
			await openItem(page, tiny, 'anna-asks', language);
			await words(page, language).fill(`${HARMFUL[language]} ${OPEN[language]}`);
			await expect(notes(page).locator('mark').first()).toBeVisible();
			await isAccessible(page, state('remarks in a drill'));
			await press(page, 'activity_compare', language);
			await expect(page.locator('.answer .bubble:not(.mine)')).toBeVisible();
			await isAccessible(page, state('the reply'));
			await press(page, 'activity_done', language);
			await isAccessible(page, state('the drill, done'));

			await page.goto(`${tiny.origin}/${language}/coach`);
			await isAccessible(page, state('the coach’s page'));
			await page.getByLabel(t('coach_page_label', {}, language)).fill(HARMFUL[language]);
			await expect(notes(page).locator('dl')).toBeVisible();
			await isAccessible(page, state('the coach’s page with remarks'));
		}
});

test('anybody tries a question of their own; it stays on the device', async ({ page, tiny }) => {
	const sent: string[] = [];
	page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
	await page.goto(`${tiny.origin}/da`);
	await page.getByRole('link', { name: t('coach_page_open') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('coach_page_title'));
	await press(page, 'coach_page_example_screen');
	const field = page.getByLabel(t('coach_page_label'));
	await expect(field).toBeFocused();
	await expect(page.getByLabel(t('coach_goal'))).toHaveValue('rule-out');
	await expect(notes(page)).toContainText(t('coach_praise_screens'));
	await expect(notes(page).locator('dl')).toContainText(t('coach_act_closed'));
	await page.getByLabel(t('coach_goal')).selectOption(t('coach_goal_explore'));
	await expect(notes(page)).toContainText(t('coach_idea_closes'));
	await field.fill('Zebrastribede ryg er slidt op.');
	await expect(notes(page).locator('dl')).toContainText(/slidt/);
	await expect(page.getByRole('button', { name: t('activity_save_to_log') })).toHaveCount(0);
	await page.getByRole('link', { name: /English/ }).click();
	const label = t('coach_page_label', {}, 'en');
	await expect(page.getByLabel(label)).toHaveValue(/Zebrastribede/);
	// It reads the language of the page.
	await page.getByLabel(label).fill(HARMFUL.en);
	await expect(notes(page)).toContainText(t('coach_flag_alarm', {}, 'en'));
	await page.getByLabel(label).fill('Zebrastriped, are they not?');
	expect(sent.length).toBeGreaterThan(0);
	expect(sent.filter((one) => /zebrastri/i.test(decodeURIComponent(one)))).toEqual([]);
	expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toMatch(
		/zebrastri/i,
	);
});

test('who is signed in may save it to their own log, where it stands by itself', async ({
	page,
	tiny,
}) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	const [name, value] = world.cookies.member.split('=') as [string, string];
	await page.context().addCookies([{ name, value, url: tiny.origin }]);
	const sent: string[] = [];
	page.on('request', (request) => {
		if (/zebrastribe/i.test(request.postData() ?? '')) sent.push(new URL(request.url()).pathname);
	});
	await page.goto(`${tiny.origin}/da/coach`);
	await page.getByLabel(t('coach_page_label')).fill('Hvad betyder zebrastriber for dig?');
	await expect(notes(page).locator('mark')).toBeVisible();
	expect(sent).toEqual([]);
	await press(page, 'activity_save_to_log');
	await expect(page.getByText(t('activity_saved_to_log'))).toBeVisible();
	expect(sent).toEqual(['/api/notes']);
	await page.goto(`${tiny.origin}/da/account/log`);
	await expect(page.getByRole('heading', { name: t('coach_page_title') })).toBeVisible();
	await expect(page.getByText('Hvad betyder zebrastriber for dig?').first()).toBeVisible();
	await db.close();
});
