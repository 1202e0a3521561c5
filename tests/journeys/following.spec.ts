import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { and, eq } from 'drizzle-orm';
import Papa from 'papaparse';
import { loadCourse } from '../../src/authoring/loader.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { createSession } from '../../src/lib/server/auth/sessions.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { isAccessible } from '../support/accessible.ts';
import { endingDaysAgo, sendEvents } from '../support/events.ts';
import { everything } from '../support/everything.ts';
import type { Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld, type Role, type World } from '../support/world.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
/** All but the final test, which the server itself draws. */
const lessons = everything(course).filter(({ lesson }) => lesson !== 'final-test');
const hello = lessons.filter(({ lesson }) => lesson === 'hello');

/** A group of sixty: most have not begun; one is far, one began lately, one long ago, one failed thrice. */
async function crowd(server: Running): Promise<World> {
	const db = databaseOf(server);
	const world = await makeWorld(db, course.id);
	for (let n = 1; n <= 55; n++) await join(db, world, `Person ${String(n).padStart(2, '0')}`);
	const histories: [string, LearnerEvent[]][] = [
		['Åse Far', endingDaysAgo(lessons, 1)],
		['Bo Lately', endingDaysAgo(hello.slice(0, 4), 2)],
		['Ida Idle', endingDaysAgo(hello.slice(0, 6), 21)],
		['=Frank Failed', endingDaysAgo(failures(3), 1)],
	];
	for (const [name, events] of histories) {
		const { id, cookie } = await join(db, world, name);
		await sendEvents(server.origin, cookie, id, events);
	}
	await db.close();
	return world;
}

async function join({ tx, tables }: Database, { group }: World, name: string) {
	const id = crypto.randomUUID();
	const now = new Date();
	return tx(async (tx) => {
		await tx.insert(tables.users).values({
			...{ id, name, email: `${id}@example.org`, role: 'learner', isGuest: false },
			...{ language: 'da', createdAt: now },
		});
		await tx.insert(tables.members).values({ groupId: group, userId: id, joinedAt: now });
		const { token } = await createSession(tx, tables, { id, isGuest: false });
		return { id, cookie: `session=${token}` };
	});
}

/** Wrong answers to the quiz of "hello", so many times. */
function failures(times: number): LearnerEvent[] {
	const began = hello.find(({ step, type }) => step === 'check' && type === 'attempt-began')!;
	const once = hello.filter(
		(one) => 'attempt' in one && 'attempt' in began && one.attempt === began.attempt,
	);
	return Array.from({ length: times }, (_, n) =>
		once.map((event, at) => ({
			...event,
			attempt: `again-${n}`,
			at: new Date(Date.UTC(2027, 0, 1) + n * 60_000 + at * 1000).toISOString(),
		})),
	).flat() as LearnerEvent[];
}

async function pageAs(
	browser: Browser,
	{ origin }: Running,
	{ cookies }: World,
	role: Exclude<Role, 'visitor'>,
	options: BrowserContextOptions = {},
): Promise<Page> {
	const context = await browser.newContext({ locale: 'da-DK', ...options });
	const [name, value] = cookies[role].split('=') as [string, string];
	await context.addCookies([{ name, value, url: origin }]);
	return context.newPage();
}

const figure = (page: Page, status: string) =>
	page.locator('.figures').getByRole('link', { name: new RegExp(`${status}$`) });
const people = (page: Page) => page.locator('tbody th a');
const groupOf = ({ origin }: Running, { group }: World, language = 'da') =>
	`${origin}/${language}/teach/groups/${group}`;

test('an educator sees who is stuck and why, finds, sorts and turns pages', async ({
	browser,
	tiny,
}) => {
	const world = await crowd(tiny);
	const page = await pageAs(browser, tiny, world, 'educator');
	await page.goto(groupOf(tiny, world));
	await expect(figure(page, t('teach_progress_status_not_begun'))).toContainText('56');
	await expect(figure(page, t('teach_progress_status_stuck'))).toContainText('2');
	await expect(figure(page, t('teach_progress_status_under_way'))).toContainText('2');

	const attention = page.getByRole('region', { name: t('teach_progress_attention') });
	await expect(attention.getByRole('listitem')).toHaveCount(2);
	await expect(attention).toContainText(t('teach_progress_reason_idle', { days: 21 }));
	const lesson = course.chapters[0]!.lessons[0]!.title.da;
	await expect(attention).toContainText(t('teach_progress_reason_failed', { lesson, times: 3 }));

	// One page of the table, and the next.
	await expect(people(page)).toHaveCount(50);
	await page.getByRole('link', { name: t('teach_progress_next'), exact: true }).click();
	await expect(people(page)).toHaveCount(10);
	await expect(page.getByText(t('teach_progress_page_of', { page: 2, pages: 2 }))).toBeVisible();
	await page.getByRole('link', { name: t('teach_progress_all') }).click();
	await expect(people(page)).toHaveCount(60);

	// A figure filters; once more, and everybody is there again.
	await figure(page, t('teach_progress_status_stuck')).click();
	await expect(people(page)).toHaveText(['=Frank Failed', 'Ida Idle']);
	await figure(page, t('teach_progress_status_stuck')).click();
	await expect(people(page)).toHaveCount(60);

	// Headings sort, and say so.
	await page
		.getByRole('columnheader')
		.getByRole('link', { name: t('teach_progress_done') })
		.click();
	const head = page.getByRole('columnheader', { name: t('teach_progress_done') });
	await expect(head).toHaveAttribute('aria-sort', 'ascending');
	await head.getByRole('link').click();
	await expect(head).toHaveAttribute('aria-sort', 'descending');
	await expect(people(page).first()).toHaveText('Åse Far');

	await page.getByLabel(t('teach_progress_search')).fill('person 07');
	await page.getByRole('button', { name: t('teach_progress_find') }).click();
	await expect(people(page)).toHaveText(['Person 07']);
	await expect(page.getByRole('status')).toHaveText(
		t('teach_progress_found', { found: 1, all: 60 }),
	);
	await page.getByLabel(t('teach_progress_search')).fill('nobody at all');
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: t('teach_progress_clear') }).click();
	await expect(people(page).first()).toHaveText('Åse Far');
	await page.context().close();
});

test('a cell says in words what it means: to the keyboard, the mouse and a screen reader', async ({
	browser,
	tiny,
}) => {
	const world = await crowd(tiny);
	const page = await pageAs(browser, tiny, world, 'educator');
	await page.goto(`${groupOf(tiny, world)}?status=under-way`);
	const [first, second] = course.chapters[0]!.lessons;
	const cell = (name: string, at: number) =>
		page.getByRole('row', { name }).locator('td a').nth(at);
	await expect(cell('Bo Lately', 0)).toHaveAccessibleName(
		new RegExp(`^${first!.title.da}: i gang, \\d af 5 trin`),
	);
	const said = page.locator('.said');
	await people(page).first().focus();
	await page.keyboard.press('Tab');
	await expect(said).toContainText(`Bo Lately · ${first!.title.da}`);
	await page.keyboard.press('ArrowRight');
	await expect(said).toContainText(`Bo Lately · ${second!.title.da}`);
	await page.keyboard.press('ArrowDown');
	await expect(said).toContainText(`Åse Far · ${second!.title.da}`);
	await cell('Åse Far', 0).hover();
	await expect(said).toContainText(`Åse Far · ${first!.title.da}: færdig`);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Åse Far' })).toBeVisible();
	await page.context().close();
});

test('the pages are accessible on a phone, in both themes and languages, and work without script', async ({
	browser,
	tiny,
}) => {
	test.setTimeout(240_000);
	const world = await crowd(tiny);
	const ida = await idOf(tiny, 'Ida Idle', world);
	for (const [language, colorScheme] of [
		['da', 'light'],
		['en', 'dark'],
	] as const) {
		const viewport = { width: 320, height: 640 };
		const page = await pageAs(browser, tiny, world, 'educator', {
			...{ colorScheme, viewport, reducedMotion: 'reduce' },
		});
		const base = groupOf(tiny, world, language);
		for (const path of [
			'?status=stuck',
			'?q=nobody',
			`?of=course:${course.id}&sort=score`,
			`/learners/${ida}`,
			`/learners/${world.ids.member}`,
		]) {
			await page.goto(base + path);
			await isAccessible(page, `${path}, ${language}, ${colorScheme}`);
		}
		await page.goto(`${tiny.origin}/${language}/teach/tokens`);
		await page.getByRole('button', { name: t('teach_api_make', {}, language) }).click();
		await expect(page.getByRole('alert')).toContainText(t('teach_api_name_missing', {}, language));
		await isAccessible(page, `tokens with errors, ${language}, ${colorScheme}`);
		await page.context().close();
	}
	const plain = await pageAs(browser, tiny, world, 'educator', { javaScriptEnabled: false });
	const goto = (path: string) => plain.goto(groupOf(tiny, world) + path, { waitUntil: 'load' });
	await goto('');
	await plain.getByLabel(t('teach_progress_filter')).selectOption({ value: 'stuck' });
	await plain.getByRole('button', { name: t('teach_progress_find') }).click();
	await expect(people(plain)).toHaveText(['=Frank Failed', 'Ida Idle']);
	await plain.getByLabel(t('teach_progress_subject')).selectOption(`course:${course.id}`);
	await plain.getByRole('button', { name: t('teach_progress_subject_show') }).click();
	await expect(
		plain.getByRole('heading', {
			name: t('teach_progress_subject_course', { course: course.title.da }),
		}),
	).toBeVisible();
	await plain.context().close();
});

test('the table is taken along as a file, which is noted; it names nobody as a formula', async ({
	browser,
	tiny,
}) => {
	const world = await crowd(tiny);
	const page = await pageAs(browser, tiny, world, 'educator');
	await page.goto(groupOf(tiny, world));
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: `CSV ${t('teach_export_progress')}` }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^group-[0-9a-f]{4}-progress-\d{4}-\d\d-\d\d\.csv$/);
	const text = await readFile(await download.path(), 'utf8');
	expect(text.startsWith('\uFEFF')).toBe(true);
	const { data } = Papa.parse<Record<string, string>>(text.slice(1), {
		header: true,
		skipEmptyLines: true,
	});
	expect(data).toHaveLength(60);
	const frank = data.find((row) => row[t('teach_export_name')]!.endsWith('Frank Failed'))!;
	expect(frank).toMatchObject({
		[t('teach_export_name')]: "'=Frank Failed",
		[t('teach_export_status')]: t('teach_progress_status_stuck'),
	});
	for (const [table, format, type] of [
		['progress', 'xlsx', 'application/vnd.openxmlformats'],
		['answers', 'csv', 'text/csv'],
		['members', 'csv', 'text/csv'],
	]) {
		const file = await page.request.get(`${groupOf(tiny, world)}/export/${table}.${format}`);
		expect(file.headers()['content-type']).toContain(type);
	}
	for (const path of ['progress.pdf', 'secrets.csv'])
		expect((await page.request.get(`${groupOf(tiny, world)}/export/${path}`)).status()).toBe(404);
	const db = databaseOf(tiny);
	const { audit } = db.tables;
	const noted = await db.read.select().from(audit);
	await db.close();
	const deeds = noted.filter((one) => one.subjectId === world.group);
	expect(deeds.map(({ action, details }) => ({ action, ...details }))).toEqual(
		[
			['progress', 'csv'],
			['progress', 'xlsx'],
			['answers', 'csv'],
			['members', 'csv'],
		].map(([table, format]) => ({ action: 'results.exported', table, format })),
	);
	await page.context().close();
});

test('another program reads the same with a key, until it is revoked', async ({
	browser,
	playwright,
	tiny,
}) => {
	const world = await crowd(tiny);
	const page = await pageAs(browser, tiny, world, 'educator');
	await page.goto(`${tiny.origin}/da/teach/tokens`);
	await page.getByLabel(t('teach_api_name'), { exact: true }).fill('Regionens statistik');
	await page.getByRole('button', { name: t('teach_api_make') }).click();
	const made = page.getByRole('region', { name: 'Regionens statistik' });
	await expect(made).toBeFocused();
	await isAccessible(page, 'a new key');
	const key = await made.getByLabel(t('teach_api_key')).inputValue();
	await page.reload();
	expect(await page.content()).not.toContain(key.split('.')[1]);

	const program = await playwright.request.newContext({ baseURL: `${tiny.origin}/api/v1/` });
	const get = async (path: string, authorization = `Bearer ${key}`) => {
		const response = await program.get(path, { headers: { authorization } });
		return { status: response.status(), body: (await response.json()) as Told, response };
	};
	interface Told {
		[key: string]: unknown;
		groups?: { id: string }[];
		learners?: { name: string; status: string }[];
		next?: string | null;
	}
	expect((await get('groups')).body.groups!.map(({ id }) => id)).toContain(world.group);
	const { body } = await get(`groups/${world.group}/learners?limit=50`);
	expect(body.learners).toHaveLength(50);
	const rest = await get(`groups/${world.group}/learners?limit=50&cursor=${body.next}`);
	const all = [...body.learners!, ...rest.body.learners!];
	expect(all.find(({ name }) => name === 'Ida Idle')).toMatchObject({ status: 'stuck' });
	const ida = await idOf(tiny, 'Ida Idle', world);
	expect((await get(`groups/${world.group}/learners/${ida}`)).body).toMatchObject({
		name: 'Ida Idle',
		courses: [{ id: 'tiny', standing: 'under-way' }],
	});

	// What goes wrong is told so that a program can read it.
	const problems: [path: string, status: number, authorization?: string][] = [
		['groups', 401, ''],
		['groups', 401, 'Bearer x.y'],
		['groups', 401, `Basic ${key}`],
		[`groups/${world.elsewhere}`, 404],
		[`groups/${world.group}/learners/${world.ids.outsider}`, 404],
		[`groups/${world.group}/learners?limit=0`, 400],
		[`groups/${world.group}/learners?nonsense=1`, 400],
		['nothing', 404],
	];
	for (const [path, status, authorization] of problems) {
		const answer = await get(path, authorization);
		expect(answer.status, path).toBe(status);
		expect(answer.response.headers()['content-type']).toBe('application/problem+json');
		expect(answer.body).toMatchObject({ status, detail: expect.any(String) });
	}
	// A browser that is signed in gets nothing by its cookie.
	expect((await page.request.get(`${tiny.origin}/api/v1/groups`)).status()).toBe(401);
	const described = await program.get('openapi.json');
	expect(await described.json()).toMatchObject({ openapi: '3.1.0' });

	await page
		.getByRole('button', {
			name: t('teach_api_revoke_name', { name: 'Regionens statistik' }),
		})
		.click();
	await expect(page.getByText(t('teach_api_revoked'))).toBeVisible();
	expect((await get('groups')).status).toBe(401);
	await program.dispose();
	await page.context().close();
});

test('for everybody else the group does not exist', async ({ browser, tiny }) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, course.id);
	await db.close();
	const base = groupOf(tiny, world);
	const paths = ['', `/learners/${world.ids.member}`, '/export/progress.csv'];
	for (const role of ['colleague', 'foreign', 'administrator'] as const) {
		const page = await pageAs(browser, tiny, world, role);
		for (const path of paths)
			expect((await page.request.get(base + path)).status(), `${role} ${path}`).toBe(404);
		await page.context().close();
	}
	const educator = await pageAs(browser, tiny, world, 'educator');
	expect((await educator.request.get(`${base}/learners/${world.ids.outsider}`)).status()).toBe(404);
	await educator.context().close();
	const learner = await pageAs(browser, tiny, world, 'member');
	expect((await learner.request.get(`${tiny.origin}/da/teach/tokens`)).status()).toBe(403);
	await learner.context().close();
});

async function idOf(server: Running, name: string, { group }: World): Promise<string> {
	const db = databaseOf(server);
	const { members, users } = db.tables;
	const [found] = await db.read
		.select({ id: users.id })
		.from(members)
		.innerJoin(users, and(eq(users.id, members.userId), eq(users.name, name)))
		.where(eq(members.groupId, group));
	await db.close();
	return found!.id;
}
