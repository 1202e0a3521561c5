import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { becomeAdministrator } from '../support/administrator.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

test('what the server could not take stays in its form, with a word above it, until it can', async ({
	page,
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const server = await startServer(FIXTURES);
	await becomeAdministrator(page, server);
	await page.goto(`${server.origin}/da/admin/organisations`);
	const name = page.getByLabel(t('admin_org_name'), { exact: true });
	const create = page.getByRole('button', { name: t('admin_org_make'), exact: true });
	const told = page.getByRole('alert');
	await name.fill('Nordhavn Hospital');

	await page.context().setOffline(true);
	await create.click();
	await expect(told).toHaveText(t('form_unreached'));
	await expect(told).toBeFocused();
	await expect(name).toHaveValue('Nordhavn Hospital');
	await isAccessibleInBothThemes(page, 'a form that could not be sent');
	await page.context().setOffline(false);

	const holder = new BetterSqlite3(join(server.dataDir, 'rygsamtalen.db'));
	holder.exec('BEGIN IMMEDIATE');
	await create.click();
	await expect(told).toHaveText(t('error_busy'));
	await expect(name).toHaveValue('Nordhavn Hospital');
	holder.exec('ROLLBACK');
	holder.close();

	await create.click();
	await expect(page.getByRole('heading', { name: 'Nordhavn Hospital', level: 1 })).toBeVisible();

	// Where one stays on the page, the word goes with what it was about; and it is in one's language.
	const settings = page.getByRole('region', { name: t('admin_org_settings') });
	await settings.getByLabel(t('admin_org_name'), { exact: true }).fill('Sydhavn Hospital');
	await page.context().setOffline(true);
	await settings.getByRole('button', { name: t('account_save'), exact: true }).click();
	await expect(told).toHaveText(t('form_unreached'));
	await page.context().setOffline(false);
	await page.getByRole('link', { name: /English/ }).click();
	await expect(told).toHaveText(t('form_unreached', {}, 'en'));
	await page.getByRole('button', { name: t('account_save', {}, 'en'), exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Sydhavn Hospital', level: 1 })).toBeVisible();
	await expect(told).toHaveCount(0);
	await server.stop();
});
