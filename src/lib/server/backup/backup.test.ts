import { spawn } from 'node:child_process';
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '../auth/outcome.ts';
import type { Database } from '../db/database.ts';
import { openSqlite } from '../db/sqlite.ts';
import { testDatabases } from '../db/testing.ts';
import { ownKey, secretBox } from '../secret-box.ts';
import { writeSetting } from '../settings.ts';
import {
	backupsFolder,
	deleteBackup,
	folderOf,
	listBackups,
	makeBackup,
	prune,
} from './backups.ts';
import { backUp, backUpIfDue } from './daily.ts';
import { FILES } from './notes.ts';
import { DEFAULTS, isDue, plan } from './plan.ts';
import { restore } from './restore.ts';

let dataDir: string;
let db: Database;
let config: { DATA_DIR: string; SECRET_KEY: string | undefined };
const open = (folder: string) => openSqlite(join(folder, 'rygsamtalen.db'), 'migrations/sqlite');
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'rygsamtalen-backup-'));
	db = open(dataDir);
	config = { DATA_DIR: dataDir, SECRET_KEY: undefined };
});
afterEach(async () => {
	await db.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const now = new Date('2026-11-28T10:00:00.000Z');
const person = (id: string) => ({
	id,
	email: `${id}@example.org`,
	name: id,
	role: 'learner' as const,
	isGuest: false,
	language: 'da',
	createdAt: now,
});
const add = (id: string) =>
	db.tx(async (tx) => {
		await tx.insert(db.tables.users).values(person(id));
		// Two tables in one transaction: a copy has both rows or neither.
		await tx.insert(db.tables.reminders).values({ userId: id, origin: 'https://example.org' });
	});
const people = async (from: Database) => {
	const [row] = await from.read.select({ total: count() }).from(from.tables.users);
	return row!.total;
};

async function made(actor: string | null = null, at = now) {
	const outcome = await makeBackup({ db, config }, actor, at);
	if (isRefusal(outcome)) throw new Error(outcome.refused);
	return { ...outcome, folder: folderOf(config, outcome.name)! };
}

test('a backup made while others write holds one consistent moment, and can be put back elsewhere', async () => {
	for (let at = 0; at < 300; at++) await add(`before-${at}`);
	const box = secretBox(ownKey(undefined, dataDir));
	const sealed = box.seal('a key of somebody else');
	let more = true;
	let written = 0;
	const load = (async () => {
		while (more) await add(`meanwhile-${written++}`);
	})();
	const backup = await made('chief');
	more = false;
	await load;
	expect(written).toBeGreaterThan(0);
	const { counts } = backup.notes;
	expect(counts.users).toBeGreaterThanOrEqual(300);
	expect(counts.users).toBeLessThanOrEqual(await people(db));
	expect(counts.reminders).toBe(counts.users);
	expect(backup.notes).toMatchObject({ damage: [], orphans: 0, key: { from: 'file' } });
	for (const name of Object.values(FILES))
		expect(statSync(join(backup.folder, name)).mode & 0o777, name).toBe(0o600);

	const elsewhere = join(dataDir, 'elsewhere');
	const { aside } = await restore(backup.folder, { ...config, DATA_DIR: elsewhere });
	expect(aside).toBeUndefined();
	const back = open(elsewhere);
	expect(await people(back)).toBe(counts.users);
	await back.close();
	expect(secretBox(ownKey(undefined, elsewhere)).open(sealed)).toBe('a key of somebody else');
	const noted = await db.read.select().from(db.tables.audit);
	expect(noted).toMatchObject([
		{ actor: 'chief', action: 'backup.made', subject: 'backup', subjectId: backup.name },
	]);
});

test('restoring keeps what was there before, and takes nothing while it is in use', async () => {
	await add('old');
	const { folder } = await made();
	await add('new');
	await expect(restore(folder, config)).rejects.toThrow(/stop it first/);
	expect(await people(db)).toBe(2);
	await db.close();
	const { aside } = await restore(folder, config, now);
	const [back, kept] = [open(dataDir), open(aside!)];
	expect([await people(back), await people(kept)]).toEqual([1, 2]);
	await back.close();
	await kept.close();
	db = open(dataDir);
});

test('another process that has the database open is noticed, too', async () => {
	const { folder } = await made();
	await db.close();
	const script = `const db = new (require('better-sqlite3'))(process.argv[1]); db.pragma('journal_mode = WAL'); db.prepare('select count(*) from users').get(); console.log('open'); setInterval(() => db, 1000)`;
	const other = spawn(process.execPath, ['-e', script, join(dataDir, 'rygsamtalen.db')]);
	await new Promise((resolve) => other.stdout.once('data', resolve));
	await expect(restore(folder, config)).rejects.toThrow(/stop it first/);
	other.kill();
	await new Promise((resolve) => other.once('exit', resolve));
	await restore(folder, config, now);
	db = open(dataDir);
});

test('a backup that was changed, is incomplete or sealed with another key is refused, and nothing is touched', async () => {
	await add('a');
	const { folder } = await made();
	await db.close();
	const before = readFileSync(join(dataDir, 'rygsamtalen.db'));
	const refused = (settings: object, reason: RegExp) =>
		expect(restore(folder, { ...config, ...settings })).rejects.toThrow(reason);
	await refused({ SECRET_KEY: 'another key that is long enough to be one' }, /SECRET_KEY/);
	await refused({ DATABASE_URL: 'postgres://x/y' }, /PostgreSQL/);
	const key = readFileSync(join(folder, FILES.key));
	rmSync(join(folder, FILES.key));
	await refused({}, /secret\.key/);
	writeFileSync(join(folder, FILES.key), key);
	const noted = readFileSync(join(folder, FILES.notes), 'utf8');
	const newer = noted.replace(/"migratedTo": \d+/, '"migratedTo": 9999999999999');
	writeFileSync(join(folder, FILES.notes), newer);
	await refused({}, /newer program/);
	writeFileSync(join(folder, FILES.notes), noted.replace('"format": 1', '"format": 9'));
	await refused({}, /backup\.json: format/);
	writeFileSync(join(folder, FILES.notes), noted);
	appendFileSync(join(folder, FILES.database), 'x');
	await refused({}, /SHA-256/);
	await expect(restore(join(dataDir, 'nowhere'), config)).rejects.toThrow(/no backup/);
	expect(readFileSync(join(dataDir, 'rygsamtalen.db')).equals(before)).toBe(true);
	expect(readdirSync(dataDir).filter((name) => /replaced|incoming/.test(name))).toEqual([]);
	db = open(dataDir);
});

test('a database that is too damaged to be opened can be replaced', async () => {
	await add('a');
	const { folder } = await made();
	await db.close();
	writeFileSync(join(dataDir, 'rygsamtalen.db'), 'this is no database any more');
	const { aside } = await restore(folder, config, now);
	expect(readFileSync(join(aside!, 'rygsamtalen.db'), 'utf8')).toMatch(/no database/);
	db = open(dataDir);
	expect(await people(db)).toBe(1);
});

test('a damaged copy says so, and does not push out a sound one', async () => {
	const sound = await made(null, new Date('2026-11-01T10:00:00Z'));
	// A row that refers to nobody, as no program of ours would write it.
	const raw = new (await import('better-sqlite3')).default(join(dataDir, 'rygsamtalen.db'));
	raw.pragma('foreign_keys = OFF');
	raw.exec("INSERT INTO reminders (user_id, origin) VALUES ('nobody', 'x')");
	raw.close();
	expect(await backUp({ db, config }, null, now)).toBe(false);
	await prune(config, 1);
	const all = await listBackups(config);
	expect(all.map((one) => one.notes?.orphans)).toEqual([1, 0]);
	expect(all.at(-1)!.name).toBe(sound.name);
	await expect(restore(folderOf(config, all[0]!.name)!, config)).rejects.toThrow(/damaged/);
});

test('only the newest are kept; one that is deleted is gone and on record', async () => {
	await db.tx((tx) => writeSetting(db, tx, plan, { ...DEFAULTS, keep: 2 }));
	const days = [1, 2, 3, 4].map((day) => new Date(`2026-11-0${day}T02:00:00Z`));
	for (const day of days) await made(null, day);
	const names = (await listBackups(config)).map((one) => one.name);
	expect(names).toEqual(['rygsamtalen-2026-11-04T020000Z', 'rygsamtalen-2026-11-03T020000Z']);
	await deleteBackup({ db, config }, names[0]!, 'chief');
	await deleteBackup({ db, config }, '../..', 'chief');
	expect((await listBackups(config)).map((one) => one.name)).toEqual([names[1]]);
	expect(existsSync(dataDir)).toBe(true);
	expect(readdirSync(backupsFolder(config))).toEqual([names[1]]);
	const deleted = await db.read
		.select()
		.from(db.tables.audit)
		.where(eq(db.tables.audit.action, 'backup.deleted'));
	expect(deleted).toHaveLength(1);
});

test('the daily backup is due once, from its hour on, by the clock of the server', () => {
	const at = (text: string) => new Date(`2026-11-28T${text}:00`);
	const daily = { daily: true, hour: 2, keep: 14 };
	expect(isDue(daily, undefined, at('01:00'))).toBe(true);
	expect(isDue(daily, at('01:59'), at('02:00'))).toBe(true);
	expect(isDue(daily, at('02:01'), at('23:59'))).toBe(false);
	expect(isDue(daily, at('00:30'), at('01:59'))).toBe(false);
	expect(isDue({ ...daily, daily: false }, undefined, at('02:00'))).toBe(false);
});

test('the daily backup is made when it is due; one that failed waits an hour', async () => {
	const source = { db, config };
	expect(await backUpIfDue(source, now)).toBe(true);
	expect(await backUpIfDue(source, new Date(now.getTime() + 60_000))).toBe(false);
	const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);
	const broken = { ...db, backup: () => Promise.reject(new Error('the disk is gone')) };
	expect(await backUpIfDue({ db: broken, config }, tomorrow)).toBe(false);
	expect(readdirSync(backupsFolder(config))).toHaveLength(1);
	expect(await backUpIfDue(source, new Date(tomorrow.getTime() + 60_000))).toBe(false);
	expect(await backUpIfDue(source, new Date(tomorrow.getTime() + 61 * 60_000))).toBe(true);
});

test('PostgreSQL has tools of its own', async () => {
	const postgres = await testDatabases.find(([name]) => name === 'PostgreSQL')![1]();
	expect(isRefusal(await makeBackup({ db: postgres, config }, null))).toBe(true);
	expect(await backUpIfDue({ db: postgres, config })).toBe(false);
	await postgres.close();
});
