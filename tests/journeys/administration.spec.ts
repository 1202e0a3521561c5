import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { newLearner, stepReached } from '../bench/events.ts';
import { isAccessibleInBothThemes } from '../support/accessible.ts';
import { asAdministrator, worldOf } from '../support/administrator.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';
import { databaseOf } from '../support/world.ts';

type Language = 'da' | 'en';
const run = promisify(execFile);

/** The command line, as a process of its own beside the server. */
async function admin(dataDir: string, ...args: string[]) {
	const settings = {
		...env,
		DATA_DIR: dataDir,
		DATABASE_URL: '',
		ORIGIN: '',
		START_WITHOUT_BUILDING: '1',
		BUILD_DIR: FIXTURES.build,
		COURSES_DIR: FIXTURES.courses,
	};
	const call = ['src/cli/run.mjs', 'admin', ...args];
	const done = await run(process.execPath, call, { env: settings }).then(
		({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
		(error: { code: number; stdout: string; stderr: string }) => error,
	);
	return { code: done.code, out: done.stdout, err: done.stderr };
}

for (const language of ['da', 'en'] as const)
	test(`an administrator adds and deletes people, makes a backup, and finds it all in the log, ${language}`, async ({
		browser,
	}) => {
		const server = await startServer(FIXTURES);
		const page = await asAdministrator(browser, server, await worldOf(server));
		const say = (key: string, values = {}) => t(key, values, language as Language);
		const at = (place: string) => `${server.origin}/${language}/admin${place}`;

		await page.goto(at(''));
		await expect(page.getByText(say('admin_home_backup_never')).first()).toBeVisible();
		await isAccessibleInBothThemes(page, 'overview');

		await page.goto(at('/people'));
		await page.getByRole('button', { name: say('admin_people_create_now') }).click();
		await expect(page.getByRole('alert')).toBeFocused();
		await isAccessibleInBothThemes(page, 'people with errors');
		await page.getByLabel(say('auth_name'), { exact: true }).fill('Ida Holm');
		await page.getByLabel(say('auth_email'), { exact: true }).fill('ida.holm@example.org');
		await page.getByRole('button', { name: say('admin_people_create_now') }).click();
		await expect(page.getByText(say('admin_people_created'))).toBeVisible();
		await page.goto(at('/people?q=ida.holm'));
		await page.getByText(say('admin_people_more'), { exact: true }).click();
		await isAccessibleInBothThemes(page, 'one person, all that can be done');
		const remove = page.getByRole('button', {
			name: say('admin_people_delete', { name: 'Ida Holm' }),
		});
		await remove.click();
		await expect(page.getByText(say('admin_people_confirm_wrong'))).toBeVisible();
		if (!(await remove.isVisible()))
			await page.getByText(say('admin_people_more'), { exact: true }).click();
		await page
			.getByLabel(say('admin_people_confirm', { email: 'ida.holm@example.org' }))
			.fill('ida.holm@example.org');
		await remove.click();
		await expect(page.getByText(say('admin_nobody'))).toBeVisible();

		await page.goto(at('/backup'));
		await page.getByRole('button', { name: say('admin_backup_now') }).click();
		await expect(page.getByText(say('admin_backup_made'))).toBeVisible();
		await expect(page.getByText(say('admin_backup_sound'))).toBeVisible();
		await isAccessibleInBothThemes(page, 'backups');
		await page.getByLabel(say('admin_backup_keep')).fill('0');
		await page.getByRole('button', { name: say('account_save') }).click();
		await expect(page.getByLabel(say('admin_backup_keep'))).toHaveAccessibleDescription(
			say('admin_backup_keep_wrong'),
		);
		await page.getByLabel(say('admin_backup_keep')).fill('7');
		await page.getByRole('button', { name: say('account_save') }).click();
		await expect(page.getByText(say('account_saved'))).toBeVisible();
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: /^(Hent|Download) rygsamtalen-/ }).click();
		const file = await (await download).path();
		const { stdout: listed } = await run('tar', ['-tf', file]);
		expect(listed).toMatch(/database\.db[^]*secret\.key[^]*backup\.json/);

		await page.goto(at('/audit'));
		const log = page.getByRole('list', { name: say('admin_audit_entries') });
		for (const [action, what] of [
			['backup_made', 'rygsamtalen-'],
			['backup_downloaded', 'rygsamtalen-'],
			['person_created', ''],
			['setting_changed', 'backup'],
		]) {
			const names = { who: 'administrator', what: what!, person: '' };
			const sentence = say(`admin_audit_did_${action}`, names).trim();
			await expect(log.getByText(sentence).first()).toBeVisible();
		}
		await expect(log).toContainText(/\((?:[0-9a-f]{8})\)/);
		await isAccessibleInBothThemes(page, 'log');
		await page.getByLabel(say('admin_audit_kind')).selectOption('people');
		await page.getByRole('button', { name: say('admin_audit_show') }).click();
		await expect(log.getByRole('listitem')).toHaveCount(2);
		await page.goto(at('/audit?person=nobody-of-that-name'));
		await expect(page.getByText(say('admin_audit_none'))).toBeVisible();
		await page.context().close();
		await server.stop();
	});

test('a backup made by command while events pour in is restored to a server that works', async () => {
	const PLACE = { course: 'tiny', lesson: 'hello', step: 'welcome' };
	const server = await startServer(FIXTURES);
	const { cookies } = await worldOf(server);
	const post = (path: string, fields: Record<string, string>, cookie = '') =>
		fetch(server.origin + path, {
			method: 'POST',
			headers: { origin: server.origin, cookie, accept: 'text/html' },
			body: new URLSearchParams(fields),
			redirect: 'manual',
		});
	const account = { email: 'ida@example.org', password: 'en lang adgangskode' };
	await post('/da/register', { ...account, name: 'Ida Holm' });
	const dispatch = { name: 'Region', course: 'tiny', language: 'da' };
	await post('/da/admin/dispatches?/add', dispatch, cookies.administrator);

	let more = true;
	let acknowledged = 0;
	const load = Array.from({ length: 6 }, async () => {
		const learner = await newLearner(server.origin, PLACE);
		while (more) {
			const response = await fetch(`${server.origin}/api/events`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					origin: server.origin,
					cookie: learner.cookie,
				},
				body: JSON.stringify({ learner: learner.id, events: [stepReached(PLACE)] }),
			});
			if (response.ok) acknowledged += 1;
		}
	});
	await expect.poll(() => acknowledged).toBeGreaterThan(100);
	const before = acknowledged;
	const backup = await admin(server.dataDir, 'backup', '--json');
	expect(backup.code, backup.err).toBe(0);
	const { folder, counts } = JSON.parse(backup.out) as {
		folder: string;
		counts: Record<string, number>;
	};
	const duringBackup = acknowledged - before;
	more = false;
	await Promise.all(load);
	expect(duringBackup, 'the server answers while a backup is made').toBeGreaterThan(0);
	expect(counts.events).toBeGreaterThanOrEqual(before);
	expect(counts.events).toBeLessThanOrEqual(acknowledged + 6);

	const elsewhere = mkdtempSync(join(tmpdir(), 'rygsamtalen-restored-'));
	const held = await admin(server.dataDir, 'restore', folder);
	expect(held.code).toBe(1);
	expect(held.err).toContain('stop it first');
	const restored = await admin(elsewhere, 'restore', folder);
	expect(restored.code, restored.err).toBe(0);
	await server.stop();

	const again = await startServer({ ...FIXTURES, dataDir: elsewhere });
	const signedIn = await fetch(`${again.origin}/da/login`, {
		method: 'POST',
		headers: { origin: again.origin, accept: 'text/html' },
		body: new URLSearchParams(account),
		redirect: 'manual',
	});
	expect(signedIn.status).toBe(303);
	const listed = await fetch(`${again.origin}/da/admin/dispatches`, {
		headers: { cookie: cookies.administrator },
	});
	const [, address] = /href="([^"]+\/scorm12)"/.exec(await listed.text())!;
	// It holds the token, which was sealed by the key of the first server.
	const thin = await fetch(new URL(address!, `${again.origin}/da/admin/dispatches`), {
		headers: { cookie: cookies.administrator },
	});
	expect(thin.status).toBe(200);
	const db = databaseOf(again);
	const stored = await db.read.select({ id: db.tables.events.id }).from(db.tables.events);
	await db.close();
	expect(stored).toHaveLength(counts.events!);
	const checked = await admin(elsewhere, 'check');
	expect(checked.out).toMatch(/0 findings/);
	await again.stop();
	expect(readdirSync(elsewhere)).toContain('secret.key');
});

test('the command line says no with an exit code, and touches nothing', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'rygsamtalen-nothing-'));
	expect(await admin(folder, 'people', 'list')).toMatchObject({ code: 1 });
	expect(await admin(folder, 'people', 'lst')).toMatchObject({ code: 2 });
	writeFileSync(join(folder, 'rygsamtalen.db'), 'no database');
	const { code, err } = await admin(folder, 'people', 'list');
	expect(code).toBe(1);
	expect(err).toContain('not a database');
	expect(readdirSync(folder)).toEqual(['rygsamtalen.db']);
});
