import type { Browser, BrowserContext, Page } from '@playwright/test';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { loadCourse } from '../../src/authoring/loader.ts';
import { FINAL_TEST } from '../../src/lib/course/parts.ts';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { everything } from '../support/everything.ts';
import { send } from '../support/finish.ts';
import { readPdf } from '../support/pdf.ts';
import { png } from '../support/pictures.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { expect, test, wakeful } from '../support/test.ts';
import { t } from '../support/texts.ts';

const PASSWORD = 'en lang adgangskode';
const tiny = loadCourse(`${FIXTURES.courses}/tiny`).course!;

/** On a phone, in both themes. */
async function isAccessible(page: Page, state: string): Promise<void> {
	const before = page.viewportSize()!;
	await page.setViewportSize({ width: 320, height: 640 });
	await isAccessibleInBothThemes(page, state);
	await page.setViewportSize(before);
}

async function newAdministrator(browser: Browser, server: Running): Promise<Page> {
	const page = wakeful(await (await browser.newContext({ locale: 'da-DK' })).newPage());
	await becomeAdministrator(page, server);
	return page;
}

/** Does everything but the final test, as a guest would have by now. */
async function doTheLessons({ request }: BrowserContext, origin: string): Promise<void> {
	const events = everything(tiny).filter(({ lesson }) => lesson !== FINAL_TEST);
	const began = Date.now() - events.length * 1000;
	const stamped = events.map((event, at) => ({
		...event,
		at: new Date(began + at * 1000).toISOString(),
	}));
	let learner: string | null = null;
	for (let from = 0; from < stamped.length; from += 100)
		learner = await send(request, origin, learner, stamped.slice(from, from + 100));
}

async function passTheTest(page: Page, origin: string): Promise<void> {
	await page.goto(`${origin}/da/courses/tiny/final-test`);
	await page.getByRole('button', { name: t('test_begin') }).click();
	for (let at = 1; at <= 2; at++) {
		await expect(page.getByText(t('player_item_of', { n: at, total: 2 }))).toBeVisible();
		const prompt = await page.locator('form legend').textContent();
		const right = prompt === 'Hvad siger man sidst?' ? 'Farvel' : 'Goddag';
		await page.getByLabel(right, { exact: true }).check();
		await page.getByRole('button', { name: t('activity_answer'), exact: true }).click();
	}
	await expect(page.getByRole('heading', { name: t('test_passed'), exact: true })).toBeVisible();
}

async function register(page: Page, origin: string, name: string): Promise<void> {
	await page.goto(`${origin}/da/register`);
	await page.getByLabel(t('auth_name'), { exact: true }).fill(name);
	await page.getByLabel(t('auth_email')).fill(`${crypto.randomUUID()}@example.org`);
	await page.getByLabel(t('auth_password'), { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: t('auth_register') }).click();
	await expect(page.getByRole('link', { name: t('layout_my_page') })).toBeVisible();
}

test('an administrator says who stands behind the certificates, and sees a specimen', async ({
	browser,
}) => {
	test.setTimeout(240_000);
	const server = await startServer(FIXTURES);
	const { origin } = server;
	try {
		const admin = await newAdministrator(browser, server);
		await admin.goto(`${origin}/da/admin/provider`);
		await expect(admin.getByText(t('admin_provider_not_set'))).toBeVisible();
		const field = (label: string) => admin.getByLabel(label, { exact: true });
		await field(t('admin_provider_name')).fill('');
		await field(t('admin_provider_signer_title')).fill('Overlæge');
		await field(t('admin_provider_accreditation_da')).fill('To point');
		await admin.getByRole('button', { name: t('admin_provider_save'), exact: true }).click();
		await expect(admin.getByRole('alert')).toContainText(t('admin_provider_name_missing'));
		await expect(admin.getByRole('alert')).toContainText(t('admin_provider_signer_missing'));
		await expect(admin.getByRole('alert')).toContainText(t('admin_provider_accreditation_both'));
		await expect(field(t('admin_provider_signer_title'))).toHaveValue('Overlæge');
		await isAccessible(admin, 'provider with errors');
		await field(t('admin_provider_name')).fill('Rygcenteret');
		await field(t('admin_provider_signer_name')).fill('Karen Sørensen');
		await field(t('admin_provider_accreditation_da')).fill('');
		await admin.getByRole('button', { name: t('admin_provider_save'), exact: true }).click();
		await expect(admin.getByRole('status')).toHaveText(t('admin_provider_saved'));

		const upload = (name: string, buffer: Buffer) =>
			admin
				.locator('#logo')
				.setInputFiles({ name, mimeType: 'image/png', buffer })
				.then(() =>
					admin
						.getByRole('button', {
							name: t('admin_provider_upload_of', { name: t('admin_provider_logo') }),
						})
						.click(),
				);
		await upload('logo.png', Buffer.from('<svg/>'));
		await expect(admin.getByRole('alert')).toContainText(t('admin_provider_picture_not_a_picture'));
		await upload('logo.png', Buffer.alloc(700 * 1024));
		await expect(admin.getByRole('alert')).toContainText(t('admin_provider_picture_too_large'));
		await upload('logo.png', Buffer.from(png(200, 60)));
		await expect(admin.getByAltText(t('admin_provider_logo_now'))).toBeVisible();
		await isAccessible(admin, 'provider with a logo');
		const specimen = await admin.request.get(`${origin}/en/admin/provider/specimen`);
		const shown = readPdf(await specimen.body());
		expect(shown.text).toContain(t('admin_provider_specimen_name', {}, 'en'));
		for (const words of ['Karen Sørensen', 'Overlæge']) expect(shown.text).toContain(words);
		expect(shown.alternatives[0]).toBe(t('certificate_logo_of', { name: 'Rygcenteret' }, 'en'));
	} finally {
		await server.stop();
	}
});

test('a learner passes and shows the certificate to others as far as they like', async ({
	browser,
	page,
	context,
}) => {
	test.setTimeout(240_000);
	const server = await startServer(FIXTURES);
	const { origin } = server;
	try {
		// A guest does it all, learns that a certificate takes an account, and makes one.
		await doTheLessons(context, origin);
		await passTheTest(page, origin);
		await isAccessible(page, 'final test passed by a guest');
		await page.getByRole('link', { name: t('certificate_register') }).click();
		await expect(page).toHaveURL(`${origin}/da/register`);
		await register(page, origin, 'Åse Ørnkjær');
		await page.goto(`${origin}/da/courses/tiny/final-test`);
		await page.getByRole('link', { name: t('certificate_to_mine') }).click();
		const card = page.getByRole('region', { name: 'Lille kursus' });
		await expect(card.getByText('Åse Ørnkjær')).toBeVisible();
		await isAccessible(page, 'my certificates');

		const code = (await card.locator('dd.code').textContent())!;
		const link = card.getByRole('link', {
			name: t('certificate_of', { action: t('certificate_pdf'), title: 'Lille kursus' }),
		});
		const pdf = await page.request.get(origin + (await link.getAttribute('href'))!);
		expect(pdf.headers()['content-type']).toBe('application/pdf');
		const { text } = readPdf(await pdf.body());
		for (const words of ['Åse Ørnkjær', 'Lille kursus', code]) expect(text).toContain(words);

		await card.getByText(t('certificate_badge'), { exact: true }).click();
		const badge = await page.request.get(
			origin +
				(await card.getByRole('link', { name: t('certificate_badge_jwt') }).getAttribute('href'))!,
		);
		expect(badge.headers()['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.jwt"$/);
		const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`));
		const { payload } = await jwtVerify(await badge.text(), keys, {
			issuer: `${origin}/badges/issuer`,
		});
		expect(payload).toMatchObject({
			credentialSubject: { achievement: { name: 'Lille kursus' } },
		});
		for (const address of ['/badges/issuer', '/badges/achievements/tiny', '/badges/revocations'])
			expect((await page.request.get(origin + address)).status(), address).toBe(200);

		// Others look the code up; the holder decides what they see.
		const other = await (await browser.newContext({ locale: 'da-DK' })).newPage();
		await other.goto(`${origin}/da/verify`);
		await isAccessible(other, 'verify');
		const typed = other.getByLabel(t('certificate_code'), { exact: true });
		await typed.fill(code.slice(0, -1) + (code.endsWith('7') ? '8' : '7'));
		await other.getByRole('button', { name: t('certificate_check') }).click();
		await expect(typed).toHaveAccessibleDescription(
			new RegExp(t('certificate_wrong_mistyped').slice(0, 20)),
		);
		await isAccessible(other, 'verify, mistyped');
		await typed.fill(code.toLowerCase().replaceAll('-', ' '));
		await other.getByRole('button', { name: t('certificate_check') }).click();
		await expect(other.getByRole('heading', { name: t('certificate_valid') })).toBeVisible();
		await expect(other.getByText('Åse Ørnkjær')).toBeVisible();
		await isAccessible(other, 'a valid certificate');

		await card.getByLabel(t('certificate_shows_name')).uncheck();
		await card.getByLabel(t('certificate_shows_result')).check();
		await card
			.getByRole('button', {
				name: t('certificate_of', {
					action: t('certificate_shows_save'),
					title: 'Lille kursus',
				}),
			})
			.click();
		await expect(page.getByRole('status').first()).toHaveText(t('account_saved'));
		await other.goto(`${origin}/en/verify/${code}`);
		await expect(
			other.getByRole('heading', { name: t('certificate_valid', {}, 'en') }),
		).toBeVisible();
		await expect(other.getByText('Åse Ørnkjær')).toHaveCount(0);
		await expect(other.getByText(t('certificate_not_shown', {}, 'en'))).toBeVisible();
		await expect(
			other.getByText(t('certificate_result_shown', { percent: 100, pass: 50 }, 'en')),
		).toBeVisible();
		await isAccessible(other, 'a valid certificate without a name');
		const told = await other.request.get(`${origin}/api/verify/${code}`);
		expect(await told.json()).not.toHaveProperty('name');

		// A new name takes the old code out of use.
		await page.goto(`${origin}/da/account/settings`);
		await page.getByLabel(t('auth_name'), { exact: true }).fill('Åse Nygaard');
		await page.getByRole('button', { name: t('account_save'), exact: true }).click();
		await expect(page.getByText(t('account_saved'))).toBeVisible();
		await page.goto(`${origin}/da/certificates`);
		await isAccessible(page, 'a certificate in another name');
		await page
			.getByRole('button', { name: t('certificate_reissue', { name: 'Åse Nygaard' }) })
			.click();
		await expect(page.getByRole('status').first()).toHaveText(t('certificate_made'));
		await expect(page.getByText(t('certificate_reason_replaced'))).toBeVisible();
		const anew = (await card.locator('dd.code').textContent())!;
		expect(anew).not.toBe(code);
		await other.goto(`${origin}/da/verify/${code}`);
		await expect(other.getByRole('heading', { name: t('certificate_revoked') })).toBeVisible();
	} finally {
		await server.stop();
	}
});

test('an administrator revokes a certificate, and everybody who asks is told why', async ({
	browser,
	page,
	context,
}) => {
	test.setTimeout(240_000);
	const server = await startServer(FIXTURES);
	const { origin } = server;
	try {
		const admin = await newAdministrator(browser, server);
		await doTheLessons(context, origin);
		await passTheTest(page, origin);
		await register(page, origin, 'Åse Nygaard');
		await page.goto(`${origin}/da/certificates`);
		const code = (await page.locator('dd.code').textContent())!;
		const badge = await page.request.get(
			origin +
				(await page
					.getByRole('link', { name: t('certificate_badge_jwt'), includeHidden: true })
					.getAttribute('href'))!,
		);
		const { jti } = decodeJwt(await badge.text());

		await admin.goto(`${origin}/da/admin/certificates`);
		await admin.getByLabel(t('admin_certificate_find')).fill(code);
		await admin.getByRole('button', { name: t('admin_find') }).click();
		const found = admin.getByRole('region', { name: 'Åse Nygaard' });
		await found.getByText(t('admin_certificate_revoke'), { exact: true }).click();
		await found.getByRole('button', { name: t('admin_certificate_revoke_now') }).click();
		await expect(admin.getByRole('alert')).toContainText(t('admin_certificate_reason_missing'));
		await isAccessible(admin, 'revoking without a reason');
		await found
			.getByLabel(t('admin_certificate_reason'))
			.selectOption(t('certificate_reason_not_own_work'));
		await found.getByLabel(t('admin_certificate_note')).fill('Set af en kollega');
		await found.getByRole('button', { name: t('admin_certificate_revoke_now') }).click();
		await expect(admin.getByText(t('admin_certificate_revoked'))).toBeVisible();
		await expect(found.getByText('Set af en kollega')).toBeVisible();
		await isAccessible(admin, 'certificates, one revoked');

		const other = await (await browser.newContext({ locale: 'da-DK' })).newPage();
		await other.goto(`${origin}/da/verify/${code}`);
		await expect(other.getByText(t('certificate_reason_not_own_work'))).toBeVisible();
		await expect(other.getByText('Set af en kollega')).toHaveCount(0);
		await expect(other.getByText('Åse')).toHaveCount(0);
		await isAccessible(other, 'a revoked certificate');
		await page.goto(`${origin}/da/certificates`);
		await expect(page.getByText(t('certificate_reason_not_own_work'))).toBeVisible();
		await isAccessible(page, 'my certificates, revoked');
		const list = (await (await other.request.get(`${origin}/badges/revocations`)).json()) as {
			revokedCredential: { id: string }[];
		};
		expect(list.revokedCredential).toHaveLength(1);
		expect(list.revokedCredential.map(({ id }) => id)).toContain(jti);
		await other.goto(`${origin}/en/verify/0000-0000-0000-0000-0000`);
		await expect(
			other.getByRole('heading', { name: t('certificate_unknown', {}, 'en') }),
		).toBeVisible();
		await isAccessible(other, 'an unknown code');
	} finally {
		await server.stop();
	}
});

test('a certificate is its holder’s alone, and only administrators revoke', async ({
	browser,
	page,
	context,
}) => {
	test.setTimeout(180_000);
	const server = await startServer(FIXTURES);
	const { origin } = server;
	try {
		await doTheLessons(context, origin);
		await passTheTest(page, origin);
		await register(page, origin, 'Ida Holm');
		await page.goto(`${origin}/da/certificates`);
		const link = page.getByRole('link', { name: t('certificate_pdf') });
		const pdf = origin + (await link.getAttribute('href'))!;
		const badge = pdf.replace('/pdf', '/badge');
		const id = pdf.split('/').at(-2)!;

		const visitor = (await browser.newContext()).request;
		for (const address of [pdf, badge, `${origin}/da/certificates`, `${origin}/da/admin/provider`])
			expect((await visitor.get(address, { maxRedirects: 0 })).status(), address).toBe(303);

		const other = await (await browser.newContext()).newPage();
		await register(other, origin, 'En Anden');
		for (const address of [pdf, badge, `${badge}?as=svg`])
			expect((await other.request.get(address)).status(), address).toBe(404);
		const post = (address: string, form: Record<string, string>) =>
			other.request.post(origin + address, {
				headers: { origin, accept: 'text/html' },
				form,
				maxRedirects: 0,
			});
		expect((await post('/da/certificates?/shows', { id })).status()).toBe(404);
		expect((await post('/da/certificates?/reissue', { id })).status()).toBe(404);
		expect((await post('/da/admin/certificates?/revoke', { id, reason: 'error' })).status()).toBe(
			403,
		);
		expect((await post('/da/admin/provider?/save', { name: 'X' })).status()).toBe(403);
		for (const address of ['certificates', 'provider', 'provider/specimen'])
			expect((await other.request.get(`${origin}/da/admin/${address}`)).status()).toBe(403);

		// Still there, still valid, and the one who holds it has both files.
		const svg = await page.request.get(`${badge}?as=svg`);
		expect(svg.headers()['content-type']).toContain('image/svg+xml');
		expect(await svg.text()).toContain('<openbadges:credential verify="');
		expect((await page.request.get(pdf)).status()).toBe(200);
	} finally {
		await server.stop();
	}
});

test('codes cannot be tried without end', async ({ request }) => {
	const server = await startServer(FIXTURES);
	try {
		const ask = () => request.get(`${server.origin}/api/verify/0000-0000-0000-0000-0000`);
		const statuses: number[] = [];
		for (let at = 0; at < 122; at++) statuses.push((await ask()).status());
		expect(statuses.slice(0, 120).every((one) => one === 200)).toBe(true);
		expect(statuses.slice(120)).toEqual([429, 429]);
		const page = await request.get(`${server.origin}/da/verify/0000-0000-0000-0000-0000`);
		expect(page.status()).toBe(429);
	} finally {
		await server.stop();
	}
});
