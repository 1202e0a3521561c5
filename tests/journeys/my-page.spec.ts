import type { BrowserContext, Page } from '@playwright/test';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { doors } from '../support/routes.ts';
import type { Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld, type Role, type World } from '../support/world.ts';

/** People and groups of their own, in the running server's database. */
async function populate(tiny: Running): Promise<World> {
	const db = databaseOf(tiny);
	try {
		return await makeWorld(db, 'tiny');
	} finally {
		await db.close();
	}
}

async function become(context: BrowserContext, { origin }: Running, world: World, role: Role) {
	const [, value] = world.cookies[role].split('=');
	await context.addCookies([{ name: 'session', value: value!, url: origin }]);
}

const post = (page: Page, { origin }: Running, path: string, data: object) =>
	page.request.post(`${origin}${path}`, { data, headers: { origin } });

const WORDS = 'Hedder det te? Det er mellem mig og logbogen.';
const reflection = { course: 'tiny', lesson: 'hello', activity: 'my-tea', text: WORDS };

test('one’s own page says what is to be done, leads on, and tells what was done', async ({
	context,
	page,
	tiny,
}) => {
	const world = await populate(tiny);
	await become(context, tiny, world, 'member');
	await page.goto(`${tiny.origin}/da/account`);
	await expect(page.getByText(t('account_courses_none'))).toBeVisible();
	await expect(page.getByRole('region', { name: t('home_due_title') })).toContainText('Group');

	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await expect(page.getByText(t('status_saved'))).toBeVisible();
	await page.goto(`${tiny.origin}/da/account`);
	await page
		.getByRole('link', { name: /^Fortsæt: / })
		.last()
		.click();
	await expect(page).toHaveURL(/\/hello\/anna$/);
	await expect(page.getByRole('log')).toContainText('Lang. Tak, fordi du spørger.');

	await page.goto(`${tiny.origin}/en/account`);
	const sections = page.getByRole('navigation', { name: t('account_pages', {}, 'en') });
	await sections.getByRole('link', { name: t('account_record', {}, 'en') }).click();
	await expect(page.getByRole('row', { name: /^Hello/ })).toContainText('Under way');
	await expect(page.getByText(t('account_certificates_none', {}, 'en'))).toBeVisible();
});

test('the log is changed, taken along and emptied by its owner', async ({
	context,
	page,
	tiny,
}) => {
	const world = await populate(tiny);
	await become(context, tiny, world, 'member');
	await post(page, tiny, '/api/reflections', reflection);
	await page.goto(`${tiny.origin}/da/account/log`);
	const entry = page.getByRole('article');
	await expect(entry).toContainText('Hvordan laver du te?');
	await expect(entry.getByText(WORDS).first()).toBeVisible();

	await entry.getByText(t('account_log_change')).click();
	await entry.getByLabel(t('account_log_words')).fill('Med mælk.');
	await entry.getByRole('button', { name: t('account_save'), exact: true }).click();
	await expect(page.getByRole('status')).toHaveText(t('account_saved'));
	await expect(page.getByRole('status')).toBeFocused();
	await page.reload();
	await expect(entry.getByText('Med mælk.').first()).toBeVisible();
	const file = await page.request.get(`${tiny.origin}/da/account/log/file`);
	expect(file.headers()['content-disposition']).toContain('logbog.md');
	expect(await file.text()).toMatch(/^# Min logbog\n[^]*> Hvordan laver du te\?\n\nMed mælk\./);

	await entry.getByText(t('account_log_change')).click();
	await entry.getByRole('button', { name: t('account_log_remove') }).click();
	await expect(page.getByText(t('account_log_removed'))).toBeVisible();
	await expect(page.getByText(t('account_log_empty'))).toBeVisible();
});

test('nobody else can read the log, on whatever page', async ({ page, tiny }) => {
	const world = await populate(tiny);
	const headers = { origin: tiny.origin, cookie: world.cookies.member };
	const kept = await page.request.post(`${tiny.origin}/api/reflections`, {
		data: reflection,
		headers,
	});
	expect(kept.status()).toBe(204);
	const values: Record<string, string> = {
		'[lang=lang]': 'da',
		'[course]': 'tiny',
		'[lesson]': 'hello',
		'[[step]]': 'my-tea',
		'[step]': 'my-tea',
		'[group]': world.group,
		'[learner]': world.ids.member,
		'[assignment]': world.assignment,
		'[organisation]': world.organisation,
		'[person]': world.ids.member,
	};
	const read = doors().filter(({ how }) => how === 'GET');
	expect(read.length).toBeGreaterThan(30);
	const ask = async (role: Role, path: string) => {
		const answer = await fetch(tiny.origin + path, { headers: { cookie: world.cookies[role] } });
		return await answer.text();
	};
	for (const { route } of read) {
		const path = route.replaceAll(/\[.+?\]\]?/g, (name) => values[name] ?? 'x');
		for (const role of ['educator', 'administrator', 'colleague'] as const)
			expect((await ask(role, path)).includes(WORDS), `${path} as ${role}`).toBe(false);
	}
	// So that this test would notice.
	expect(await ask('member', '/da/account/log')).toContain(WORDS);
	expect(await ask('member', '/da/account/export')).toContain(WORDS);
});

test('a member sees what the educators of a group see, and leaves it', async ({
	context,
	page,
	tiny,
}) => {
	const world = await populate(tiny);
	await become(context, tiny, world, 'member');
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await expect(page.getByText(t('status_saved'))).toBeVisible();

	await page.goto(`${tiny.origin}/en/account/groups`);
	const group = page.getByRole('article').filter({ hasText: `Group ${world.group.slice(0, 4)}` });
	await expect(group).toContainText(t('account_group_followed', { names: 'educator' }, 'en'));
	await group.getByRole('link', { name: /^See what the educators see/ }).click();
	const never = t('account_seen_never', {}, 'en');
	await expect(page.getByRole('heading', { name: never })).toBeVisible();
	const figures = async () => [
		...(await page.locator('.figures').allInnerTexts()),
		...(await page.locator('main table').allInnerTexts()),
	];
	const mine = await figures();
	expect(mine.length).toBeGreaterThan(1);
	await become(context, tiny, world, 'educator');
	const theirs = `${tiny.origin}/en/teach/groups/${world.group}/learners/${world.ids.member}`;
	await page.goto(theirs);
	expect(await figures()).toEqual(mine);

	await become(context, tiny, world, 'outsider');
	const foreign = await page.goto(`${tiny.origin}/en/account/groups/${world.group}`);
	expect(foreign?.status()).toBe(404);

	await become(context, tiny, world, 'member');
	await page.goto(`${tiny.origin}/en/account/groups`);
	await group
		.getByText(t('account_group_leave', {}, 'en'))
		.first()
		.click();
	await group.getByRole('button', { name: /^Leave now/ }).click();
	await expect(page.getByText(t('account_group_left', {}, 'en'))).toBeVisible();
	await expect(group).toHaveCount(0);
	await page.goto(`${tiny.origin}/en/account`);
	await expect(page.getByText(t('account_due_none', {}, 'en'))).toBeVisible();
	// What was done stays.
	await expect(page.getByRole('link', { name: /^Continue: / })).toBeVisible();
	await become(context, tiny, world, 'educator');
	expect((await page.goto(theirs))?.status()).toBe(404);
});

test('a guest finds, takes along and deletes what they have done', async ({ page, tiny }) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await expect(page.getByText(t('status_saved'))).toBeVisible();
	await page.goto(`${tiny.origin}/da/account`);
	await expect(page).toHaveURL(/\/da\/login$/);
	await page.getByRole('link', { name: t('account_guest_link') }).click();
	await expect(page.getByText(t('account_data_guest'))).toBeVisible();
	const exported = await page.request.get(`${tiny.origin}/da/account/export`);
	const data = (await exported.json()) as { account: { isGuest: boolean }; events: object[] };
	expect(data.account.isGuest).toBe(true);
	expect(data.events.length).toBeGreaterThan(0);

	await page.getByText(t('account_delete_go_on')).click();
	await page.getByRole('button', { name: t('account_delete_now') }).click();
	await expect(page).toHaveURL(/\/da\/?$/);
	expect((await page.request.get(`${tiny.origin}/da/account/export`)).status()).toBe(401);
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await expect(page.getByRole('button', { name: 'Hvordan gik den?' })).toBeVisible();
});

test('an educator is told which groups nobody would follow', async ({ context, page, tiny }) => {
	const world = await populate(tiny);
	await become(context, tiny, world, 'educator');
	await page.goto(`${tiny.origin}/en/account/data`);
	const names = `Group ${world.group.slice(0, 4)}`;
	await expect(page.getByText(t('account_delete_unattended', { names }, 'en'))).toBeVisible();
});

for (const language of ['da', 'en'] as const)
	test(`every page of one’s own is accessible on a phone, ${language}`, async ({
		context,
		page,
		tiny,
	}) => {
		test.setTimeout(120_000);
		const world = await populate(tiny);
		await become(context, tiny, world, 'member');
		await page.setViewportSize({ width: 320, height: 640 });
		await page.goto(`${tiny.origin}/${language}/courses/tiny/hello/anna`);
		await page
			.getByRole('button')
			.filter({ hasText: /Hvordan gik den|How was it/ })
			.click();
		await expect(page.getByText(t('status_saved', {}, language))).toBeVisible();
		await post(page, tiny, '/api/reflections', reflection);
		const paths = [
			'',
			'/record',
			'/log',
			'/groups',
			`/groups/${world.group}`,
			'/settings',
			'/data',
		];
		for (const path of paths) {
			await page.goto(`${tiny.origin}/${language}/account${path}`);
			for (const summary of await page.locator('main summary').all()) await summary.click();
			await isAccessibleInBothThemes(page, `${language} account${path}`);
		}
	});
