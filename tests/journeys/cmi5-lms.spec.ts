import type { Browser, Page } from '@playwright/test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { findStatements } from '../../src/lib/server/lrs/find.ts';
import { valueOf } from '../../src/lib/server/lrs/own-statements.ts';
import { findings } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { makePackage } from '../support/packages.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'taken-'));
function zipped(name: string, files: Record<string, string>): string {
	const path = join(folder, name);
	const content = Object.entries(files).map(([file, text]) => [file, strToU8(text)]);
	writeFileSync(path, zipSync(Object.fromEntries(content)));
	return path;
}

const words = (text: string) =>
	`<title><langstring lang="da">${text}</langstring></title><description><langstring lang="da">${text} mere</langstring></description>`;
const unit = (id: string, title: string, attributes: string) =>
	`<au id="${id}" ${attributes}>${words(title)}<url>unit.html?of=${title}</url></au>`;
const structure = (second: string) =>
	`<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
	<course id="https://example.org/ryg">${words('Ryg i praksis')}</course>
	<block id="https://example.org/ryg/begynd">${words('Kom i gang')}
		${unit('https://example.org/ryg/en', 'Undersøgelse', 'moveOn="Completed"')}
		${unit(second, 'Prøve', 'moveOn="Passed" masteryScore="0.8" launchMethod="OwnWindow"')}
	</block>
	${unit('https://example.org/ryg/tre', 'Fordybelse', '')}
</courseStructure>`;

/** A unit by hand: it does what cmi5 asks for, and says what came back. */
const PAGE = `<!doctype html><html lang="da"><title>Del</title><h1 id="said"></h1>
	<button id="completed">Gennemfør</button><button id="passed">Bestå</button><button id="terminated">Forlad</button>
	<p role="status"></p><script type="module" src="unit.js"></script></html>`;
const SCRIPT = `
	const launch = new URLSearchParams(location.search);
	const given = (name) => launch.get(name);
	const fetched = await fetch(given('fetch'), { method: 'POST' });
	const { 'auth-token': token } = await fetched.json();
	window.call = (resource, options = {}) => fetch(given('endpoint') + resource, { ...options, headers: {
		authorization: 'Basic ' + token, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' } });
	const state = new URLSearchParams({ stateId: 'LMS.LaunchData', activityId: given('activityId'),
		agent: given('actor'), registration: given('registration') });
	const data = await (await call('activities/state?' + state)).json();
	const { languagePreference } = await (await call('agents/profile?' + new URLSearchParams({
		agent: given('actor'), profileId: 'cmi5LearnerPreferences' }))).json();
	const { extensions, contextActivities } = data.contextTemplate;
	const category = 'https://w3id.org/xapi/cmi5/context/categories/';
	window.say = async (verb, result, more = {}) => {
		const tells = result && ('success' in result || 'completion' in result);
		const answer = await call('statements', { method: 'POST', body: JSON.stringify({
			id: crypto.randomUUID(), timestamp: new Date().toISOString(), actor: JSON.parse(given('actor')),
			verb: { id: 'http://adlnet.gov/expapi/verbs/' + verb }, object: { id: given('activityId') }, result,
			context: { registration: given('registration'), ...more,
				extensions: { ...extensions, ...(result?.score ? {
					'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': data.masteryScore } : {}) },
				contextActivities: { ...contextActivities, category: [{ id: category + 'cmi5' },
					...(tells ? [{ id: category + 'moveon' }] : [])] } } }) });
		document.querySelector('[role=status]').textContent = answer.status + ' ' + (await answer.text());
		return answer.status;
	};
	await say('initialized');
	said.textContent = [given('of'), data.launchMode, data.moveOn, languagePreference].join(', ');
	const duration = 'PT1S';
	completed.onclick = () => say('completed', { completion: true, duration });
	passed.onclick = () => say('passed', { success: true, duration, score: { scaled: 0.9 } });
	terminated.onclick = async () => { await say('terminated', { duration }); location.href = data.returnURL; };
`;
const FILES = {
	'cmi5.xml': structure('https://example.org/ryg/to'),
	'unit.html': PAGE,
	'unit.js': SCRIPT,
};

let server: Running;
test.beforeAll(async () => {
	server = await startServer(FIXTURES);
});
test.afterAll(async () => server.stop());
test.describe.configure({ mode: 'serial' });

async function verbs(registration: string): Promise<string[]> {
	const db = databaseOf(server);
	const terms = [{ kind: 'registration' as const, value: registration }];
	const { rows } = await findStatements(db, { terms, ascending: true, limit: 100 });
	await db.close();
	return rows.map((row) => (valueOf(row) as { verb: { id: string } }).verb.id.split('/').at(-1)!);
}

async function upload(page: Page, zip: string): Promise<void> {
	await page.getByLabel(t('admin_cmi5_file')).setInputFiles(zip);
	await page.getByRole('button', { name: t('admin_cmi5_add') }).click();
}

async function newLearner(browser: Browser): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto(`${server.origin}/da/register`);
	await page.getByLabel(t('auth_name'), { exact: true }).fill('Ida Holm');
	await page.getByLabel(t('auth_email')).fill(`${crypto.randomUUID()}@example.org`);
	await page.getByLabel(t('auth_password'), { exact: true }).fill('en lang adgangskode');
	await page.getByRole('button', { name: t('auth_register') }).click();
	await expect(page.getByRole('link', { name: t('layout_my_page') })).toBeVisible();
	await page.goto(`${server.origin}/da`);
	return page;
}

/** Launches a part from its course's page; the window that it runs in. */
async function launch(page: Page, part: string, how = 'cmi5_begin'): Promise<Page> {
	const opened = page.waitForEvent('popup');
	await page.getByRole('button', { name: new RegExp(`^${t(how)}.*${part}`) }).click();
	const popup = await opened;
	await popup.waitForURL(/[?&]fetch=/);
	return popup;
}
const given = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)!;
const accessible = async (page: Page) => expect(await findings(page)).toEqual([]);

test('an administrator makes a course of a package; what is wrong with one is said', async ({
	page,
}) => {
	await becomeAdministrator(page, server);
	const places = page.getByRole('navigation', { name: t('admin_sections') });
	await places.getByRole('link', { name: t('admin_cmi5'), exact: true }).click();
	await expect(page.getByText(t('admin_cmi5_none'))).toBeVisible();

	await upload(page, `${makePackage('tiny', 'scorm12')}.zip`);
	await expect(page.getByRole('alert')).toContainText(t('admin_cmi5_problem_kind'));
	const twice = 'https://example.org/ryg/en';
	await upload(page, zipped('twice.zip', { ...FILES, 'cmi5.xml': structure(twice) }));
	await expect(page.getByRole('alert')).toContainText(
		t('admin_cmi5_problem_twice', { file: 'cmi5.xml', value: twice }),
	);
	await expect(page.getByText(t('admin_cmi5_none'))).toBeVisible();
	await upload(page, zipped('ryg.zip', FILES));
	await expect(page.getByRole('status')).toHaveText(t('admin_cmi5_added'));
	await page.getByText(t('admin_cmi5_units', { count: 3 })).click();
	const row = page.getByRole('row', { name: /Prøve/ });
	await expect(row.getByRole('cell', { name: t('admin_cmi5_move_on_passed') })).toContainText(
		'Passed',
	);
	await expect(row.getByRole('cell', { name: t('admin_cmi5_window_own') })).toContainText(
		'OwnWindow',
	);
	await accessible(page);
	await upload(page, `${makePackage('tiny', 'cmi5')}.zip`);
	await expect(page.getByRole('heading', { level: 3 })).toHaveCount(2);

	// One that is archived is offered to nobody.
	const card = page.getByRole('article').filter({ hasText: 'Lille kursus' });
	await card.getByRole('button', { name: t('admin_cmi5_do_archive') }).click();
	await expect(page.getByRole('status')).toHaveText(t('admin_cmi5_archived'));
	await page.goto(`${server.origin}/da`);
	await expect(page.getByRole('link', { name: 'Ryg i praksis' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Lille kursus' })).toHaveCount(0);
	await page.goto(`${server.origin}/da/admin/cmi5`);
	await card.getByRole('button', { name: t('admin_cmi5_restore') }).click();
	await expect(page.getByRole('status')).toHaveText(t('admin_cmi5_restored'));
	await page.goto(`${server.origin}/da/admin/audit`);
	await expect(page.getByText('Chef tilføjede cmi5-kurset ryg.zip')).toBeVisible();
});

test('a learner does it, unit by unit, and the record store has what both sides said', async ({
	browser,
}) => {
	const page = await newLearner(browser);
	await page.getByRole('link', { name: 'Ryg i praksis' }).click();
	await expect(page.getByText(t('cmi5_units_done', { done: 0, units: 2 })).first()).toBeVisible();
	// The third asks for nothing.
	await expect(page.getByRole('status')).toContainText(
		`${t('cmi5_units_done', { done: 0, units: 2 })} · ${t('cmi5_units_optional', { count: 1 })}`,
	);
	await accessible(page);

	// To look around without its counting is for those who teach; where one stands decides the rest.
	const asked = (mode: string) =>
		page.request.post(`${page.url()}/launch`, {
			headers: { origin: server.origin },
			form: { unit: '0', mode },
		});
	expect((await asked('Browse')).status()).toBe(403);
	expect(await (await asked('Browse')).text()).toContain(t('cmi5_may_not_browse'));
	expect((await asked('nothing')).status()).toBe(400);

	const first = await launch(page, 'Undersøgelse');
	await expect(first.getByRole('heading')).toHaveText('Undersøgelse, Normal, Completed, da,en');
	const registration = given(first, 'registration');
	// It runs on an origin of its own, from which nothing of the site is to be had.
	expect(new URL(first.url()).origin).not.toBe(server.origin);
	expect(await first.evaluate(() => [document.cookie, window.opener])).toEqual(['', null]);
	// The fetch URL gave its token to the unit.
	const again = await page.request.post(given(first, 'fetch'));
	expect(again.status()).toBe(200);
	expect(await again.json()).toMatchObject({ 'error-code': '1' });
	expect(again.headers()['access-control-allow-origin']).toBeUndefined();

	await first.getByRole('button', { name: 'Gennemfør' }).click();
	await expect(first.getByRole('status')).toContainText('200');
	await first.getByRole('button', { name: 'Gennemfør' }).click();
	await expect(first.getByRole('status')).toContainText('403');
	await expect(first.getByRole('status')).toContainText('9.3.0.0-2');
	await first.getByRole('button', { name: 'Forlad' }).click();
	await first.waitForURL(/\/da\/cmi5\//);
	await expect(
		first.getByRole('listitem').filter({ hasText: 'Undersøgelse' }).last(),
	).toContainText(t('cmi5_state_satisfied'));
	await first.close();
	await page.reload();
	await expect(page.getByText(t('cmi5_units_done', { done: 1, units: 2 })).first()).toBeVisible();

	const second = await launch(page, 'Prøve');
	await expect(second.getByRole('heading')).toHaveText('Prøve, Normal, Passed, da,en');
	expect(given(second, 'registration')).toBe(registration);
	await second.getByRole('button', { name: 'Bestå' }).click();
	await expect(second.getByRole('status')).toContainText('200');
	await second.getByRole('button', { name: 'Forlad' }).click();
	await second.waitForURL(/\/da\/cmi5\//);
	await expect(second.getByText(t('cmi5_course_satisfied'))).toBeVisible();
	expect(await verbs(registration)).toEqual([
		...['launched', 'initialized', 'completed', 'terminated'],
		...['launched', 'initialized', 'passed', 'satisfied', 'satisfied', 'terminated'],
	]);
	await second.close();

	// To look back, nothing more can be recorded.
	await page.reload();
	const back = await launch(page, 'Prøve', 'cmi5_review');
	await expect(back.getByRole('heading')).toHaveText('Prøve, Review, Passed, da,en');
	await back.getByRole('button', { name: 'Gennemfør' }).click();
	await expect(back.getByRole('status')).toContainText('10.2.2.0-11');
	await page.context().close();
});

test('nobody speaks for somebody else, nor in a session that is over', async ({ browser }) => {
	const [page, other] = [await newLearner(browser), await newLearner(browser)];
	for (const one of [page, other]) await one.getByRole('link', { name: 'Ryg i praksis' }).click();
	const mine = await launch(page, 'Undersøgelse');
	const theirs = await launch(other, 'Undersøgelse');
	await expect(mine.getByRole('status')).toContainText('200');
	await expect(theirs.getByRole('status')).toContainText('200');
	const registration = given(theirs, 'registration');
	const completed = { completion: true, duration: 'PT1S' };
	const say = (unit: Page, more: object) =>
		unit.evaluate(
			([result, context]) =>
				(window as unknown as { say: (...all: unknown[]) => Promise<number> }).say(
					'completed',
					result,
					context,
				),
			[completed, more] as const,
		);
	expect(await say(mine, { registration })).toBe(403);
	await expect(mine.getByRole('status')).toContainText('9.6.1.0-1');
	const state = new URLSearchParams({
		...{ stateId: 'LMS.LaunchData', activityId: given(theirs, 'activityId') },
		...{ agent: given(theirs, 'actor'), registration },
	});
	const asked = await mine.evaluate(
		async (query) =>
			(await (window as unknown as { call: typeof fetch }).call(`activities/state?${query}`))
				.status,
		state.toString(),
	);
	expect(asked).toBe(403);

	// The unit is launched again elsewhere: this window has nothing more to say.
	await page.reload();
	const anew = await launch(page, 'Undersøgelse', 'cmi5_go_on');
	await expect(anew.getByRole('status')).toContainText('200');
	expect(await say(mine, {})).toBe(401);
	expect(await verbs(given(mine, 'registration'))).toEqual([
		...['launched', 'initialized', 'abandoned', 'launched', 'initialized'],
	]);
	for (const one of [page, other]) await one.context().close();
});

test('our own course, as a cmi5 package, finds its learning system here', async ({ browser }) => {
	const page = await newLearner(browser);
	await page.getByRole('link', { name: 'Lille kursus' }).click();
	const course = await launch(page, 'Lille kursus');
	await expect(course.getByRole('heading', { level: 1, name: 'Lille kursus' })).toBeVisible();
	const registration = given(course, 'registration');
	await expect.poll(() => verbs(registration)).toEqual(['launched', 'initialized']);
	await course.evaluate(() => (location.hash = '#/da/hello/anna'));
	await course.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	await expect.poll(() => verbs(registration)).toContain('answered');
	await page.reload();
	await expect(page.getByText(t('cmi5_state_under_way'))).toBeVisible();
	await page.context().close();
});
