import type { Page } from '@playwright/test';
import { stepReached } from '../bench/events.ts';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { asAdministrator, worldOf } from '../support/administrator.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

type Language = 'da' | 'en';
const LANGUAGES: Language[] = ['da', 'en'];

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** What a system does that was given access. */
function system({ origin }: Running, key: string, secret: string) {
	const ask = async (method: string, body?: unknown) => {
		const { status } = await fetch(`${origin}/xapi/statements`, {
			method,
			headers: {
				authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
				'content-type': 'application/json',
				'x-experience-api-version': '1.0.3',
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return status;
	};
	return { read: () => ask('GET'), write: (body: unknown) => ask('POST', body) };
}

const ID = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
const KIM = { name: 'Kim Sørensen', mbox: 'mailto:kim@example.org' };
const ATTENDED = 'http://adlnet.gov/expapi/verbs/attended';
const REGISTRATION = '1f0f1a6e-1f0b-4c7e-8a11-111111111111';
const COURSE = {
	id: 'https://example.org/simulation',
	definition: { name: { da: 'Simulation', en: 'Simulation' } },
};

for (const language of LANGUAGES)
	test(`an administrator gives a system access, changes it, and closes it again, ${language}`, async ({
		browser,
	}) => {
		const server = await startServer(FIXTURES);
		const page = await asAdministrator(browser, server, await worldOf(server), {
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		const say = (key: string, values = {}) => t(key, values, language);

		await page.goto(`${server.origin}/${language}/admin`);
		await page
			.getByRole('navigation', { name: say('admin_sections') })
			.getByRole('link', { name: say('admin_lrs'), exact: true })
			.click();
		await expect(page.getByText(say('admin_lrs_none'))).toBeVisible();
		await isAccessibleInBothThemes(page, 'no system yet');

		// What is missing is said of each field at once, and what was typed stays.
		const add = page.getByRole('region', { name: say('admin_lrs_add') });
		const make = add.getByRole('button', { name: say('admin_lrs_make') });
		await add.getByLabel(say('admin_lrs_origins')).fill('lms.example.org/path');
		await make.click();
		await expect(page.getByRole('alert')).toBeFocused();
		for (const key of ['name_missing', 'scopes_missing', 'origins_wrong'])
			await expect(page.getByRole('alert')).toContainText(say(`admin_lrs_${key}`));
		await expect(add.getByLabel(say('admin_lrs_origins'))).toHaveValue('lms.example.org/path');
		await isAccessibleInBothThemes(page, 'a form with errors');

		await add.getByLabel(say('admin_lrs_name')).fill('Simulationscenter');
		await add.getByLabel(say('admin_lrs_may_write')).check();
		await add.getByLabel(say('admin_lrs_origins')).fill('https://lms.example.org');
		await make.click();
		const made = page.getByRole('region', {
			name: say('admin_lrs_made', { name: 'Simulationscenter' }),
		});
		await expect(made).toBeFocused();
		await isAccessibleInBothThemes(page, 'key and secret');
		const value = (label: string) => made.getByLabel(say(label), { exact: true }).inputValue();
		const [key, secret] = [await value('admin_lrs_key'), await value('admin_lrs_secret')];
		expect(await value('admin_lrs_endpoint')).toBe(`${server.origin}/xapi/`);
		await made
			.getByRole('button', { name: say('admin_lrs_copy_of', { what: say('admin_lrs_secret') }) })
			.click();
		await expect(made.getByText(say('admin_lrs_copied'))).toBeVisible();
		expect(await copied(page)).toBe(secret);
		await expect(add.getByLabel(say('admin_lrs_name'))).toHaveValue('');

		const statement = { actor: KIM, verb: { id: ATTENDED }, object: COURSE };
		const center = system(server, key, secret);
		expect(await center.write(statement)).toBe(200);
		expect(await center.read()).toBe(403);

		// The secret is gone for good; what it may do is changed.
		await page.reload();
		await page.locator('html[data-alive]').waitFor({ state: 'attached' });
		await expect(page.getByText(secret)).toHaveCount(0);
		const card = page.getByRole('region', { name: 'Simulationscenter', exact: true });
		const of = (action: string) =>
			say('admin_lrs_of', { action: say(action), name: 'Simulationscenter' });
		await card.getByText(say('admin_lrs_change'), { exact: true }).click();
		await expect(card.getByLabel(say('admin_lrs_may_write'))).toBeChecked();
		await card.getByLabel(say('admin_lrs_may_read'), { exact: false }).first().check();
		await card.getByLabel(say('admin_lrs_rate')).fill('99');
		await isAccessibleInBothThemes(page, 'a system being changed');
		await card.getByRole('button', { name: say('admin_lrs_save') }).click();
		await expect(page.getByText(say('admin_lrs_changed'))).toBeVisible();
		await expect(card.getByText(say('admin_lrs_rate_of', { count: '99' }))).toBeVisible();
		expect(await center.read()).toBe(200);

		// Everybody with an account is told who may read about them, and what.
		await page.goto(`${server.origin}/${language}/account/settings`);
		const readers = page.getByRole('region', { name: say('account_readers') });
		await expect(readers.getByRole('listitem')).toContainText([
			`Simulationscenter ${say('account_readers_statements')}`,
		]);
		await isAccessibleInBothThemes(page, 'who may read');
		await page.goto(`${server.origin}/${language}/admin/lrs`);
		await page.locator('html[data-alive]').waitFor({ state: 'attached' });

		await card.getByText(say('admin_lrs_renew'), { exact: true }).click();
		await card.getByRole('button', { name: say('admin_lrs_renew_now') }).click();
		await expect(made).toBeFocused();
		const renewed = system(server, key, await value('admin_lrs_secret'));
		expect(await center.read()).toBe(401);
		expect(await renewed.read()).toBe(200);

		await card.getByRole('button', { name: of('admin_lrs_disable') }).click();
		await expect(card.getByRole('button', { name: of('admin_lrs_enable') })).toBeVisible();
		expect(await renewed.read()).toBe(401);
		await isAccessibleInBothThemes(page, 'a system whose access is closed');
		await card.getByRole('button', { name: of('admin_lrs_enable') }).click();
		await expect(card.getByRole('button', { name: of('admin_lrs_disable') })).toBeVisible();
		expect(await renewed.read()).toBe(200);

		await page.goto(`${server.origin}/${language}/admin/audit`);
		const log = page.getByRole('list', { name: say('admin_audit_entries') });
		const names = { who: 'administrator', what: 'Simulationscenter' };
		for (const action of ['created', 'changed'])
			await expect(
				log.getByText(say(`admin_audit_did_lrs_client_${action}`, names)).first(),
			).toBeVisible();
		await server.stop();
	});

for (const language of LANGUAGES)
	test(`an administrator looks through the statements of the store, ${language}`, async ({
		browser,
	}) => {
		const server = await startServer(FIXTURES);
		const made = await worldOf(server);
		const page = await asAdministrator(browser, server, made, {
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		const say = (key: string, values = {}) => t(key, values, language);
		const address = `${server.origin}/${language}/admin/lrs/statements`;

		await page.goto(address);
		await expect(page.getByText(say('admin_lrs_statements_none'))).toBeVisible();
		await isAccessibleInBothThemes(page, 'an empty store');

		await page.goto(`${server.origin}/${language}/admin/lrs`);
		const add = page.getByRole('region', { name: say('admin_lrs_add') });
		await add.getByLabel(say('admin_lrs_name')).fill('LMS');
		await add.getByRole('checkbox').last().check();
		await add.getByRole('button', { name: say('admin_lrs_make') }).click();
		const access = page.getByRole('region', { name: say('admin_lrs_made', { name: 'LMS' }) });
		const value = (label: string) => access.getByLabel(say(label), { exact: true }).inputValue();
		const lms = system(server, await value('admin_lrs_key'), await value('admin_lrs_secret'));
		const many = Array.from({ length: 20 }, (_, n) => ({
			actor: { mbox: `mailto:learner${n}@example.org` },
			verb: { id: 'https://example.org/verbs/tasted' },
			object: { id: `https://example.org/things/${n}` },
		}));
		expect(await lms.write(many)).toBe(200);
		const attended = {
			id: ID,
			actor: KIM,
			verb: { id: ATTENDED, display: { en: 'attended', da: 'deltog i' } },
			object: COURSE,
			context: { registration: REGISTRATION },
			result: { score: { scaled: 0.5, raw: 5, max: 10 }, success: true },
		};
		expect(await lms.write(attended)).toBe(200);
		const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
		const object = { objectType: 'StatementRef', id: ID };
		expect(await lms.write({ actor: KIM, verb, object })).toBe(200);
		// What a learner does in a course is there, too, and not by name.
		const event = stepReached({ course: 'tiny', lesson: 'hello', step: 'welcome' });
		const told = await fetch(`${server.origin}/api/events`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				origin: server.origin,
				cookie: made.cookies.member,
			},
			body: JSON.stringify({ learner: made.ids.member, events: [event] }),
		});
		expect(told.status).toBe(200);

		await page.goto(address);
		const list = page.getByRole('list', { name: say('admin_lrs_statements') });
		const items = list.getByRole('article');
		await expect(items).toHaveCount(20);
		const number = say('admin_lrs_nameless', { id: made.ids.member.slice(0, 8) });
		await expect(items.first()).toContainText(number);
		await expect(items.first()).toContainText(say('admin_lrs_this_server'));
		const mark = page.getByText(say('admin_lrs_voided'), { exact: true });
		const gone = items.filter({ has: mark });
		await expect(gone).toHaveCount(1);
		const did = language === 'da' ? 'deltog i' : 'attended';
		await expect(gone).toContainText(new RegExp(`Kim Sørensen\\s+${did}\\s+Simulation`));
		await expect(gone).toContainText(say('admin_lrs_score_of', { raw: '5', max: '10' }));
		await expect(gone).toContainText('LMS');

		// The JSON is folded on a telephone and beside the sentence elsewhere; it is copied as it is.
		const json = gone.getByRole('region', {
			name: say('admin_lrs_json_of', { id: ID.slice(0, 8) }),
		});
		await expect(json).toBeHidden();
		await gone.getByRole('button', { name: say('admin_lrs_show_json') }).click();
		await expect(json).toContainText('"success": true');
		await isAccessibleInBothThemes(page, 'statements on a telephone');
		await gone.getByRole('button', { name: new RegExp(ID.slice(0, 8)) }).click();
		await expect(gone.getByText(say('admin_lrs_copied'))).toBeVisible();
		const text = await copied(page);
		expect(text).toContain('"result":{"score":{"scaled":0.5,"raw":5,"max":10},"success":true}');
		expect(JSON.parse(text)).toMatchObject(attended);
		await page.setViewportSize({ width: 1280, height: 900 });
		const [sentenceBox, jsonBox] = [
			await gone.getByRole('link', { name: did }).boundingBox(),
			await json.boundingBox(),
		];
		expect(jsonBox!.x).toBeGreaterThan(sentenceBox!.x + sentenceBox!.width);
		await expect(items.nth(2).getByRole('region')).toBeVisible();
		await isAccessibleInBothThemes(page, 'statements on a desk');

		// Turning the page and coming back.
		await page.getByRole('link', { name: say('admin_lrs_older') }).click();
		await expect(page.getByRole('link', { name: say('admin_lrs_newest') })).toBeVisible();
		await expect(items.last()).toContainText('learner0@example.org');
		await page.getByRole('link', { name: say('admin_lrs_newest') }).click();
		await expect(items.first()).toContainText(number);

		// By choosing a part of a sentence, and by typing.
		await gone.getByRole('link', { name: 'Kim Sørensen' }).click();
		await expect(items).toHaveCount(2);
		const only = say('admin_lrs_without', { what: 'Kim Sørensen' });
		await page.getByRole('link', { name: only }).click();
		await expect(items).toHaveCount(20);
		const field = (label: string) => page.getByLabel(say(label));
		const show = page.getByRole('button', { name: say('admin_lrs_show'), exact: true });
		await field('admin_lrs_person').first().fill('kim@example.org');
		await show.click();
		await expect(items).toHaveCount(2);
		await page.getByRole('link', { name: say('admin_lrs_all_again') }).click();
		await expect(items).toHaveCount(20);
		await page.getByText(say('admin_lrs_more'), { exact: true }).click();
		for (const [label, asked] of [
			['admin_lrs_verb', ATTENDED],
			['admin_lrs_activity', COURSE.id],
			['admin_lrs_registration', REGISTRATION],
		] as const) {
			await field(label).fill(asked);
			await show.click();
			// The one that voids it is found by what it refers to.
			await expect(items).toHaveCount(2);
			await field(label).fill('');
		}
		// Whoever looks for somebody by name sees the name, and that they looked is on record.
		await page.goto(address);
		await field('admin_lrs_person').first().fill(`member-${made.ids.member}@example.org`);
		await show.click();
		await page.getByRole('link', { name: 'member', exact: false }).first().click();
		await expect(items.first()).toContainText('member');
		await page.goto(`${server.origin}/${language}/admin/audit`);
		const looked = { who: 'administrator', what: 'member' };
		await expect(
			page.getByText(say('admin_audit_did_statements_looked_up', looked)).first(),
		).toBeVisible();
		await page.goto(address);
		await page.getByText(say('admin_lrs_more'), { exact: true }).click();
		await field('admin_lrs_registration').fill('nothing like it');
		await show.click();
		await expect(page.getByRole('alert')).toContainText(say('admin_lrs_uuid_wrong'));
		await expect(field('admin_lrs_registration')).toHaveValue('nothing like it');
		await isAccessibleInBothThemes(page, 'a filter that is wrong');
		await field('admin_lrs_registration').fill('');
		await field('admin_lrs_to').fill('2020-01-01');
		await show.click();
		await expect(page.getByText(say('admin_lrs_no_match'))).toBeVisible();
		await field('admin_lrs_to').fill('');
		await field('admin_lrs_person').first().fill('member');
		await show.click();
		await expect(items.first()).toContainText('member');
		await server.stop();
	});
