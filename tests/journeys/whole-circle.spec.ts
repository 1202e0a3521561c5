import type { Browser, Page } from '@playwright/test';
import { loadCourse } from '../../src/authoring/loader.ts';
import { FINAL_TEST } from '../../src/lib/course/parts.ts';
import { isAccessible } from '../support/accessible.ts';
import { responseTo } from '../support/answers.ts';
import { endingDaysAgo, sendEvents } from '../support/events.ts';
import { everything } from '../support/everything.ts';
import { fill } from '../support/fill.ts';
import { letterTo } from '../support/mail-folder.ts';
import { FIXTURES, type Running } from '../support/server.ts';
import { expect, test, wakeful } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld } from '../support/world.ts';

const course = loadCourse(`${FIXTURES.courses}/tiny`).course!;
const PASSWORD = 'en lang adgangskode';
const PEOPLE = 30;

/** A browser of somebody's own, signed in where there is a cookie. */
async function browserOf(browser: Browser, { origin }: Running, cookie = ''): Promise<Page> {
	const context = await browser.newContext({ reducedMotion: 'reduce' });
	const [name, value] = cookie.split(/=(.*)/) as [string, string];
	if (cookie) await context.addCookies([{ name, value, url: origin }]);
	return wakeful(await context.newPage());
}

for (const language of ['da', 'en'] as const)
	test(`a group of thirty is invited and asked; one finishes, is seen, and their certificate verifies (${language})`, async ({
		browser,
		tiny,
	}) => {
		test.setTimeout(240_000);
		const say = (key: string, values: Record<string, string | number> = {}) =>
			t(key, values, language);
		const db = databaseOf(tiny);
		const world = await makeWorld(db, 'tiny');
		const site = `${tiny.origin}/${language}`;
		const run = crypto.randomUUID().slice(0, 8);
		const address = `anna-${run}@example.org`;

		const educator = await browserOf(browser, tiny, world.cookies.educator);
		await educator.goto(`${site}/teach`);
		await educator.getByLabel(say('teach_group_name')).fill(`Hold ${run}`);
		await educator.getByRole('button', { name: say('teach_group_make') }).click();
		await educator.getByRole('link', { name: say('teach_people_import') }).click();
		const rows = Array.from({ length: PEOPLE }, (_, at) =>
			at === 0 ? `Anna Ærø,${address}` : `Person ${at},person-${at}-${run}@example.org`,
		);
		await educator.getByLabel(say('teach_import_file'), { exact: true }).setInputFiles({
			name: 'people.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from(['Name,E-mail', ...rows].join('\n')),
		});
		await educator.getByRole('button', { name: say('teach_import_look') }).click();
		await educator
			.getByRole('button', { name: say('teach_import_invite', { count: PEOPLE }) })
			.click();
		await expect(educator.getByText(say('teach_import_done', { count: PEOPLE }))).toBeVisible();
		await isAccessible(educator, 'invited');

		await educator.getByRole('link', { name: say('teach_tab_assignments') }).click();
		await educator.getByRole('link', { name: say('teach_assign_new') }).click();
		const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
		await educator.getByLabel(say('teach_assign_due'), { exact: true }).fill(inAWeek);
		await educator.getByLabel(say('teach_assign_message')).fill(`Seminar ${run}`);
		await educator.getByRole('button', { name: say('teach_assign_make') }).click();
		await expect(educator.getByText(say('teach_assign_made'))).toBeVisible();

		// The letter leads to a group, an account, and what is to be done.
		await expect.poll(() => letterTo(tiny, address)).toBeDefined();
		const [link] = /http\S+\/join\/\S+/.exec(letterTo(tiny, address)!)!;
		const learner = await browserOf(browser, tiny);
		await learner.goto(link.replace(/\/(da|en)\/join/, `/${language}/join`));
		const account = learner.getByRole('region', { name: say('join_new') });
		await account.getByLabel(say('auth_password'), { exact: true }).fill(PASSWORD);
		await learner.getByRole('button', { name: say('join_register') }).click();
		await expect(learner.getByText(say('join_member', { group: `Hold ${run}` }))).toBeVisible();
		await learner.goto(site);
		await expect(learner.getByRole('listitem').filter({ hasText: `Seminar ${run}` })).toBeVisible();
		await isAccessible(learner, 'start page');

		await doEverything(learner, tiny, language, say);
		await learner.goto(site);
		await expect(learner.getByText(`Seminar ${run}`)).toHaveCount(0);

		await educator.getByRole('link', { name: say('teach_tab_progress') }).click();
		const row = educator.getByRole('row').filter({ hasText: 'Anna Ærø' });
		await expect(row).toContainText(say('teach_progress_status_done'));
		await isAccessible(educator, 'overview');

		await learner.goto(`${site}/certificates`);
		await isAccessible(learner, 'certificates');
		const pdf = learner.locator('a[href*="/pdf"]').first();
		const answer = await learner.request.get(new URL((await pdf.getAttribute('href'))!, site).href);
		expect(answer.headers()['content-type']).toBe('application/pdf');
		const { certificates } = db.tables;
		const stored = await db.read.select().from(certificates);
		const { code } = stored.find(({ states }) => JSON.stringify(states).includes('Anna Ærø'))!;

		const visitor = await browserOf(browser, tiny);
		await visitor.goto(`${site}/verify/${code}`);
		await expect(visitor.getByRole('heading', { level: 1 })).toContainText(
			say('certificate_valid'),
		);
		await expect(visitor.getByText('Anna Ærø')).toBeVisible();
		await isAccessible(visitor, 'verified');
		for (const page of [educator, learner, visitor]) await page.context().close();
		await db.close();
	});

/** Lessons as their browser would tell of them; the final test, whose items the server draws, by hand. */
async function doEverything(
	page: Page,
	{ origin }: Running,
	language: 'da' | 'en',
	say: (key: string, values?: Record<string, string | number>) => string,
): Promise<void> {
	const cookies = await page.context().cookies();
	const session = cookies.find(({ name }) => name === 'session')!;
	const profile = await page.request.get(`${origin}/${language}/account/export`);
	const { account } = (await profile.json()) as { account: { id: string } };
	const lessons = everything(course).filter(({ lesson }) => lesson !== FINAL_TEST);
	await sendEvents(origin, `session=${session.value}`, account.id, endingDaysAgo(lessons, 0.01));
	await page.goto(`${origin}/${language}/courses/tiny/final-test`);
	await page.getByRole('button', { name: say('test_begin') }).click();
	const items = course.finalTest!.bank.flatMap((one) => one.items);
	const { draw } = course.finalTest!;
	for (let at = 1; at <= draw; at++) {
		await expect(page.getByText(say('player_item_of', { n: at, total: draw }))).toBeVisible();
		const asked = (await page.locator('form').textContent())!;
		const item = items.find((one) =>
			asked.includes((one as typeof one & { prompt: Record<string, string> }).prompt[language]!),
		)!;
		await fill(page, item, responseTo(item, 'right'), language);
		await page.getByRole('button', { name: say('activity_answer'), exact: true }).click();
	}
	await expect(page.getByRole('heading', { name: say('test_passed'), exact: true })).toBeVisible();
}
