import { expect, test, type BrowserContext, type FrameLocator, type Page } from '@playwright/test';
import { statSync } from 'node:fs';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { activitiesOf, type Step } from '../../src/lib/course/model.ts';
import { unitsOf } from '../../src/lib/course/parts.ts';
import type { Progress, StepProgress } from '../../src/lib/progress/progress.ts';
import { resume, suspend } from '../../src/lib/progress/suspend.ts';
import { complaint12 } from '../../src/lib/tracking/scorm/cmi12.ts';
import { findings } from '../support/accessible.ts';
import { makePackage } from '../support/packages.ts';
import { closeTab, startLms, type Call, type Lms } from '../support/scorm-lms.ts';
import { t } from '../support/texts.ts';

let lms: Lms;

test.beforeAll(async () => {
	test.setTimeout(240_000);
	const [tiny, real] = [makePackage('tiny', 'scorm12'), makePackage('rygsamtalen', 'scorm12')];
	expect(statSync(`${tiny}.zip`).size).toBeLessThan(300 * 1024);
	expect(statSync(`${real}.zip`).size).toBeLessThan(1024 * 1024);
	lms = await startLms({
		tiny: { folder: tiny, version: 'scorm12' },
		real: { folder: real, version: 'scorm12' },
		split: { folder: makePackage('tiny', 'scorm12', '--split', 'lessons'), version: 'scorm12' },
	});
});
test.afterAll(() => lms?.close());

let foreign: string[];
let errors: string[];
test.beforeEach(({ context }) => {
	lms.sent.clear();
	foreign = [];
	errors = [];
	context.on('request', (request) => {
		if (!request.url().startsWith(lms.origin) && !request.url().startsWith('data:'))
			foreign.push(request.url());
	});
	context.on('weberror', (error) => errors.push(error.error().message));
});
test.afterEach(() => {
	expect(foreign, 'requests to elsewhere').toEqual([]);
	expect(errors, 'script errors').toEqual([]);
});

const launch = (context: BrowserContext, query?: string) => lms.launch(context, 'tiny', query);
const recordOf = (context: BrowserContext) => lms.record(context, 'tiny');

const named = (calls: Call[], name: string) => calls.filter((call) => call[0] === name);
const last = (calls: Call[], element: string) =>
	named(calls, 'LMSSetValue').findLast((call) => call[1] === element)?.[2];

/** Goes to a step of the first lesson by its address, as its links do. */
async function goTo(page: Page, step: string): Promise<void> {
	await page
		.frame({ url: /package/ })!
		.evaluate((hash) => void (location.hash = hash), `#/en/${step}`);
}

const choiceIn = (course: FrameLocator, name: string) =>
	course.getByRole('button', { name, exact: true });

async function choose(course: FrameLocator, text: string): Promise<void> {
	await course.getByRole('button', { name: text, exact: true }).click();
}

test('the real course is as light in a package: 60 KB of script, 120 KB in all, 10 requests', async ({
	page,
}) => {
	await page.goto(`${lms.address('real')}#/en/dialogue-from-the-person/karin`);
	await expect(page.getByRole('heading', { name: t('vignette_now', {}, 'en') })).toBeVisible();
	await page.waitForLoadState('networkidle');
	const total = (files: [string, number][]) => files.reduce((sum, [, size]) => sum + size, 0);
	expect(total([...lms.sent].filter(([path]) => path.endsWith('.js')))).toBeLessThanOrEqual(60_000);
	expect(total([...lms.sent])).toBeLessThanOrEqual(120_000);
	expect(lms.sent.size).toBeLessThanOrEqual(10);
});

test('the metaphors are in the package, too, each to be shown to a patient', async ({ page }) => {
	await page.goto(`${lms.address('real')}#/en`);
	await page.getByRole('link', { name: t('metaphor_gallery', {}, 'en') }).click();
	await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(10);
	await page.getByRole('link', { name: /When the cup runs over/ }).click();
	await page.getByRole('button', { name: 'A bad night' }).click();
	await expect(page.getByText('It rises. Nothing is felt yet.')).toBeVisible();
	await page.getByRole('button', { name: t('metaphor_show', {}, 'en') }).click();
	await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('link', { name: /Dansk/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Når koppen flyder over');
	await page.goBack();
	await page.getByRole('link', { name: t('metaphor_all', {}, 'en') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('metaphor_gallery', {}, 'en'));
});

test('a learner is interrupted and comes back; the LMS has all of it', async ({ context }) => {
	const first = await launch(context);
	await expect(first.course.getByRole('heading', { level: 1 })).toBeVisible();
	await goTo(first.page, 'hello/anna');
	await expect(first.course.getByRole('button', { name: 'How was it?' })).toBeVisible();
	await choose(first.course, 'How was it?');
	await expect(first.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(first.page);

	const between = await recordOf(context);
	expect(named(between.calls, 'LMSInitialize')).toHaveLength(1);
	expect(named(between.calls, 'LMSFinish')).toHaveLength(1);
	expect(between.calls.at(-1)![0]).toBe('LMSFinish');
	expect(last(between.calls, 'cmi.core.lesson_status')).toBe('incomplete');
	expect(last(between.calls, 'cmi.core.exit')).toBe('suspend');
	expect(last(between.calls, 'cmi.core.score.raw')).toBeUndefined();

	const second = await launch(context);
	const { course } = second;
	await expect(course.getByText('How was it?')).toBeVisible();
	await choose(course, 'Which kind do you like?');
	await expect(course.getByRole('button', { name: 'Which kind do you like?' })).toBeHidden();
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(second.page);
	const talked = await recordOf(context);
	expect(last(talked.calls, 'cmi.interactions.0.id')).toBe('hello_anna');
	expect(last(talked.calls, 'cmi.interactions.0.type')).toBe('performance');
	expect(last(talked.calls, 'cmi.interactions.0.student_response')).toBe(
		'welcome.ask-day,drink.which-tea',
	);
	expect(last(talked.calls, 'cmi.interactions.0.result')).toBe('correct');

	const third = await launch(context);
	await goTo(third.page, 'hello/check');
	await finishQuiz(third.course);
	await expect(third.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(third.page);

	const { calls, data } = await recordOf(context);
	for (const [, element, value] of named(calls, 'LMSSetValue'))
		expect(complaint12(element!, value!)).toBeUndefined();
	expect(calls.filter((call) => call.at(-1) !== 'true')).toEqual([]);
	expect(last(calls, 'cmi.interactions.1.type')).toBe('choice');
	expect(last(calls, 'cmi.interactions.1.result')).toBe('correct');
	expect(last(calls, 'cmi.interactions.2.result')).toBe('correct');
	// Reading and the drill are still to be done: nothing is passed before its time.
	expect(data).toMatchObject({ core: { lesson_status: 'incomplete', exit: 'suspend' } });
});

const RIGHT = ['Hello', 'Tea', 'Milk', 'Water'];

async function finishQuiz(course: FrameLocator): Promise<void> {
	await course.getByRole('button', { name: 'Begin' }).click({ timeout: 15_000 });
	for (let item = 1; item <= 2; item++) {
		await expect(course.getByRole('heading', { name: `${item} of 2` })).toBeVisible();
		for (const answer of RIGHT) {
			const box = course.getByLabel(answer, { exact: true });
			if ((await box.count()) > 0) await box.check();
		}
		await course.getByRole('button', { name: 'Answer' }).click();
		await course.locator('.actions .button').first().click();
	}
	await expect(course.locator('.result')).toBeVisible();
}

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;

/** Everything done but one step, where the learner is. */
function allBut(lesson: string, left: string): Progress {
	const finished = (step: Step): StepProgress => {
		const items = activitiesOf(step).map((activity) => activity.id);
		const results = items.map((id) => [id, { earned: 1, possible: 1, done: true }]);
		const attempt = { id: step.id, items, results: Object.fromEntries(results) };
		return { finished: 1, first: attempt, best: attempt, latest: attempt, open: [] };
	};
	const progress: Progress = { lessons: {}, seconds: 60, last: { lesson, step: left } };
	for (const { id, steps } of unitsOf(tiny)) {
		const done = steps.filter((step) => step.id !== left);
		progress.lessons[id] = {
			read: done.filter((step) => step.kind === 'read').map((step) => step.id),
			steps: Object.fromEntries(
				done.filter((step) => step.kind !== 'read').map((step) => [step.id, finished(step)]),
			),
		};
	}
	return progress;
}

/** What an LMS has of a learner who was there before. */
async function store(context: BrowserContext, progress: Progress): Promise<void> {
	const stored = {
		suspend_data: suspend(tiny, progress, rulesFor),
		core: {
			student_id: 'karin',
			credit: 'credit',
			lesson_mode: 'normal',
			lesson_status: 'incomplete',
			entry: 'resume',
		},
		student_data: { mastery_score: '80' },
	};
	await lms.store(context, 'tiny', stored);
}

test('the last quiz passes the course', async ({ context }) => {
	await store(context, allBut('hello', 'check'));
	const { page: tab, course } = await launch(context);
	await expect(course.getByRole('heading', { level: 1, name: 'Prøve' })).toBeVisible();
	await course.getByRole('link', { name: /English/ }).click();
	await finishQuiz(course);
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(tab);

	const { calls, data } = await recordOf(context);
	for (const [, element, value] of named(calls, 'LMSSetValue'))
		expect(complaint12(element!, value!)).toBeUndefined();
	expect(data).toMatchObject({
		core: { lesson_status: 'passed', exit: '', score: { raw: '100', min: '0', max: '100' } },
		interactions: { 0: { result: 'correct' }, 1: { result: 'correct' } },
	});
	const { progress, problem } = resume(tiny, String(data.suspend_data), rulesFor);
	expect(problem).toBeUndefined();
	expect(progress.lessons.hello!.steps.check!.finished).toBe(1);
	expect(progress.language).toBe('en');
});

test('the final test is drawn and scored in the package, and passes the course', async ({
	context,
}) => {
	await store(context, allBut('final-test', 'test'));
	const first = await launch(context);
	await first.course.getByRole('button', { name: t('test_begin') }).click();
	const answered = ({ course }: typeof first) => course.getByRole('progressbar');
	const answer = async ({ course }: typeof first) => {
		const prompt = await course.locator('form legend').textContent();
		await course.getByLabel(prompt === 'Hvad siger man sidst?' ? 'Farvel' : 'Goddag').check();
		await course.getByRole('button', { name: t('activity_answer'), exact: true }).click();
	};
	await answer(first);
	await expect(answered(first)).toHaveAttribute('aria-valuenow', '1');
	await expect(first.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(first.page);
	expect((await recordOf(context)).data).toMatchObject({ core: { lesson_status: 'incomplete' } });

	// The LMS brings it back where it was left: the one answer given, the other item open.
	const second = await launch(context);
	await expect(answered(second)).toHaveAttribute('aria-valuenow', '1');
	await answer(second);
	await expect(second.course.getByRole('heading', { name: t('test_passed') })).toBeVisible();
	await expect(second.course.getByText('100%')).toBeVisible();
	await second.course.getByRole('button', { name: /Goddag/ }).click();
	await expect(second.course.getByText('Det er pænt.')).toBeVisible();
	await expect(second.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(second.page);
	const { calls, data } = await recordOf(context);
	for (const [, element, value] of named(calls, 'LMSSetValue'))
		expect(complaint12(element!, value!)).toBeUndefined();
	expect(data).toMatchObject({
		core: { lesson_status: 'passed', exit: '', score: { raw: '100' } },
	});
});

test('what the LMS lost is on this device; on another one the learner is told', async ({
	context,
	browser,
}) => {
	const first = await launch(context);
	await expect(first.course.getByRole('heading', { level: 1 })).toBeVisible();
	await goTo(first.page, 'hello/anna');
	await choose(first.course, 'How was it?');
	await expect(first.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(first.page);
	const { suspend_data: _, ...lost } = (await recordOf(context)).data;
	await lms.store(context, 'tiny', lost);

	const second = await launch(context);
	await expect(second.course.getByText('How was it?')).toBeVisible();
	await expect(choiceIn(second.course, 'Which kind do you like?')).toBeVisible();
	await expect(second.course.locator('[data-notice]')).toHaveCount(0);
	await expect(second.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(second.page);
	expect((await recordOf(context)).data.suspend_data).toMatch(/^R1/);

	const elsewhere = await browser.newContext();
	await lms.store(elsewhere, 'tiny', lost);
	const third = await launch(elsewhere);
	await expect(third.course.locator('[data-notice="gaps"]')).toHaveText(t('package_gaps'));
	const frame = await third.page.locator('#scorm_object').elementHandle();
	expect(await findings((await frame!.contentFrame())!, { within: '#app' })).toEqual([]);
	await elsewhere.close();
});

test('a package without an LMS says so, and goes on where one was', async ({ context }) => {
	const first = await launch(context, '?none');
	await expect(first.course.locator('[data-notice="no-lms"]')).toBeVisible();
	await goTo(first.page, 'hello/anna');
	await choose(first.course, 'How was it?');
	await expect(first.course.locator('[data-state="local"]')).toBeVisible();
	await closeTab(first.page);

	const second = await launch(context, '?none');
	await expect(second.course.getByText('How was it?')).toBeVisible();
	await expect(
		second.course.getByRole('button', { name: 'Which kind do you like?' }),
	).toBeVisible();
});

test('course map and conversation pass the accessibility check', async ({ context }) => {
	const page = await context.newPage();
	await page.goto(`${lms.address('tiny')}#/en`);
	await expect(page.getByRole('heading', { level: 1, name: 'Tiny course' })).toBeVisible();
	expect(await findings(page)).toEqual([]);
	await page.goto(`${lms.address('tiny')}#/en/hello/anna`);
	await page.getByRole('button', { name: 'How was it?' }).click();
	await expect(page.getByRole('button', { name: 'Which kind do you like?' })).toBeVisible();
	expect(await findings(page)).toEqual([]);
});

test('the language changes in place', async ({ context }) => {
	const { page, course } = await launch(context);
	await expect(course.getByRole('heading', { level: 1 })).toBeVisible();
	await goTo(page, 'hello/anna');
	await choose(course, 'How was it?');
	await course.getByRole('link', { name: /Dansk/ }).click();
	await expect(course.getByText('Hvordan gik den?')).toBeVisible();
	await expect(course.getByRole('button', { name: 'Hvilken slags kan du lide?' })).toBeVisible();
	await expect(course.locator('html')).toHaveAttribute('lang', 'da');
});

test('a preview records nothing', async ({ context }) => {
	const { page, course } = await launch(context, '?mode=browse');
	await expect(course.locator('[data-notice="preview"]')).toBeVisible();
	await goTo(page, 'hello/anna');
	await choose(course, 'How was it?');
	await expect(course.getByRole('button', { name: 'Which kind do you like?' })).toBeVisible();
	await closeTab(page);
	const { calls } = await recordOf(context);
	expect(named(calls, 'LMSSetValue')).toEqual([]);
	expect(named(calls, 'LMSCommit')).toEqual([]);
});

test('in a split package each lesson, and the final test, keeps a record of its own', async ({
	context,
}) => {
	const lesson = await lms.launch(context, 'split', '?part=bye');
	await expect(lesson.course.getByRole('heading', { level: 1, name: 'Farvel' })).toBeVisible();
	await lesson.course.getByRole('link', { name: t('player_to_course') }).click();
	await expect(lesson.course.getByText(t('player_course_done'))).toBeVisible();
	await expect(lesson.course.getByRole('link', { name: t('search_title') })).toHaveCount(0);
	await expect(lesson.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(lesson.page);
	const bye = await lms.record(context, 'split', 'bye');
	expect(bye.data).toMatchObject({ core: { lesson_status: 'completed' } });

	const exam = await lms.launch(context, 'split', '?part=final-test');
	await exam.course.getByRole('button', { name: t('test_begin') }).click();
	for (let done = 0; done < 2; done++) {
		await expect(exam.course.getByRole('progressbar')).toHaveAttribute('aria-valuenow', `${done}`);
		await exam.course.getByLabel('Goddag', { exact: true }).check();
		await exam.course.getByRole('button', { name: t('activity_answer'), exact: true }).click();
	}
	// The lesson to read again is named; it is an item of its own, so that no link leads there.
	const again = exam.course.getByRole('listitem').filter({ hasText: /^Farvel$/ });
	await expect(again).toBeVisible();
	await expect(again.getByRole('link')).toHaveCount(0);
	await expect(exam.course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(exam.page);
	expect((await lms.record(context, 'split', 'final-test')).data).toMatchObject({
		core: { lesson_status: 'incomplete' },
	});
	// What was not launched has no record.
	expect((await lms.record(context, 'split', 'hello')).calls).toEqual([]);

	// A link from one lesson to another leads nowhere here, and says nothing less.
	const other = await lms.launch(context, 'split', '?part=hello');
	await expect(other.course.getByText(/Læs også farvel/)).toBeVisible();
	await expect(other.course.getByRole('link', { name: 'farvel' })).toHaveCount(0);
	await closeTab(other.page);
});
