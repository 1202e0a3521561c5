import { existsSync, readFileSync } from 'node:fs';
import {
	chmod,
	copyFile,
	mkdir,
	readdir,
	rename,
	rm,
	stat,
	statfs,
	writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { ownKey } from '../secret-box.ts';
import { readSetting } from '../settings.ts';
import {
	FILES,
	fingerprint,
	hashOf,
	isSound,
	packageFile,
	readNotes,
	type Notes,
} from './notes.ts';
import { coursesIn, keepPackages, packageSizes, type Earlier } from './packages.ts';
import { DEFAULTS, plan } from './plan.ts';

/** What a backup is made of and for. */
export interface Source {
	db: Database;
	config: Pick<Config, 'DATA_DIR' | 'SECRET_KEY'>;
}

export interface Backup {
	/** Of its folder: `rygsamtalen-2026-11-28T020000Z`. */
	name: string;
	/** Undefined where the folder is not one that we can read. */
	notes: Notes | undefined;
}

const NAME = /^rygsamtalen-\d{4}-\d{2}-\d{2}T\d{6}Z$/;
const LEFT_OUT = ['mail', 'previews', 'backups'];

export const backupsFolder = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>) => join(DATA_DIR, 'backups');

/** The folder of a backup; undefined for a name that is none. */
export function folderOf(config: Pick<Config, 'DATA_DIR'>, name: string): string | undefined {
	const folder = join(backupsFolder(config), name);
	return NAME.test(name) && existsSync(folder) ? folder : undefined;
}

/** Every backup that is kept, newest first. */
export async function listBackups(config: Pick<Config, 'DATA_DIR'>): Promise<Backup[]> {
	const folder = backupsFolder(config);
	const names = existsSync(folder) ? (await readdir(folder)).filter((one) => NAME.test(one)) : [];
	return Promise.all(
		names
			.sort()
			.reverse()
			.map(async (name) => ({
				name,
				notes: await readNotes(join(folder, name)).catch(() => undefined),
			})),
	);
}

/** The names of the files that a backup has. */
export async function filesOf(folder: string): Promise<string[]> {
	const { packages } = await readNotes(folder).catch(() => ({ packages: undefined }));
	const zips = (packages?.kept ?? []).map(({ course }) => packageFile(course));
	return [...Object.values(FILES), ...zips].filter((name) => existsSync(join(folder, name)));
}

/** How a backup that is being made goes on. */
export interface Progress {
	startedAt: Date;
	/** Bytes, about, of the database and of packages. */
	done: number;
	of: number;
}

let running: Progress | undefined;

/** The backup that this process is making just now. */
export function backupUnderWay(): Progress | undefined {
	return running;
}

/**
 * Makes a backup while the server goes on: database, key and packages, checked, in a folder of its own
 * that has its name only once it is complete. Then the oldest ones go.
 *
 * @param actor who asked for it; null for the server itself and the command line
 */
export async function makeBackup(
	source: Source,
	actor: string | null,
	now = new Date(),
): Promise<Outcome<Backup & { notes: Notes }>> {
	const { db, config } = source;
	if (!db.backup) return { refused: m.admin_backup_postgres() };
	if (running) return { refused: m.admin_backup_running() };
	running = { startedAt: now, done: 0, of: 0 };
	const unfinished = join(backupsFolder(config), `.unfinished-${process.pid}`);
	try {
		const sizes = await packageSizes(config);
		const missing = await missingSpace(config, sizes);
		if (missing > 0) return { refused: m.admin_backup_no_space({ megabytes: missing }) };
		running.of = (await databaseSize(config)) + total(sizes);
		await mkdir(unfinished, { recursive: true, mode: 0o700 });
		const made = await fill(unfinished, source, now);
		const name = freeName(config, now);
		await rename(unfinished, join(backupsFolder(config), name));
		const details = { bytes: made.database.bytes, sound: isSound(made) };
		await db.tx((tx) =>
			note(db, tx, { actor, action: 'backup.made', on: ['backup', name], details }),
		);
		const { keep } = (await readSetting(db, db.read, plan)) ?? DEFAULTS;
		await prune(config, keep);
		return { name, notes: made };
	} finally {
		await rm(unfinished, { recursive: true, force: true });
		running = undefined;
	}
}

async function fill(folder: string, { db, config }: Source, now: Date): Promise<Notes> {
	const file = join(folder, FILES.database);
	const size = await databaseSize(config);
	const { migratedTo, ...found } = await db.backup!(file, (done, of) => {
		if (running) running.done = (size * done) / of;
	});
	await chmod(file, 0o600);
	// After the database: the folder of each course that the copy has was there before the course was.
	const courses = { courses: coursesIn(file), earlier: await earlierOnes(config) };
	const packages = await keepPackages(folder, config, courses, (bytes) => {
		if (running) running.done = Math.min(running.of, running.done + bytes);
	});
	const key = ownKey(config.SECRET_KEY, config.DATA_DIR);
	if (!config.SECRET_KEY) {
		await copyFile(join(config.DATA_DIR, FILES.key), join(folder, FILES.key));
		await chmod(join(folder, FILES.key), 0o600);
	}
	const made: Notes = {
		format: 1,
		madeAt: now.toISOString(),
		version: ownVersion(),
		database: { bytes: (await stat(file)).size, sha256: await hashOf(file), migratedTo },
		key: { from: config.SECRET_KEY ? 'setting' : 'file', fingerprint: fingerprint(key) },
		...found,
		packages,
		leftOut: LEFT_OUT,
	};
	const text = `${JSON.stringify(made, undefined, '\t')}\n`;
	await writeFile(join(folder, FILES.notes), text, { mode: 0o600 });
	return made;
}

async function earlierOnes(config: Pick<Config, 'DATA_DIR'>): Promise<Earlier[]> {
	const all = await listBackups(config);
	return all.flatMap(({ name, notes }) =>
		notes ? [{ folder: join(backupsFolder(config), name), notes }] : [],
	);
}

/** The process runs in the project's folder. */
function ownVersion(): string {
	return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}

/** To the second; one that is made in the same second waits for the next. */
function freeName(config: Pick<Config, 'DATA_DIR'>, now: Date): string {
	const stamp = now
		.toISOString()
		.replaceAll(':', '')
		.replace(/\.\d+Z$/, 'Z');
	const name = `rygsamtalen-${stamp}`;
	return existsSync(join(backupsFolder(config), name))
		? freeName(config, new Date(now.getTime() + 1000))
		: name;
}

/** Removes all but the newest sound ones. What is damaged is not counted, and goes with those of its age. */
export async function prune(config: Pick<Config, 'DATA_DIR'>, keep: number): Promise<void> {
	const all = await listBackups(config);
	const sound = all.filter((one) => one.notes && isSound(one.notes));
	const oldest = sound[keep - 1];
	if (!oldest) return;
	for (const { name } of all.filter((one) => one.name < oldest.name))
		await rm(join(backupsFolder(config), name), { recursive: true, force: true });
}

/** Deletes one for ever. */
export async function deleteBackup(
	{ db, config }: Source,
	name: string,
	actor: string | null,
): Promise<void> {
	const folder = folderOf(config, name);
	if (!folder) return;
	await db.tx((tx) => note(db, tx, { actor, action: 'backup.deleted', on: ['backup', name] }));
	await rm(folder, { recursive: true, force: true });
}

/** Bytes that are free where the data lies. */
export async function freeSpace({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Promise<number> {
	const { bavail, bsize } = await statfs(DATA_DIR);
	return bavail * bsize;
}

/** Bytes of the database with what is written beside it; nothing on PostgreSQL. */
export async function databaseSize({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Promise<number> {
	const files = ['rygsamtalen.db', 'rygsamtalen.db-wal'].map((name) => join(DATA_DIR, name));
	const sizes = files.map(async (file) => (existsSync(file) ? (await stat(file)).size : 0));
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Megabytes that a backup would need more than there are. Packages of the last one are there already. */
async function missingSpace(
	config: Pick<Config, 'DATA_DIR'>,
	sizes: Map<string, number>,
): Promise<number> {
	const [last] = await earlierOnes(config);
	const held = new Set(last?.notes.packages?.kept.map(({ course }) => course));
	const added = new Map([...sizes].filter(([course]) => !held.has(course)));
	const needed = (await databaseSize(config)) + total(added);
	return Math.max(0, Math.ceil((needed * 1.1 - (await freeSpace(config))) / 1024 / 1024));
}

function total(sizes: Map<string, number>): number {
	return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
