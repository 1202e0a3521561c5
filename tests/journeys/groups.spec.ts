import type { Browser, Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Composed } from '../../src/lib/server/mail/compose.ts';
import { ownKey, secretBox } from '../../src/lib/server/secret-box.ts';
import { isAccessible } from '../support/accessible.ts';
import type { Running } from '../support/server.ts';
import { expect, test, wakeful } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf, makeWorld } from '../support/world.ts';

const PASSWORD = 'en lang adgangskode';
const run = `${process.pid}-${Date.now() % 100_000}`;

/** A browser in which somebody is signed in already; Danish, on the narrowest of phones. */
async function browserOf(browser: Browser, { origin }: Running, cookie: string): Promise<Page> {
	const context = await browser.newContext({
		locale: 'da-DK',
		reducedMotion: 'reduce',
		viewport: { width: 320, height: 640 },
	});
	const [name, value] = cookie.split('=') as [string, string];
	if (cookie) await context.addCookies([{ name, value, url: origin }]);
	return wakeful(await context.newPage());
}

/** Thirty people, three of whose rows are no good. */
function classOfThirty(): string {
	const rows = Array.from({ length: 30 }, (_, index) => {
		if (index === 4) return `;uden-navn-${run}@example.org;Læge`;
		if (index === 11) return 'Bo Lund;bo(at)example.org;Fysioterapeut';
		if (index === 20) return `Ida igen;person-0-${run}@example.org;Sygeplejerske`;
		return `Person ${index};person-${index}-${run}@example.org;Sygeplejerske`;
	});
	return ['Navn;E-mail;Faggruppe', ...rows].join('\r\n');
}

test('an administrator makes an organisation, its educator a group of thirty, and one of them joins', async ({
	browser,
	tiny,
}) => {
	test.setTimeout(120_000);
	const db = databaseOf(tiny);
	const { cookies, ids } = await makeWorld(db, 'tiny');

	const admin = await browserOf(browser, tiny, cookies.administrator);
	await admin.goto(`${tiny.origin}/da/admin/organisations`);
	await isAccessible(admin, 'organisations');
	await admin.getByLabel(t('admin_org_name'), { exact: true }).fill(`Ortopædkirurgi ${run}`);
	await admin.getByRole('button', { name: t('admin_org_make') }).click();
	await expect(admin.getByRole('heading', { name: `Ortopædkirurgi ${run}` })).toBeVisible();
	const teacher = `outsider-${ids.outsider}@example.org`;
	await admin.getByLabel(t('admin_org_educator_email')).fill('nobody@example.org');
	await admin.getByRole('button', { name: t('admin_org_educator_add') }).click();
	await expect(
		admin.getByText(t('admin_org_no_account', { email: 'nobody@example.org' })).first(),
	).toBeVisible();
	await admin.getByLabel(t('admin_org_educator_email')).fill(teacher);
	await admin.getByRole('button', { name: t('admin_org_educator_add') }).click();
	await expect(admin.getByText(t('admin_org_educator_added', { name: 'outsider' }))).toBeVisible();
	await isAccessible(admin, 'an organisation');

	const educator = await browserOf(browser, tiny, cookies.outsider);
	await educator.goto(`${tiny.origin}/da/teach`);
	await isAccessible(educator, 'no groups yet');
	await educator.getByLabel(t('teach_group_name')).fill('Hold 3');
	await educator.getByRole('button', { name: t('teach_group_make') }).click();
	await expect(educator.getByRole('heading', { name: t('teach_people_nobody') })).toBeVisible();
	await isAccessible(educator, 'nobody in the group yet');

	await educator.getByRole('link', { name: t('teach_people_import') }).click();
	await educator.getByRole('button', { name: t('teach_import_look') }).click();
	await expect(educator.getByText(t('teach_import_file_missing')).first()).toBeVisible();
	await isAccessible(educator, 'import without a file');
	await educator.getByLabel(t('teach_import_file'), { exact: true }).setInputFiles({
		name: 'hold-3.csv',
		mimeType: 'text/csv',
		// As Danish Excel writes it.
		buffer: Buffer.from(classOfThirty(), 'latin1'),
	});
	await educator.getByRole('button', { name: t('teach_import_look') }).click();
	await expect(educator.getByText(t('teach_import_will', { count: 27 }))).toBeVisible();
	await isAccessible(educator, 'preview');
	await educator.getByRole('link', { name: t('teach_import_only_problems') }).click();
	await expect(educator.getByRole('row')).toHaveCount(4);
	for (const problem of [
		t('teach_import_problem_name'),
		t('teach_import_problem_email_wrong'),
		t('teach_import_problem_doubled', { row: 2 }),
	])
		await expect(educator.getByText(problem)).toBeVisible();
	await isAccessible(educator, 'preview, only problems');
	await educator.getByRole('button', { name: t('teach_import_invite', { count: 27 }) }).click();
	await expect(educator.getByText(t('teach_import_done', { count: 27 }))).toBeVisible();
	await educator.getByRole('link', { name: t('teach_import_see') }).click();
	await expect(
		educator.getByRole('heading', { name: t('teach_people_invited', { count: 27 }) }),
	).toBeVisible();
	await isAccessible(educator, 'twenty-seven invited');
	const { letters } = db.tables;
	const written = await db.read
		.select()
		.from(letters)
		.where(eq(letters.to, `person-0-${run}@example.org`));
	expect(written.map(({ kind }) => kind)).toEqual(['invitation']);

	await educator.getByRole('link', { name: t('teach_people_invite'), exact: true }).click();
	await educator.getByRole('button', { name: t('teach_people_make_link') }).click();
	await expect(educator.getByText(t('teach_people_link_made'))).toBeVisible();
	const link = await educator.getByLabel(t('teach_people_link'), { exact: true }).inputValue();
	await isAccessible(educator, 'invite');

	const learner = await browserOf(browser, tiny, '');
	await learner.goto(link);
	await isAccessible(learner, 'join');
	await learner.getByRole('button', { name: t('join_register') }).click();
	await expect(learner.getByRole('alert')).toBeFocused();
	await learner.getByLabel(t('auth_name'), { exact: true }).fill('Åse Ærø');
	const account = learner.getByRole('region', { name: t('join_new') });
	await account.getByLabel(t('auth_email')).fill(`aase-${run}@example.org`);
	await account.getByLabel(t('auth_password'), { exact: true }).fill(PASSWORD);
	await learner.getByRole('button', { name: t('join_register') }).click();
	await expect(learner.getByText(t('join_member', { group: 'Hold 3' }))).toBeVisible();
	await isAccessible(learner, 'joined');

	await educator.getByRole('link', { name: t('teach_people_back') }).click();
	await expect(educator.getByRole('rowheader', { name: 'Åse Ærø' })).toBeVisible();
	await isAccessible(educator, 'with a member');
	// Whoever is taken out is gone from the list, and it is told.
	await educator.getByLabel(t('teach_people_remove_of', { name: 'Åse Ærø' })).click();
	await educator.getByRole('button', { name: t('teach_people_remove_now') }).click();
	await expect(educator.getByText(t('teach_people_no_members'))).toBeVisible();
	for (const page of [admin, educator, learner]) await page.context().close();
	await db.close();
});

test('a link that is revoked or over tells it, and whom to ask', async ({ browser, tiny }) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	const educator = await browserOf(browser, tiny, world.cookies.educator);
	await educator.goto(`${tiny.origin}/da/teach/groups/${world.group}/people/invite`);
	await educator.getByLabel(t('teach_people_seats')).fill('mange');
	await educator.getByRole('button', { name: t('teach_people_make_link') }).click();
	await expect(educator.getByRole('alert')).toContainText(t('teach_people_seats_wrong'));
	await educator.getByLabel(t('teach_people_seats')).fill('1');
	await educator.getByRole('button', { name: t('teach_people_make_link') }).click();
	const link = await educator.getByLabel(t('teach_people_link'), { exact: true }).inputValue();

	const outsider = await browserOf(browser, tiny, world.cookies.outsider);
	await outsider.goto(link);
	await isAccessible(outsider, 'join, signed in');
	await outsider.getByRole('button', { name: t('join_decline') }).click();
	await expect(outsider.getByText(t('join_declined'))).toBeVisible();
	await outsider.getByRole('link', { name: t('join_again') }).click();
	await outsider.getByRole('button', { name: t('join_now') }).click();
	await expect(outsider.getByRole('status')).toContainText(
		t('join_member', { group: `Group ${world.group.slice(0, 4)}` }),
	);

	const visitor = await browserOf(browser, tiny, '');
	await visitor.goto(link);
	await expect(visitor.getByText(t('join_full'))).toBeVisible();
	const { invitations } = db.tables;
	const over = new Date('2026-01-31T23:00:00Z');
	await db.tx((tx) =>
		tx
			.update(invitations)
			.set({ expiresAt: over, seats: null })
			.where(eq(invitations.groupId, world.group)),
	);
	await visitor.goto(link);
	await expect(visitor.getByText(t('join_expired_on', { day: '31. januar 2026' }))).toBeVisible();
	await expect(visitor.getByText(t('join_ask', { names: 'educator' }))).toBeVisible();
	await isAccessible(visitor, 'expired');
	await visitor.goto(`${link}x`, { waitUntil: 'load' });
	await expect(visitor.getByText(t('join_unknown'))).toBeVisible();
	for (const page of [educator, outsider, visitor]) await page.context().close();
	await db.close();
});

test('a letter that is opened by somebody else says so', async ({ browser, tiny }) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	const educator = await browserOf(browser, tiny, world.cookies.educator);
	await educator.goto(`${tiny.origin}/da/teach/groups/${world.group}/people/invite`);
	const invitee = `colleague-${world.ids.colleague}@example.org`;
	await educator.getByLabel(t('teach_people_addresses')).fill(`${invitee}, ikke-en-adresse`);
	await educator.getByRole('button', { name: t('teach_people_send') }).click();
	await expect(educator.getByRole('alert')).toContainText('ikke-en-adresse');
	await educator.getByLabel(t('teach_people_addresses')).fill(invitee);
	await educator.getByRole('button', { name: t('teach_people_send') }).click();
	await expect(educator.getByText(t('teach_people_mails_sent', { count: 1 }))).toBeVisible();

	// The letter is in the language of the account.
	const letter = await linkTo(tiny, invitee);
	expect(letter).toContain('/en/join/');
	const link = letter.replace('/en/', '/da/');
	const outsider = await browserOf(browser, tiny, world.cookies.outsider);
	await outsider.goto(link);
	await expect(outsider.getByText(invitee)).toBeVisible();
	await isAccessible(outsider, 'join as somebody else');
	await outsider.getByRole('button', { name: t('join_switch') }).click();
	await expect(outsider.getByText(t('join_has_account', { email: invitee }))).toBeVisible();
	await expect(outsider.getByLabel(t('auth_email'))).toHaveValue(invitee);
	await isAccessible(outsider, 'join with an account');

	const colleague = await browserOf(browser, tiny, world.cookies.colleague);
	await colleague.goto(link);
	await colleague.getByRole('button', { name: t('join_now') }).click();
	await expect(colleague.getByText(t('join_member_lead'))).toBeVisible();
	for (const page of [educator, outsider, colleague]) await page.context().close();
	await db.close();
});

/** The link in the letter to an address: in its file once it is sent, in the queue until then. */
async function linkTo(server: Running, address: string): Promise<string> {
	const db = databaseOf(server);
	const box = secretBox(ownKey(undefined, server.dataDir));
	const { letters } = db.tables;
	const [letter] = await db.read.select().from(letters).where(eq(letters.to, address));
	await db.close();
	const text = letter?.body
		? (JSON.parse(box.open(letter.body)) as Composed).text
		: readdirSync(join(server.dataDir, 'mail'))
				.map((name) => readFileSync(join(server.dataDir, 'mail', name), 'utf8'))
				.map((mail) => mail.replaceAll('=\r\n', '').replaceAll('=3D', '='))
				.find((mail) => mail.includes(`To: ${address}`));
	const [link] = /http\S+\/join\/[\w.-]+/.exec(text ?? '') ?? [];
	if (!link) throw new Error(`There is no letter with a link to ${address}`);
	return link;
}
