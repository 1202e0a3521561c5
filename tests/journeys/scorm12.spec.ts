import AxeBuilder from '@axe-core/playwright';
import { expect, test, type BrowserContext, type FrameLocator, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { gzipSync } from 'node:zlib';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { activitiesOf, type Step } from '../../src/lib/course/model.ts';
import { unitsOf } from '../../src/lib/course/parts.ts';
import type { Progress, StepProgress } from '../../src/lib/progress/progress.ts';
import { resume, suspend } from '../../src/lib/progress/suspend.ts';
import { complaint12 } from '../../src/lib/tracking/scorm/cmi12.ts';
import { FIXTURES } from '../support/server.ts';
import { t } from '../support/texts.ts';

/** A call that the package made, in order. */
type Call = [name: string, element?: string, value?: string];

/**
 * A page that plays LMS: scorm-again keeps the data, this notes every call and stores at each commit
 * what the next launch gets, as an LMS's database would.
 */
const LMS_PAGE = `<!doctype html><meta charset="utf-8"><title>LMS</title>
<script src="/scorm-again.js"></script>
<script>
	const wanted = new URLSearchParams(location.search);
	const api = new Scorm12API({ autocommit: false, mastery_override: true, logLevel: 5 });
	const fresh = { core: { student_id: 'karin', student_name: 'Karin', credit: 'credit',
		lesson_mode: wanted.get('mode') ?? 'normal' }, student_data: { mastery_score: '80' } };
	const stored = JSON.parse(localStorage.getItem('lms') ?? 'null');
	api.loadFromJSON(stored ?? fresh);
	const calls = JSON.parse(localStorage.getItem('calls') ?? '[]');
	const spoken = {};
	for (const name of ['LMSInitialize', 'LMSFinish', 'LMSGetValue', 'LMSSetValue', 'LMSCommit', 'LMSGetLastError', 'LMSGetErrorString'])
		spoken[name] = (...given) => {
			const answer = api[name](...given);
			if (name !== 'LMSGetValue' && !name.startsWith('LMSGet')) calls.push([name, ...given, String(answer)]);
			localStorage.setItem('calls', JSON.stringify(calls));
			if (name === 'LMSCommit' || name === 'LMSFinish')
				localStorage.setItem('lms', JSON.stringify(api.renderCMIToJSONObject().cmi));
			return answer;
		};
	if (!wanted.has('none')) window.API = spoken;
</script>
<iframe id="scorm_object" src="/package/index.html" style="width:650px;height:666px"></iframe>`;

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.xml': 'application/xml',
};

/** Unpacked packages by the first segment of their address: the fixture course, and the real one. */
const folders: Record<string, string> = {};
let server: Server;
let origin: string;
let sent: Map<string, number>;

/** Makes a package by the command; where it lies, unpacked. */
function packageOf(course: string, courses: string, build: string): string {
	const out = mkdtempSync(join(tmpdir(), 'package-'));
	const printed = execFileSync(
		execPath,
		['src/cli/run.mjs', 'package', '--course', course, '--format', 'scorm12', '--out', out],
		{ env: { ...env, COURSES_DIR: courses, BUILD_DIR: build }, encoding: 'utf8' },
	);
	const zip = printed.trim().split('\n').at(-1)!;
	return zip.replace(/\.zip$/, '');
}

test.beforeAll(async () => {
	test.setTimeout(240_000);
	folders.package = packageOf('tiny', FIXTURES.courses, FIXTURES.build);
	folders.real = packageOf('rygsamtalen', 'courses', 'build');
	expect(statSync(`${folders.package}.zip`).size).toBeLessThan(300 * 1024);
	expect(statSync(`${folders.real}.zip`).size).toBeLessThan(1024 * 1024);
	server = createServer((request, response) => {
		const path = new URL(request.url!, 'http://x').pathname;
		const [, place, ...rest] = path.split('/');
		try {
			const body =
				path === '/lms'
					? LMS_PAGE
					: path === '/scorm-again.js'
						? readFileSync('node_modules/scorm-again/dist/scorm12.min.js')
						: readFileSync(join(folders[place!]!, ...rest));
			if (place! in folders) sent.set(path, gzipSync(body).length);
			response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? TYPES['.html'] });
			response.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => void server?.close());

let foreign: string[];
let errors: string[];
test.beforeEach(({ context }) => {
	sent = new Map();
	foreign = [];
	errors = [];
	context.on('request', (request) => {
		if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
			foreign.push(request.url());
	});
	context.on('weberror', (error) => errors.push(error.error().message));
});
test.afterEach(() => {
	expect(foreign, 'requests to elsewhere').toEqual([]);
	expect(errors, 'script errors').toEqual([]);
});

async function launch(
	context: BrowserContext,
	query = '',
): Promise<{ page: Page; course: FrameLocator }> {
	const page = await context.newPage();
	await page.goto(`${origin}/lms${query}`);
	return { page, course: page.frameLocator('#scorm_object') };
}

/** Closes the tab as a person does, so that the page hears of it. */
async function closeTab(page: Page): Promise<void> {
	const closed = page.waitForEvent('close');
	await page.close({ runBeforeUnload: true });
	await closed;
}

async function lms(
	context: BrowserContext,
): Promise<{ calls: Call[]; data: Record<string, unknown> }> {
	const page = await context.newPage();
	await page.goto(`${origin}/scorm-again.js`);
	const [calls, data] = await page.evaluate(() => [
		localStorage.getItem('calls') ?? '[]',
		localStorage.getItem('lms') ?? '{}',
	]);
	await page.close();
	return {
		calls: JSON.parse(calls!) as Call[],
		data: JSON.parse(data!) as Record<string, unknown>,
	};
}

const named = (calls: Call[], name: string) => calls.filter((call) => call[0] === name);
const last = (calls: Call[], element: string) =>
	named(calls, 'LMSSetValue').findLast((call) => call[1] === element)?.[2];

/** Goes to a step of the first lesson by its address, as its links do. */
async function goTo(page: Page, step: string): Promise<void> {
	await page
		.frame({ url: /package/ })!
		.evaluate((hash) => void (location.hash = hash), `#/en/${step}`);
}

async function choose(course: FrameLocator, text: string): Promise<void> {
	await course.getByRole('button', { name: text, exact: true }).click();
}

test('the real course is as light in a package: 60 KB of script, 120 KB in all, 10 requests', async ({
	page,
}) => {
	await page.goto(`${origin}/real/index.html#/en/dialogue-from-the-person/karin`);
	await expect(page.getByRole('heading', { name: t('vignette_now', {}, 'en') })).toBeVisible();
	await page.waitForLoadState('networkidle');
	const total = (files: [string, number][]) => files.reduce((sum, [, size]) => sum + size, 0);
	expect(total([...sent].filter(([path]) => path.endsWith('.js')))).toBeLessThanOrEqual(60_000);
	expect(total([...sent])).toBeLessThanOrEqual(120_000);
	expect(sent.size).toBeLessThanOrEqual(10);
});

test('the metaphors are in the package, too, each to be shown to a patient', async ({ page }) => {
	await page.goto(`${origin}/real/index.html#/en`);
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

	const between = await lms(context);
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
	const talked = await lms(context);
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

	const { calls, data } = await lms(context);
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
	const page = await context.newPage();
	await page.goto(`${origin}/scorm-again.js`);
	await page.evaluate((data) => localStorage.setItem('lms', data), JSON.stringify(stored));
	await page.close();
}

test('the last quiz passes the course', async ({ context }) => {
	await store(context, allBut('hello', 'check'));
	const { page: tab, course } = await launch(context);
	await expect(course.getByRole('heading', { level: 1, name: 'Prøve' })).toBeVisible();
	await course.getByRole('link', { name: /English/ }).click();
	await finishQuiz(course);
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(tab);

	const { calls, data } = await lms(context);
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
	expect((await lms(context)).data).toMatchObject({ core: { lesson_status: 'incomplete' } });

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
	const { calls, data } = await lms(context);
	for (const [, element, value] of named(calls, 'LMSSetValue'))
		expect(complaint12(element!, value!)).toBeUndefined();
	expect(data).toMatchObject({
		core: { lesson_status: 'passed', exit: '', score: { raw: '100' } },
	});
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
	await page.goto(`${origin}/package/index.html#/en`);
	await expect(page.getByRole('heading', { level: 1, name: 'Tiny course' })).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.goto(`${origin}/package/index.html#/en/hello/anna`);
	await page.getByRole('button', { name: 'How was it?' }).click();
	await expect(page.getByRole('button', { name: 'Which kind do you like?' })).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
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
	const { calls } = await lms(context);
	expect(named(calls, 'LMSSetValue')).toEqual([]);
	expect(named(calls, 'LMSCommit')).toEqual([]);
});
