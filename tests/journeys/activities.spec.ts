import type { Page } from '@playwright/test';
import { loadCourse } from '../../src/authoring/loader.ts';
import { createSession } from '../../src/lib/server/auth/sessions.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { isAccessible } from '../support/accessible.ts';
import { everything } from '../support/everything.ts';
import type { Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld, type World } from '../support/world.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;

/** What somebody does who answers well, or badly. */
const GOOD: Record<string, unknown> = {
	one: { options: ['hello'] },
	many: { options: ['tea', 'milk'] },
	confidence: { ratings: { greet: 3, part: 8 } },
};

/** A new member of the group who does everything, sent as their own browser would. */
async function learner(
	{ origin }: Running,
	db: Database,
	{ group }: World,
	answers: Record<string, unknown>,
): Promise<void> {
	const id = crypto.randomUUID();
	const now = new Date();
	const token = await db.tx(async (tx) => {
		const { users, members } = db.tables;
		const person = { name: 'L', role: 'learner', isGuest: false, language: 'en' } as const;
		await tx.insert(users).values({ ...person, id, email: `${id}@example.org`, createdAt: now });
		await tx.insert(members).values({ groupId: group, userId: id, joinedAt: now });
		return (await createSession(tx, db.tables, { id, isGuest: false })).token;
	});
	// The server itself draws a final test.
	const events = everything(course)
		.filter(({ lesson }) => lesson !== 'final-test')
		.map((event) =>
			event.type === 'answered' && event.item in answers
				? { ...event, response: answers[event.item] }
				: event,
		) as LearnerEvent[];
	for (let from = 0; from < events.length; from += 100) {
		const response = await fetch(`${origin}/api/events`, {
			method: 'POST',
			headers: { origin, 'content-type': 'application/json', cookie: `session=${token}` },
			body: JSON.stringify({ learner: id, events: events.slice(from, from + 100) }),
		});
		expect(await response.json()).toMatchObject({ refused: [] });
	}
}

/** A group in which four have done everything: three well, one badly. */
async function four(tiny: Running): Promise<{ db: Database; world: World }> {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	for (const answers of [GOOD, GOOD, GOOD, {}]) await learner(tiny, db, world, answers);
	return { db, world };
}

async function asEducator(page: Page, { origin }: Running, world: World): Promise<string> {
	const [name, value] = world.cookies.educator.split('=') as [string, string];
	await page.context().addCookies([{ name, value, url: origin }]);
	return `${origin}/da/teach/groups/${world.group}/activities`;
}

test('an educator sees what a group answered, and the same figures as a table', async ({
	page,
	tiny,
}) => {
	const { db, world } = await four(tiny);
	const base = await asEducator(page, tiny, world);
	await page.goto(base);
	const row = page.getByRole('row', { name: /^Prøve/ });
	await expect(row).toContainText(t('teach_activity_of', { count: 4, total: 5 }));
	await expect(row).toContainText(/75\s%/);
	await row.getByRole('link').click();

	const item = page.locator('section.card').filter({ hasText: 'Hvad siger man først?' });
	await expect(item).toContainText(/75\s%/);
	await expect(item).toContainText(t('teach_activity_discrimination_few', { enough: 10 }));
	const chart = item.getByRole('img');
	await expect(chart).toHaveAccessibleName(
		t('teach_activity_dist_summary', { answer: 'Goddag', count: 3, total: 4 }),
	);
	await expect(chart.locator('rect.lc-bar')).toHaveCount(2);
	await item.getByText(t('teach_activity_table')).click();
	const cells = item.getByRole('row', { name: 'Goddag' }).getByRole('cell');
	await expect(cells).toHaveText(['3', /75\s%/]);

	await page.goto(`${base}/hello/anna`);
	await expect(page.getByRole('img', { name: t('teach_activity_tree_summary') })).toBeVisible();
	const turn = page.getByRole('listitem').filter({ hasText: t('teach_activity_turn', { n: 1 }) });
	await expect(turn.first()).toContainText(t('teach_activity_chosen', { count: 4, total: 4 }));
	const meters = page.locator('section.card').filter({ hasText: t('teach_activity_meters') });
	await meters.getByText(t('teach_activity_table')).click();
	// Everybody took the costly way: from 50 by −20.
	await expect(meters.getByRole('row', { name: '1', exact: false }).first()).toBeVisible();
	await expect(meters.getByRole('row').nth(2).getByRole('cell').first()).toHaveText('30,0');
	await db.close();
});

test('confidence stays hidden with four people and is shown with five', async ({ page, tiny }) => {
	const { db, world } = await four(tiny);
	const address = `${await asEducator(page, tiny, world)}/confidence/after`;
	await page.goto(address);
	await expect(page.locator('.notice')).toHaveText(
		t('teach_activity_confidence_few', { people: 4, fewest: 5 }),
	);
	expect(await page.content()).not.toContain('At hilse');
	const data = await page.request.get(`${address}/__data.json`);
	expect(await data.text()).not.toContain('At hilse');

	await learner(tiny, db, world, {});
	await page.goto(address);
	const chart = page.getByRole('img');
	await expect(chart.locator('circle')).toHaveCount(4);
	await page.getByText(t('teach_activity_table')).click();
	// Three rated 3, two 7.
	await expect(page.getByRole('row', { name: 'At hilse' }).getByRole('cell')).toHaveText([
		'4,6',
		'4,6',
	]);
	await db.close();
});

test('figures are there without script, on a phone and on paper, and axe finds nothing', async ({
	browser,
	page,
	tiny,
}) => {
	test.setTimeout(240_000);
	const { db, world } = await four(tiny);
	await learner(tiny, db, world, {});
	const base = await asEducator(page, tiny, world);
	const places = ['', '/hello/check', '/hello/warm-up', '/hello/anna', '/confidence/after'];
	for (const [width, colorScheme] of [
		[320, 'light'],
		[1280, 'dark'],
	] as const) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		for (const place of places) {
			await page.goto(base + place);
			await isAccessible(page, `${place}, ${width}, ${colorScheme}`);
		}
	}
	const context = await browser.newContext({ javaScriptEnabled: false });
	const still = await context.newPage();
	await asEducator(still, tiny, world);
	await still.goto(`${base}/hello/check`, { waitUntil: 'load' });
	await expect(still.locator('rect.lc-bar').first()).toBeVisible();
	await still.emulateMedia({ media: 'print' });
	// What is folded away on the screen stands on paper.
	await expect(still.getByRole('table').first()).toBeVisible();
	await expect(still.getByRole('navigation').first()).toBeHidden();
	await context.close();
	await db.close();
});

test('there is nothing at an address where nothing can be answered', async ({ page, tiny }) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	const base = await asEducator(page, tiny, world);
	for (const place of ['/hello/welcome', '/nowhere/check', '?course=nowhere']) {
		const response = await page.goto(base + place);
		expect(response!.status(), place).toBe(404);
	}
	await page.goto(base);
	await expect(page.getByText(t('teach_activity_nobody'))).toBeVisible();
	await db.close();
});
