import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../../../tests/support/certificate.ts';
import { makeCourse } from '../../lib/server/cmi5/testing.ts';
import { addDestination } from '../../lib/server/statements/destinations.ts';
import { readClient } from '../../lib/server/lrs/clients.ts';
import { storeStatements } from '../../lib/server/lrs/store.ts';
import { author, received, statement } from '../../lib/server/lrs/testing.ts';
import { openSqlite } from '../../lib/server/db/sqlite.ts';
import { ownKey, secretBox } from '../../lib/server/secret-box.ts';
import { COMMANDS, main } from './main.ts';

let dataDir: string;
beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'rygsamtalen-admin-'));
	await open().close();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const open = () => openSqlite(join(dataDir, 'rygsamtalen.db'), 'migrations/sqlite');

/** Calls the command line as somebody types it. */
async function admin(line: string, env: Record<string, string> = {}) {
	const said: string[] = [];
	const complained: string[] = [];
	const code = await main(
		line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [],
		{ DATA_DIR: dataDir, ORIGIN: 'https://kursus.example.dk', ...env },
		{ out: (text) => said.push(text), err: (text) => complained.push(text) },
	);
	return { code, out: said.join('\n'), err: complained.join('\n') };
}
async function json<T>(line: string): Promise<T> {
	const { code, out, err } = await admin(`${line} --json`);
	if (code !== 0) throw new Error(err);
	return JSON.parse(out) as T;
}

test('every command tells how it is used, and a wrong use ends with 2', async () => {
	for (const { name, about } of COMMANDS) {
		const { code, out } = await admin(`${name} --help`);
		expect([code, out.includes(name), out.includes(about)], name).toEqual([0, true, true]);
	}
	expect(await admin('--help')).toMatchObject({ code: 0 });
	for (const wrong of [
		'',
		'people',
		'dance',
		'people role ida@example.org',
		'people list --rank 5',
		'people list --role king',
		'people create not-an-address --name Ida',
		'people create ida@example.org',
		'people delete ida@example.org',
		'audit list --kind gossip',
		'audit list --most many',
		'mail test nobody',
		'organisations create Ward --time-zone Nowhere/Land',
		'educators add',
		'certificates revoke ABCD --reason gossip',
	]) {
		const { code, out, err } = await admin(wrong);
		expect(code, wrong).toBe(2);
		expect(out + err, wrong).not.toBe('');
	}
});

test('a wrong DATA_DIR makes no new server, and a wrong setting is named', async () => {
	const nowhere = join(dataDir, 'nowhere');
	expect(await admin('people list', { DATA_DIR: nowhere })).toMatchObject({ code: 1 });
	expect(existsSync(nowhere)).toBe(false);
	const { code, err } = await admin('people list', { PORT: 'many' });
	expect([code, err.includes('PORT')]).toEqual([1, true]);
});

test('people are added, changed, shut out, let in and deleted, all of it on record', async () => {
	const ida = await json<{ id: string; link: string }>(
		'people create Ida@Example.org --name "Ida Holm" --language en',
	);
	expect(ida.link).toMatch(/^https:\/\/kursus\.example\.dk\/en\/reset\/\S+\.\S+$/);
	expect(await admin('people create ida@example.org --name Ida')).toMatchObject({ code: 1 });
	await json('people create bo@example.org --name Bo --role administrator --mail');
	expect(await admin('people role bo@example.org learner')).toMatchObject({ code: 1 });
	await json(`people role ${ida.id} educator`);
	await json('people disable ida@example.org');
	expect(await json('people list --disabled')).toMatchObject({
		total: 1,
		people: [{ id: ida.id, role: 'educator', hasPassword: false }],
	});
	expect((await admin('people list --search holm')).out).toMatch(/shut out.*Ida Holm/);
	await json('people enable ida@example.org');
	await json('people sign-out ida@example.org');
	const { link } = await json<{ link: string }>('people reset-link ida@example.org');
	expect(link).not.toBe(ida.link);
	await json('people delete ida@example.org --yes');
	expect(await admin('people role ida@example.org learner')).toMatchObject({
		code: 1,
		err: expect.stringContaining('nobody'),
	});
	const { out } = await admin('audit list --kind people');
	expect(out).toMatch(/The server deleted a deleted person/);
	const log = await json<{ entries: { action: string; actor: null }[] }>('audit list --most 100');
	expect(log.entries.map((one) => one.action).reverse()).toEqual([
		'person.created',
		'person.created',
		'person.role-changed',
		'person.disabled',
		'person.enabled',
		'person.signed-out',
		'person.link-made',
		'person.deleted',
	]);
	expect(log.entries.every((one) => one.actor === null)).toBe(true);
	const page = await json<{ entries: object[]; next: number }>('audit list --most 3');
	expect(page.entries).toHaveLength(3);
	expect(await json(`audit list --most 100 --before ${page.next}`)).toMatchObject({ next: null });
});

test('a backup is made beside a server that writes, listed, and put back once the server is stopped', async () => {
	const server = open();
	await json('people create ida@example.org --name Ida');
	const { folder } = await json<{ folder: string }>('backup');
	const [{ name }] = (await json<{ name: string }[]>('backup list')) as [{ name: string }];
	expect(folder.endsWith(name)).toBe(true);
	await json('people create bo@example.org --name Bo');
	const held = await admin(`restore ${name}`);
	expect(held).toMatchObject({ code: 1, err: expect.stringContaining('stop it first') });
	await server.close();
	const { aside } = await json<{ aside: string }>(`restore ${name}`);
	expect(readdirSync(aside)).toContain('rygsamtalen.db');
	expect(await json('people list')).toMatchObject({ total: 1 });
	expect((await admin('audit list --kind server')).out).toContain('restored the server');
	expect(await admin('restore nowhere')).toMatchObject({ code: 1 });
});

test('the check finds nothing in a sound database, and says what is wrong in another', async () => {
	expect(await json('check')).toMatchObject({ findings: [] });
	const raw = new (await import('better-sqlite3')).default(join(dataDir, 'rygsamtalen.db'));
	raw.pragma('foreign_keys = OFF');
	raw.exec("INSERT INTO reminders (user_id, origin) VALUES ('nobody', 'x')");
	raw.close();
	const { code, out } = await admin('check');
	expect([code, out.includes('foreign_key_check: 1')]).toEqual([1, true]);
	expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
});

test('files of cmi5 courses that are missing are told by the backup, the restore and the check', async () => {
	const server = open();
	const { id } = await makeCourse(server);
	await server.close();
	for (const command of ['backup', 'check'])
		expect(await admin(command)).toMatchObject({ code: 1, out: expect.stringContaining(id) });
	const [{ name }] = (await json<{ name: string }[]>('backup list')) as [{ name: string }];
	const restored = await admin(`restore ${name}`);
	expect(restored).toMatchObject({ code: 0, out: expect.stringContaining(id) });
	mkdirSync(join(dataDir, 'cmi5', id), { recursive: true });
	writeFileSync(join(dataDir, 'cmi5', id, 'cmi5.xml'), '<courseStructure/>');
	for (const command of ['backup', 'check'])
		expect(await admin(command)).toMatchObject({ code: 0, out: expect.not.stringContaining(id) });
});

test('mail and record stores are tried, and say what went wrong', async () => {
	expect((await admin('mail test ida@example.org')).out).toContain('Handed over');
	expect(readdirSync(join(dataDir, 'mail'))).toHaveLength(1);
	const refused = await admin('mail test ida@example.org', { SMTP_URL: 'smtp://127.0.0.1:1' });
	expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('could not be sent') });
	const db = open();
	const id = await addDestination(db, secretBox(ownKey(undefined, dataDir)), {
		name: 'Region',
		endpoint: 'http://127.0.0.1:1/xapi/',
		version: '2.0.0',
		detail: 'results',
		credentials: { kind: 'basic', key: 'k', secret: 's' },
	});
	await db.close();
	expect((await admin('lrs list')).out).toContain('Region');
	expect(await admin(`lrs test ${id}`)).toMatchObject({ code: 1 });
	expect(await admin('lrs test nothing')).toMatchObject({ code: 1 });
	expect((await admin('organisations list')).out).toContain('no organisations');
});

test('organisations are made, given educators and closed', async () => {
	await admin('people create ida@example.org --name Ida');
	const { id } = await json<{ id: string }>('organisations create "Ward 3"');
	expect(await admin('organisations create "Ward 3"')).toMatchObject({ code: 1 });
	expect((await admin(`educators add ${id} ida@example.org`)).out).toContain('Ida');
	const people = await json<{ people: { role: string }[] }>('people list --search ida');
	expect(people.people).toMatchObject([{ role: 'educator' }]);
	expect((await admin(`educators add none ida@example.org`)).code).toBe(1);
	expect((await admin(`educators remove ${id} ida@example.org`)).code).toBe(0);
	const again = await admin(`educators remove ${id} ida@example.org`);
	expect(again.code).toBe(1);
	expect(again.err).not.toContain('[object');
	expect((await admin(`organisations archive ${id}`)).code).toBe(0);
	expect(await json('organisations list')).toEqual([]);
	expect((await admin(`organisations restore ${id}`)).code).toBe(0);
	expect(await json('organisations list')).toMatchObject([{ name: 'Ward 3' }]);
});

test('a certificate is found by its code, and revoked once', async () => {
	expect(await json('certificates list')).toEqual({ total: 0, found: [] });
	const { id } = await json<{ id: string }>('people create ida@example.org --name Ida');
	const db = open();
	const { code } = await makeCertificate(db, id);
	await db.close();
	for (const wrong of ['0000-0000', 'ida', `${code}0`]) {
		const { code: ended, err } = await admin(`certificates revoke ${wrong} --reason error`);
		expect([ended, err]).toEqual([1, `There is no certificate with the code "${wrong}".`]);
	}
	expect((await admin('certificates list ida')).out).toContain('valid');
	expect((await admin(`certificates revoke ${code} --reason error`)).code).toBe(0);
	expect((await admin('certificates list ida')).out).toContain('revoked');
	expect((await admin(`certificates revoke ${code} --reason error`)).code).toBe(1);
});

test('programs get a key to the record store, are listed, shut out and let in', async () => {
	const wrong = await admin('lrs-client add "The LMS" --scopes everything');
	expect(wrong).toMatchObject({ code: 2 });
	expect(wrong.err).toMatch(/scopes.*statements\/write/s);
	expect((await admin('lrs-client add "The LMS"')).code).toBe(2);
	const made = await json<{ id: string; secret: string }>(
		'lrs-client add "The LMS" --scopes statements/write,state --origins https://lms.example.org',
	);
	const db = open();
	expect(await readClient(db, made.id, made.secret)).toMatchObject({
		name: 'The LMS',
		scopes: ['statements/write', 'state'],
		origins: ['https://lms.example.org'],
	});
	const { out } = await admin('lrs-client list');
	expect(out).toContain('The LMS');
	expect(out).not.toContain(made.secret);
	expect((await admin(`lrs-client disable ${made.id}`)).code).toBe(0);
	expect(await readClient(db, made.id, made.secret)).toBeUndefined();
	await admin(`lrs-client enable ${made.id}`);
	expect(await readClient(db, made.id, made.secret)).toBeDefined();
	expect((await admin('lrs-client disable nobody')).code).toBe(1);
	const deeds = await db.read.select().from(db.tables.audit);
	expect(deeds.map(({ action }) => action)).toEqual([
		'lrs-client.created',
		'lrs-client.changed',
		'lrs-client.changed',
	]);
	expect(JSON.stringify(deeds)).not.toMatch(/The LMS/);
	await db.close();
});

test('what other systems stored about somebody is counted, and deleted when that is confirmed', async () => {
	const { id } = await json<{ id: string }>('lrs-client add LMS --scopes statements/write');
	const db = open();
	const kim = { mbox: 'mailto:kim@example.org' };
	await storeStatements(
		db,
		author(id),
		'1.0.3',
		received([statement({ actor: kim }), statement({ context: { instructor: kim } }), statement()]),
	);
	expect((await admin('lrs-forget kim@example.org')).out).toContain('statements 2, documents 0');
	expect(await json('lrs-forget mailto:kim@example.org --yes')).toMatchObject({ statements: 2 });
	expect((await admin('lrs-forget kim@example.org')).out).toContain('statements 0');
	for (const wrong of ['kim', '{"mbox":', '{"mbox":"kim"}']) {
		const complained: string[] = [];
		const err = (text: string) => complained.push(text);
		const code = await main(['lrs-forget', wrong], { DATA_DIR: dataDir }, { out: err, err });
		expect([code, complained.join()]).toEqual([2, expect.stringMatching(/as other systems do/)]);
	}
	await db.close();
});
