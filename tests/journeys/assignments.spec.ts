import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { Database } from '../../src/lib/server/db/database.ts';
import { isAccessible } from '../support/accessible.ts';
import { send, tinyEvent } from '../support/finish.ts';
import { letterTo } from '../support/mail-folder.ts';
import type { Running } from '../support/server.ts';
import { expect, test, wakeful } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld, type Role, type World } from '../support/world.ts';

/** Days from today, as the form takes them. */
/** A day where the organisation is. */
const day = (days: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Copenhagen' }).format(
		Date.now() + days * 24 * 60 * 60 * 1000,
	);

let db: Database;
let world: World;
test.beforeEach(async ({ tiny }) => {
	db = databaseOf(tiny);
	world = await makeWorld(db, 'tiny');
});
test.afterEach(() => db.close());

/** A page of somebody's own, signed in. */
async function as(browser: Browser, { origin }: Running, role: Role): Promise<Page> {
	const context = await browser.newContext({ locale: 'da-DK' });
	const [name, value] = world.cookies[role].split(/=(.*)/);
	await context.addCookies([{ name: name!, value: value!, url: origin }]);
	return wakeful(await context.newPage());
}

for (const language of ['da', 'en'] as const)
	test(`an educator asks for a lesson; the learner is told, does it, and is left in peace (${language})`, async ({
		browser,
		tiny,
	}) => {
		const say = (key: string, values: Record<string, string | number> = {}) =>
			t(key, values, language);
		const base = `${tiny.origin}/${language}/teach/groups/${world.group}/assignments`;
		const educator = await as(browser, tiny, 'educator');
		await educator.goto(base);
		await isAccessible(educator, 'list');
		await educator.getByRole('link', { name: say('teach_assign_new') }).click();
		await educator.getByLabel(say('teach_assign_some_lessons')).check();
		const make = educator.getByRole('button', { name: say('teach_assign_make') });

		// Not good yet: each thing is said at its field, and what was typed stays.
		await educator.getByLabel(say('teach_assign_due'), { exact: true }).fill(day(-2));
		await educator.getByLabel(say('teach_assign_message')).fill('Before the seminar');
		await make.click();
		await expect(educator.getByRole('alert')).toContainText(say('teach_assign_lessons_missing'));
		await expect(
			educator.getByLabel(say('teach_assign_due'), { exact: true }),
		).toHaveAccessibleDescription(say('teach_assign_due_past', { today: day(0) }));
		await expect(educator.getByLabel(say('teach_assign_message'))).toHaveValue(
			'Before the seminar',
		);
		await isAccessible(educator, 'form with errors');

		await educator.getByLabel(language === 'da' ? 'Farvel' : 'Goodbye', { exact: true }).check();
		await educator.getByLabel(say('teach_assign_due'), { exact: true }).fill(day(3));
		await make.click();
		await expect(educator.getByText(say('teach_assign_made'))).toBeVisible();
		await expect(educator.getByText(say('teach_assign_done_of', { done: 0, of: 1 }))).toBeVisible();
		await isAccessible(educator, 'assignment');

		const address = `member-${world.ids.member}@example.org`;
		await expect.poll(() => letterTo(tiny, address)).toContain('text/calendar');
		const letter = letterTo(tiny, address)!;
		expect(letter).toContain('Content-Type: text/html');
		expect(letter).toContain('Before the seminar');

		const learner = await as(browser, tiny, 'member');
		await learner.goto(`${tiny.origin}/${language}`);
		const due = learner.getByRole('listitem').filter({ hasText: 'Before the seminar' });
		const inDays = new Intl.RelativeTimeFormat(language).format(3, 'day');
		await expect(due).toContainText(inDays);
		await isAccessible(learner, 'start page');
		await due.getByRole('link').click();
		await expect(learner).toHaveURL(/\/courses\/tiny\/bye/);
		await send(learner.request, tiny.origin, world.ids.member, [
			tinyEvent({ lesson: 'bye', type: 'step-read', step: 'end' }),
		]);
		await learner.goto(`${tiny.origin}/${language}`);
		await expect(learner.getByRole('heading', { name: say('home_due_title') })).toBeVisible();
		await expect(due).toHaveCount(0);

		// The educator sees it, moves the day, and takes it back in the end.
		await educator.goto(base);
		await educator.getByRole('link', { name: language === 'da' ? /Farvel/ : /Goodbye/ }).click();
		await expect(educator.getByText(say('teach_assign_done_of', { done: 1, of: 1 }))).toBeVisible();
		await educator.getByLabel(say('teach_assign_due'), { exact: true }).fill(day(5));
		await educator.getByRole('button', { name: say('teach_assign_save') }).click();
		await expect(educator.getByText(say('teach_assign_changed'))).toBeVisible();
		await educator.getByText(say('teach_assign_withdraw'), { exact: true }).click();
		await educator.getByRole('button', { name: say('teach_assign_withdraw_now') }).click();
		await expect(educator.getByText(say('teach_assign_withdrawn_kept'))).toBeVisible();
	});

test('members are found by name; only they are asked', async ({ browser, tiny }) => {
	const educator = await as(browser, tiny, 'educator');
	await educator.goto(`${tiny.origin}/da/teach/groups/${world.group}/assignments/new`);
	await educator.getByLabel(t('teach_assign_chosen')).check();
	await educator.getByLabel(t('teach_assign_find')).fill('memb');
	await educator
		.getByRole('button', { name: t('teach_assign_find_add', { name: 'member' }) })
		.click();
	const address = `member-${world.ids.member}@example.org`;
	await expect(educator.getByLabel(t('teach_assign_people'))).toHaveValue(address);
	await isAccessible(educator, 'form with people');
	await educator.getByLabel(t('teach_assign_people')).fill('nobody@example.org');
	await educator.getByRole('button', { name: t('teach_assign_make') }).click();
	await expect(educator.getByRole('alert')).toContainText('nobody@example.org');
	await educator.getByLabel(t('teach_assign_people')).fill(address);
	await educator.getByRole('button', { name: t('teach_assign_make') }).click();
	await expect(educator.getByText(t('teach_assign_made'))).toBeVisible();
});

test('attempts at the final test are limited: said before, refused after, and one more is given', async ({
	browser,
	tiny,
}) => {
	const { assignments } = db.tables;
	const id = crypto.randomUUID();
	await db.tx((tx) =>
		tx.insert(assignments).values({
			id,
			groupId: world.group,
			course: 'tiny',
			scope: 'final-test',
			lessons: [],
			startsOn: '2026-01-01',
			requiredScore: 100,
			attempts: 1,
			message: '',
			reminders: [],
			forEveryone: true,
			createdAt: new Date(),
			changedAt: new Date(),
		}),
	);
	const learner = await as(browser, tiny, 'member');
	await learner.goto(`${tiny.origin}/da/courses/tiny/final-test`);
	await expect(learner.getByText(t('test_attempts_left', { left: 1, of: 1 }))).toBeVisible();
	await learner.getByRole('button', { name: t('test_begin') }).click();
	for (let item = 1; item <= 2; item++) {
		await expect(learner.getByText(t('player_item_of', { n: item, total: 2 }))).toBeVisible();
		// Right in one of the two.
		await learner.getByLabel('Goddag').check();
		await learner.getByRole('button', { name: t('activity_answer'), exact: true }).click();
	}
	await expect(learner.getByText(t('test_no_attempts'))).toBeVisible();
	await expect(learner.getByRole('button', { name: t('test_again') })).toHaveCount(0);
	await isAccessible(learner, 'no attempt is left');
	const refused = await learner.request.post(`${tiny.origin}/api/final-test`, {
		headers: { origin: tiny.origin },
		data: {
			course: 'tiny',
			attempt: crypto.randomUUID(),
			at: new Date().toISOString(),
			language: 'da',
		},
	});
	expect(refused.status()).toBe(409);
	expect(await refused.text()).toContain(t('test_no_attempts'));
	await learner.goto(`${tiny.origin}/da`);
	await expect(learner.getByText(t('home_due_no_attempts'))).toBeVisible();

	const educator = await as(browser, tiny, 'educator');
	await educator.goto(`${tiny.origin}/da/teach/groups/${world.group}/assignments/${id}`);
	await educator.getByLabel(t('teach_assign_attempts'), { exact: true }).fill('2');
	await educator.getByRole('button', { name: t('teach_assign_save') }).click();
	await expect(educator.getByText(t('teach_assign_changed'))).toBeVisible();
	await learner.goto(`${tiny.origin}/da/courses/tiny/final-test`);
	await expect(learner.getByText(t('test_attempts_left', { left: 1, of: 2 }))).toBeVisible();
	await expect(learner.getByRole('button', { name: t('test_again') })).toBeVisible();
});

test('nobody else comes in, and an archived group is left as it is', async ({ browser, tiny }) => {
	const at = (group: string, rest = '') =>
		`${tiny.origin}/da/teach/groups/${group}/assignments${rest}`;
	for (const role of ['foreign', 'colleague', 'former', 'member', 'administrator'] as const) {
		const { request } = await as(browser, tiny, role);
		for (const rest of ['', '/new', `/${world.assignment}`, '/people.json?q=a']) {
			const status = (await request.get(at(world.group, rest))).status();
			expect([403, 404], `${role} ${rest}`).toContain(status);
		}
		const made = await request.post(at(world.group, '/new'), {
			headers: { origin: tiny.origin },
			form: { course: 'tiny', scope: 'course' },
		});
		expect([403, 404], role).toContain(made.status());
	}
	const { request } = await as(browser, tiny, 'educator');
	expect((await request.get(at(world.archived))).status()).toBe(200);
	expect((await request.get(at(world.archived, '/new'))).status()).toBe(403);
	const made = await request.post(at(world.archived, '/new'), {
		headers: { origin: tiny.origin },
		form: { course: 'tiny', scope: 'course' },
	});
	expect(made.status()).toBe(403);
	// An assignment of another group is none of this one's.
	expect((await request.get(at(world.archived, `/${world.assignment}`))).status()).toBe(404);
});

test('an administrator sees how mail fares, and tries it', async ({ browser, tiny }) => {
	const admin = await as(browser, tiny, 'administrator');
	await admin.goto(`${tiny.origin}/da/admin/mail`);
	await expect(admin.getByText(join(tiny.dataDir, 'mail'))).toBeVisible();
	await admin.getByRole('button', { name: t('admin_mail_test') }).click();
	await expect(admin.getByRole('status')).toContainText(t('admin_mail_test_filed'));
	expect(letterTo(tiny, `administrator-${world.ids.administrator}@example.org`)).toContain(
		'Auto-Submitted: auto-generated',
	);
	const { letters } = db.tables;
	await db.tx((tx) =>
		tx.insert(letters).values({
			id: crypto.randomUUID(),
			to: 'gone@example.org',
			kind: 'invitation',
			subject: '',
			body: null,
			createdAt: new Date(),
			dueAt: new Date(),
			failures: 1,
			trouble: '550 no such user',
			failedAt: new Date(),
		}),
	);
	await admin.reload();
	await expect(admin.getByRole('row', { name: /gone@example.org/ })).toContainText(
		'550 no such user',
	);
	await isAccessible(admin, 'mail');
	for (const role of ['educator', 'member'] as const) {
		const { request } = await as(browser, tiny, role);
		expect((await request.get(`${tiny.origin}/da/admin/mail`)).status()).toBe(403);
	}
});
