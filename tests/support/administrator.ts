import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import type { Running } from './server.ts';
import { wakeful } from './test.ts';
import { t } from './texts.ts';
import { databaseOf, makeWorld, type World } from './world.ts';

/** Takes the one-time link of a first start, and is on the overview of administration. */
export async function becomeAdministrator(
	page: Page,
	server: Running,
	email = 'chef@example.org',
): Promise<void> {
	await page.goto(server.setupLink!);
	await page.getByLabel(t('auth_name'), { exact: true }).fill('Chef');
	await page.getByLabel(t('auth_email')).fill(email);
	await page.getByLabel(t('auth_password'), { exact: true }).fill('en lang adgangskode');
	await page.getByRole('button', { name: t('auth_setup_make') }).click();
	await expect(page.getByRole('heading', { name: t('admin_home'), exact: true })).toBeVisible();
}

/** A page of the administrator of a world, on a phone; every page is awake before it is used. */
export async function asAdministrator(
	browser: Browser,
	{ origin }: Running,
	{ cookies }: World,
	options: BrowserContextOptions = {},
): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 320, height: 720 },
		reducedMotion: 'reduce',
		...options,
	});
	const [name, value] = cookies.administrator.split('=') as [string, string];
	await context.addCookies([{ name, value, url: origin }]);
	return wakeful(await context.newPage());
}

/** The world of a server that has just begun. */
export async function worldOf(server: Running): Promise<World> {
	const db = databaseOf(server);
	const made = await makeWorld(db, 'tiny');
	await db.close();
	return made;
}
