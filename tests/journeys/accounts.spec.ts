import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { becomeAdministrator } from '../support/administrator.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const PASSWORD = 'en lang adgangskode';
let count = 0;
const newEmail = () => `person-${process.pid}-${count++}@example.org`;

async function register(page: Page, origin: string, email: string): Promise<void> {
	await page.goto(`${origin}/da/register`);
	await page.getByLabel(t('auth_name'), { exact: true }).fill('Ida Holm');
	await page.getByLabel(t('auth_email')).fill(email);
	await page.getByLabel(t('auth_password'), { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: t('auth_register') }).click();
	await expect(page.getByRole('link', { name: t('layout_my_page') })).toBeVisible();
}

async function signIn(page: Page, origin: string, email: string, password = PASSWORD) {
	await page.goto(`${origin}/da/login`);
	await page.getByLabel(t('auth_email')).fill(email);
	await page.getByLabel(t('auth_password'), { exact: true }).fill(password);
	await page.getByRole('button', { name: t('auth_sign_in') }).click();
}

test('a guest registers and keeps what they have done; it is there on another device', async ({
	browser,
	page,
	tiny,
}) => {
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await page.getByRole('button', { name: 'Hvordan gik den?' }).click();
	await expect(page.getByText(t('status_saved'))).toBeVisible();
	const email = newEmail();
	await register(page, tiny.origin, email);
	await page.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await expect(page.getByRole('log')).toContainText('Lang. Tak, fordi du spørger.');

	const other = await browser.newContext({ locale: 'da-DK' });
	const device = await other.newPage();
	await signIn(device, tiny.origin, email);
	await expect(device.getByRole('link', { name: t('layout_my_page') })).toBeVisible();
	await device.goto(`${tiny.origin}/da/courses/tiny/hello/anna`);
	await expect(device.getByRole('log')).toContainText('Lang. Tak, fordi du spørger.');
	await other.close();
});

test('a form that is not right says so at each field and keeps what was typed', async ({
	page,
	tiny,
}) => {
	await page.goto(`${tiny.origin}/da/register`);
	await page.getByLabel(t('auth_name'), { exact: true }).fill('Bo');
	await page.getByLabel(t('auth_email')).fill('bo');
	await page.getByLabel(t('auth_password'), { exact: true }).fill('kort');
	await page.getByRole('button', { name: t('auth_register') }).click();
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel(t('auth_email'))).toHaveAccessibleDescription(t('auth_email_wrong'));
	await expect(page.getByLabel(t('auth_name'), { exact: true })).toHaveValue('Bo');
	await signIn(page, tiny.origin, 'nobody@example.org');
	await expect(page.getByText(t('auth_sign_in_wrong'))).toBeVisible();
});

test('a forgotten password is replaced by a link that works once, and without script', async ({
	browser,
	page,
	tiny,
}) => {
	const email = newEmail();
	await register(page, tiny.origin, email);
	await page.goto(`${tiny.origin}/da/account`);
	await page.getByRole('button', { name: t('account_sign_out') }).click();
	await page.goto(`${tiny.origin}/da/forgot`);
	await page.getByLabel(t('auth_email')).fill(email);
	await page.getByRole('button', { name: t('auth_forgot_send') }).click();
	await expect(page.getByText(t('auth_forgot_sent', { email }))).toBeVisible();

	const folder = join(tiny.dataDir, 'mail');
	// Letters leave after the answer: the folder and the file may come a moment later.
	const letter = () =>
		(existsSync(folder) ? readdirSync(folder) : [])
			.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''))
			.find((text) => text.includes(`To: ${email}`));
	const LINK = /http:\/\/\S+\/da\/reset\/\S+(?=\s)/;
	await expect.poll(letter).toMatch(LINK);
	const link = LINK.exec(letter()!)![0].replaceAll('=3D', '=');
	// Whoever is quicker than the script sends a form as browsers always have.
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const other = await plain.newPage();
	await other.goto(link);
	await other.getByLabel(t('auth_password_new')).fill('en helt anden kode');
	await other.getByRole('button', { name: t('auth_reset_save') }).click();
	await expect(other.getByRole('heading', { name: t('layout_my_page') })).toBeVisible();
	await plain.close();
	await page.goto(link);
	await expect(page.getByText(t('auth_link_dead'))).toBeVisible();
});

test('reminders of practice are off until somebody asks for them, and off again at a click', async ({
	page,
	tiny,
}) => {
	await register(page, tiny.origin, newEmail());
	const wanted = page.getByRole('checkbox', { name: t('account_reminders') });
	const save = page.getByRole('button', { name: t('account_reminders_save') });
	await page.goto(`${tiny.origin}/da/account/settings`);
	await expect(wanted).not.toBeChecked();
	await wanted.check();
	await save.click();
	await expect(page.getByText(t('account_reminders_on'))).toBeVisible();
	await page.reload();
	await expect(wanted).toBeChecked();
	await wanted.uncheck();
	await save.click();
	await expect(page.getByText(t('account_reminders_off'))).toBeVisible();
	await page.reload();
	await expect(wanted).not.toBeChecked();
});

test('people change their profile, take their data with them and delete their account', async ({
	page,
	tiny,
}) => {
	const email = newEmail();
	await register(page, tiny.origin, email);
	await page.goto(`${tiny.origin}/da/account/settings`);
	await page.getByLabel(t('auth_name'), { exact: true }).fill('Ida Holm Berg');
	await page.getByRole('radio', { name: 'English' }).check();
	await page.getByRole('button', { name: t('account_save'), exact: true }).click();
	await expect(page.getByText(t('account_saved', {}, 'en'))).toBeVisible();
	const exported = await page.request.get(`${tiny.origin}/en/account/export`);
	expect(await exported.json()).toMatchObject({ account: { email, name: 'Ida Holm Berg' } });
	expect(await exported.text()).not.toContain('argon2');
	await page.getByRole('link', { name: t('account_data', {}, 'en') }).click();
	await page.getByText(t('account_delete_go_on', {}, 'en')).click();
	await page
		.getByRole('textbox', { name: t('auth_password', {}, 'en'), exact: true })
		.fill(PASSWORD);
	await page.getByRole('button', { name: t('account_delete_now', {}, 'en') }).click();
	await expect(page.getByRole('link', { name: t('layout_sign_in', {}, 'en') })).toBeVisible();
	await signIn(page, tiny.origin, email);
	await expect(page.getByText(t('auth_sign_in_wrong'))).toBeVisible();
});

test('the first start’s link makes the administrator, who lets people in and out', async ({
	browser,
	tiny,
}) => {
	const admin = await (await browser.newContext({ locale: 'da-DK' })).newPage();
	await becomeAdministrator(admin, tiny, newEmail());

	const person = await (await browser.newContext({ locale: 'da-DK' })).newPage();
	const email = newEmail();
	await register(person, tiny.origin, email);
	const forbidden = await person.goto(`${tiny.origin}/da/admin/people`);
	expect(forbidden?.status()).toBe(403);

	await admin.goto(`${tiny.origin}/da/admin/people?q=${encodeURIComponent(email)}`);
	await admin.getByRole('button', { name: t('admin_disable_name', { name: 'Ida Holm' }) }).click();
	await expect(admin.getByText(t('account_saved'))).toBeVisible();
	await signIn(person, tiny.origin, email);
	await expect(person.getByText(t('auth_sign_in_wrong'))).toBeVisible();
	// The last administrator stays one.
	await admin.goto(`${tiny.origin}/da/admin/people?q=Chef`);
	await admin.getByRole('button', { name: t('admin_disable_name', { name: 'Chef' }) }).click();
	await expect(admin.getByText(t('admin_last'))).toBeVisible();
	await admin.goto(tiny.setupLink!);
	await expect(admin.getByText(t('auth_setup_dead'))).toBeVisible();
});
