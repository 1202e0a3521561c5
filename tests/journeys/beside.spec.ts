import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { loadCourse } from '../../src/authoring/loader.ts';
import { activitiesOf, findLesson } from '../../src/lib/course/model.ts';
import { unitsOf } from '../../src/lib/course/parts.ts';
import { responseTo } from '../support/answers.ts';
import { send, tinyEvent } from '../support/finish.ts';
import { openLate } from '../support/slow-device.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const answer = (page: Page) =>
	page.getByRole('button', { name: t('activity_answer'), exact: true }).click();

test('confidence is asked before and after, and the change is shown', async ({ page, tiny }) => {
	await page.goto(`${tiny.origin}/da/courses/tiny`);
	await page.getByRole('link', { name: new RegExp(t('player_before')) }).click();
	const rate = async (numbers: number[]) => {
		for (const [at, task] of ['At hilse', 'At sige farvel'].entries())
			await page
				.getByRole('group', { name: task, exact: true })
				.getByLabel(String(numbers[at]), { exact: true })
				.check();
		await page.getByRole('button', { name: t('activity_done') }).click();
	};
	// Nothing chosen: it says what is missing.
	await page.getByRole('button', { name: t('activity_done') }).click();
	await expect(page.getByRole('alert')).toHaveText(t('activity_rate_first', { count: 2 }));
	await rate([3, 5]);
	await expect(page.getByRole('heading', { name: t('confidence_thanks') })).toBeVisible();
	// Too early to ask again.
	await expect(page.getByRole('button', { name: t('confidence_answer_after') })).toHaveCount(0);

	// The connection is slow: whoever goes on at once finds the lesson finished all the same.
	await page.route('**/api/events', async (route) => {
		await new Promise((done) => setTimeout(done, 1500));
		await route.continue();
	});
	await page.goto(`${tiny.origin}/da/courses/tiny/bye`);
	await page.getByRole('link', { name: t('player_to_course') }).click();
	await page.getByRole('link', { name: new RegExp(t('player_after')) }).click();
	await page.getByRole('button', { name: t('confidence_answer_after') }).click();
	await rate([6, 4]);
	await expect(page.getByText(t('confidence_more', { change: '+1' }))).toBeVisible();
	const row = page.getByRole('row', { name: /At hilse/ });
	await expect(row.getByRole('cell')).toHaveText(['3', '6', '+3']);
	// It is on record, and in the other language.
	await page.goto(`${tiny.origin}/en/courses/tiny/confidence`);
	await expect(page.getByRole('row', { name: /Saying goodbye/ }).getByRole('cell')).toHaveText([
		'5',
		'4',
		'-1',
	]);
});

test('the final test tells nothing before its last answer, and everything after', async ({
	page,
	tiny,
}) => {
	const heard: string[] = [];
	page.on('response', async (response) => {
		if (response.url().startsWith(tiny.origin)) heard.push(await response.text().catch(() => ''));
	});
	const address = `${tiny.origin}/da/courses/tiny/final-test`;
	await page.goto(address);
	await page.getByRole('button', { name: t('test_begin') }).click();
	await expect(page.getByText(t('player_item_of', { n: 1, total: 2 }))).toBeVisible();
	// Answering with nothing says what is missing.
	await answer(page);
	await expect(page.getByRole('alert')).toHaveText(t('activity_choose_first'));
	// Put off, answer the other one first, come back later.
	const first = await page.getByRole('group').first().getAttribute('class');
	expect(first).not.toBeNull();
	const firstPrompt = await page.locator('form legend').textContent();
	await page.getByRole('button', { name: t('test_later') }).click();
	await expect(page.locator('form legend')).not.toHaveText(firstPrompt!);
	await page.getByLabel('Goddag', { exact: true }).check();
	await answer(page);
	await expect(page.locator('form legend')).toHaveText(firstPrompt!);
	await expect(page.getByText(t('player_item_of', { n: 1, total: 2 }))).toBeFocused();
	await page.reload();
	await expect(page.locator('form legend')).toHaveText(firstPrompt!);
	// Until here no word of any explanation and no mark of what is right has left the server.
	for (const text of heard) expect(text).not.toMatch(/Det er pænt|Det er først|Det er sidst/);
	expect(heard.filter((text) => text.includes('"right":true'))).toEqual([]);

	await page.getByLabel('Goddag', { exact: true }).check();
	await answer(page);
	// "Goddag" is right for one of the two.
	await expect(page.getByRole('heading', { name: t('test_passed'), exact: true })).toBeFocused();
	await expect(page.getByText('50%')).toBeVisible();
	const missed = page.getByRole('button', { name: /Farvel.*ikke rigtigt/ });
	await missed.click();
	await expect(page.getByText('Det er pænt.')).toBeVisible();
	await expect(
		page.getByRole('link', { name: t('test_to_lesson', { title: 'Farvel' }) }),
	).toHaveAttribute('href', '/da/courses/tiny/bye');
	await page.goto(`${tiny.origin}/da/courses/tiny`);
	await expect(page.getByText(t('player_test_score', { score: 50 }))).toBeVisible();

	// Again, as often as one likes; what was reached stays.
	await page.goto(address);
	await page.getByRole('button', { name: t('test_again') }).click();
	for (let at = 0; at < 2; at++) {
		const prompt = await page.locator('form legend').textContent();
		await page.getByLabel(prompt === 'Hvad siger man sidst?' ? 'Farvel' : 'Goddag').check();
		await answer(page);
	}
	await expect(page.getByText('100%')).toBeVisible();
});

test('the final test waits for a connection and loses nothing', async ({ page, context, tiny }) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/final-test`);
	await page.getByRole('button', { name: t('test_begin') }).click();
	await page.getByLabel('Goddag', { exact: true }).check();
	await context.setOffline(true);
	await answer(page);
	await page.getByLabel('Farvel', { exact: true }).check();
	await answer(page);
	await expect(page.getByRole('heading', { name: t('test_all_answered') })).toBeVisible();
	await context.setOffline(false);
	await expect(page.locator('.percent')).toHaveText(/100%|0%/);
});

test('the result waits for answers that are still on their way', async ({ page, tiny }) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/final-test`);
	await page.getByRole('button', { name: t('test_begin') }).click();
	await page.route('**/api/events', async (route) => {
		await new Promise((done) => setTimeout(done, 1500));
		await route.continue();
	});
	const position = (n: number) => page.getByText(t('player_item_of', { n, total: 2 }));
	await expect(position(1)).toBeVisible();
	await page.getByLabel('Goddag', { exact: true }).check();
	await answer(page);
	await expect(position(2)).toBeVisible();
	// A page that does not know whether the first one has arrived.
	await page.reload();
	await expect(position(2)).toBeVisible();
	await page.getByLabel('Farvel', { exact: true }).check();
	await answer(page);
	await expect(page.locator('.percent')).toHaveText(/100%|0%/);
});

test('nobody draws their own final test, and a foreign course has none', async ({
	request,
	tiny,
}) => {
	const attempt = randomUUID();
	const began = tinyEvent({
		lesson: 'final-test',
		type: 'attempt-began',
		step: 'test',
		attempt,
		items: ['test-first'],
	});
	await expect(send(request, tiny.origin, null, [began])).rejects.toThrow(
		/the server itself draws/,
	);
	const begin = (data: object) =>
		request.post(`${tiny.origin}/api/final-test`, { headers: { origin: tiny.origin }, data });
	const body = { course: 'tiny', attempt, at: new Date().toISOString(), language: 'da' };
	expect((await begin({ ...body, course: 'other' })).status()).toBe(404);
	expect((await begin({ ...body, items: ['test-first'] })).status()).toBe(400);
	expect((await begin({ ...body, at: 'now' })).status()).toBe(400);
});

/** Sends all that finishing the first lesson takes; the drill's `missed` items are answered wrong. */
async function finishHello(page: Page, origin: string, missed: string[]): Promise<void> {
	const { steps } = findLesson(tiny, 'hello')!;
	const events: Record<string, unknown>[] = [];
	for (const step of steps) {
		if (step.kind === 'read') {
			events.push(tinyEvent({ type: 'step-read', step: step.id }));
			continue;
		}
		const attempt = randomUUID();
		const items = activitiesOf(step);
		events.push(
			tinyEvent({
				type: 'attempt-began',
				step: step.id,
				attempt,
				items: items.map(({ id }) => id),
			}),
		);
		for (const item of items) {
			const response =
				item.type === 'reflect'
					? { written: true }
					: item.type === 'rewrite' || item.type === 'ask'
						? { checked: [] }
						: responseTo(item, missed.includes(item.id) ? 'wrong' : 'right');
			events.push(tinyEvent({ type: 'answered', step: step.id, attempt, item: item.id, response }));
		}
	}
	await send(page.request, origin, null, events);
}

test('practice brings back what was missed until it is right', async ({ page, tiny: server }) => {
	await page.goto(`${server.origin}/da/courses/tiny/practice`);
	await expect(page.getByText(t('practice_no_lessons'))).toBeVisible();
	await finishHello(page, server.origin, ['sort']);
	await page.goto(`${server.origin}/da/courses/tiny`);
	await page.getByRole('link', { name: t('player_practice_due', { count: 1 }) }).click();
	await expect(page.getByText(t('practice_due', { count: 1 }))).toBeVisible();
	await page.getByRole('button', { name: t('practice_begin') }).click();
	const sort = async (ice: string) => {
		await page.getByRole('group', { name: 'Damp' }).getByLabel('Varmt').check();
		await page.getByRole('group', { name: /^Is/ }).getByLabel(ice).check();
		await answer(page);
	};
	await sort('Varmt');
	await expect(page.getByText(t('practice_comes_back'))).toBeVisible();
	await page.getByRole('button', { name: t('player_next_item') }).click();
	await sort('Koldt');
	await expect(page.getByRole('heading', { name: t('verdict_right') })).toBeFocused();
	await page.getByRole('button', { name: t('player_next_item') }).click();
	await expect(page.getByRole('heading', { name: t('practice_done') })).toBeFocused();
	await expect(page.getByText(t('practice_result', { right: 0, total: 1 }))).toBeVisible();
	await expect(page.getByText(t('practice_next', { when: t('practice_tomorrow') }))).toBeVisible();
	// It is on record: nothing is due any more, but one may go on all the same.
	await page.goto(`${server.origin}/da/courses/tiny/practice`);
	await expect(page.getByText(t('practice_none_due'))).toBeVisible();
	await page.getByRole('button', { name: t('practice_anyway') }).click();
	await expect(page.getByRole('button', { name: t('activity_answer'), exact: true })).toBeVisible();
});

test('what is practised before the device has opened its record stays counted', async ({
	page,
	tiny: server,
}) => {
	await finishHello(page, server.origin, ['sort']);
	await openLate(page);
	await page.goto(`${server.origin}/da/courses/tiny/practice`);
	await page.getByRole('button', { name: t('practice_begin') }).click();
	await page.getByRole('group', { name: 'Damp' }).getByLabel('Varmt').check();
	await page.getByRole('group', { name: /^Is/ }).getByLabel('Koldt').check();
	const arrived = page.waitForResponse('**/api/events');
	await answer(page);
	await page.getByRole('button', { name: t('player_next_item') }).click();
	const when = page.getByText(t('practice_next', { when: t('practice_tomorrow') }));
	await expect(when).toBeVisible();
	await expect(page.locator('html')).not.toHaveAttribute('data-opened');
	await expect(page.locator('html')).toHaveAttribute('data-opened');
	expect(((await (await arrived).json()) as { accepted: string[] }).accepted).toHaveLength(1);
	await expect(when).toBeVisible();
	await page.goto(`${server.origin}/da/courses/tiny/practice`);
	await expect(page.getByText(t('practice_none_due'))).toBeVisible();
});

test('what stands beside the lessons is counted like a lesson', () => {
	expect(unitsOf(tiny).map(({ id }) => id)).toEqual(['hello', 'bye', 'final-test', 'confidence']);
});
