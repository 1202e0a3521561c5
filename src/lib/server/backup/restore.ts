import BetterSqlite3 from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { packagesFolder } from '../cmi5/courses.ts';
import { checkDatabase } from '../db/copy.ts';
import { FILES, fingerprint, hashOf, isSound, readNotes, type Notes } from './notes.ts';
import { faultOfPackages, unpackPackages } from './packages.ts';

/** Why a backup is not put back; nothing has been changed then. */
export class RestoreError extends Error {}

export interface Restored {
	notes: Notes;
	/** Where what was there before lies now; undefined where there was nothing. */
	aside: string | undefined;
}

const DATABASE = 'rygsamtalen.db';
const BESIDE = ['-wal', '-shm', '-journal'];
const PACKAGES = 'cmi5';
/** What was copied and is not in its place yet. */
const INCOMING = { database: `${DATABASE}.incoming`, packages: `${PACKAGES}.incoming` };

/**
 * Puts a backup in the place of the database, the key and the packages. Everything is looked at first;
 * what is there is moved aside, not deleted. A backup of the time when packages were not part of it
 * leaves them as they are. Migrations that the backup does not have yet come with the server's next
 * start.
 *
 * @param folder of the backup
 * @throws RestoreError
 */
export async function restore(
	folder: string,
	config: Pick<Config, 'DATA_DIR' | 'SECRET_KEY' | 'DATABASE_URL'>,
	now = new Date(),
): Promise<Restored> {
	if (config.DATABASE_URL)
		throw new RestoreError('DATABASE_URL is set: restore PostgreSQL with pg_restore or psql.');
	const notes = await readNotes(folder).catch((error: unknown) => {
		throw new RestoreError(`This is no backup. ${String(error)}`);
	});
	await isWhole(folder, notes);
	fitsKey(folder, notes, config);
	isNotTooNew(notes);
	mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
	nobodyUses(join(config.DATA_DIR, DATABASE));
	const at = (name: string) => join(config.DATA_DIR, name);
	let aside: string | undefined;
	try {
		await copyBeside(folder, notes, at);
		aside = moveAside(config.DATA_DIR, notes, now);
	} catch (error) {
		for (const name of Object.values(INCOMING)) rmSync(at(name), { recursive: true, force: true });
		if (error instanceof RestoreError) throw error;
		throw new RestoreError(error instanceof Error ? error.message : String(error));
	}
	renameSync(at(INCOMING.database), at(DATABASE));
	if (existsSync(at(INCOMING.packages))) renameSync(at(INCOMING.packages), packagesFolder(config));
	if (notes.key.from === 'file' && !config.SECRET_KEY)
		copyFileSync(join(folder, FILES.key), join(config.DATA_DIR, FILES.key));
	return { notes, aside };
}

async function isWhole(folder: string, notes: Notes): Promise<void> {
	const file = join(folder, FILES.database);
	if (!existsSync(file)) throw new RestoreError(`${file} is missing.`);
	if ((await hashOf(file)) !== notes.database.sha256)
		throw new RestoreError(
			`${file} is not what was backed up: its SHA-256 is another one. Use another backup.`,
		);
	const fault = await faultOfPackages(folder, notes);
	if (fault !== undefined) throw new RestoreError(fault);
	if (!isSound(notes))
		throw new RestoreError(
			`The database was damaged already when this backup was made: ${notes.damage.slice(0, 3).join('; ')}`,
		);
}

/** What is sealed in the database opens with one key only. */
function fitsKey(folder: string, { key }: Notes, { SECRET_KEY }: Pick<Config, 'SECRET_KEY'>): void {
	if (SECRET_KEY && fingerprint(SECRET_KEY) !== key.fingerprint)
		throw new RestoreError(
			key.from === 'file'
				? 'SECRET_KEY is set, but this backup brings a key of its own: unset SECRET_KEY, or set it to the content of secret.key in the backup.'
				: 'SECRET_KEY is not the key of the server that this backup was made on.',
		);
	if (SECRET_KEY) return;
	if (key.from === 'setting')
		throw new RestoreError(
			'This backup was made on a server with SECRET_KEY: set the same one, then restore.',
		);
	const file = join(folder, FILES.key);
	if (!existsSync(file) || fingerprint(readFileSync(file, 'utf8').trim()) !== key.fingerprint)
		throw new RestoreError(`${file} is missing or not the one that was backed up.`);
}

function isNotTooNew({ database, version }: Notes): void {
	const journal = JSON.parse(readFileSync('migrations/sqlite/meta/_journal.json', 'utf8')) as {
		entries: { when: number }[];
	};
	if (database.migratedTo > Math.max(...journal.entries.map((one) => one.when)))
		throw new RestoreError(
			`This backup is of a newer program (${version}) than this one: update first.`,
		);
}

/**
 * A server that runs keeps its connections open, and only somebody alone may leave WAL mode
 * (sqlite.org/wal.html). One that is too damaged to be opened is used by nobody.
 */
function nobodyUses(file: string): void {
	if (!existsSync(file)) return;
	let connection: BetterSqlite3.Database | undefined;
	try {
		connection = new BetterSqlite3(file, { timeout: 0 });
		connection.pragma('journal_mode = DELETE');
	} catch (error) {
		const { code = '' } = error as { code?: string };
		if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return;
		throw new RestoreError(
			/^SQLITE_BUSY|^SQLITE_LOCKED/.test(code)
				? `A server is using ${resolve(file)}: stop it first.`
				: `${resolve(file)}: ${error instanceof Error ? error.message : String(error)}`,
		);
	} finally {
		connection?.close();
	}
}

/** Copies, and looks at the copy once more, before anything is touched. */
async function copyBeside(
	folder: string,
	{ database, packages }: Notes,
	at: (name: string) => string,
): Promise<void> {
	copyFileSync(join(folder, FILES.database), at(INCOMING.database));
	const found = await checkDatabase(at(INCOMING.database));
	if (!isSound(found) || found.migratedTo !== database.migratedTo)
		throw new RestoreError(`The copy is damaged: ${found.damage.slice(0, 3).join('; ')}`);
	await unpackPackages(folder, packages?.kept ?? [], at(INCOMING.packages));
}

/** Moves what is there into a folder of its own; all of it, or nothing when something cannot be moved. */
function moveAside(dataDir: string, { key, packages }: Notes, now: Date): string | undefined {
	const names = [
		...(packages ? [PACKAGES] : []),
		...[DATABASE, ...BESIDE.map((end) => DATABASE + end)],
		...(key.from === 'file' ? [FILES.key] : []),
	].filter((name) => existsSync(join(dataDir, name)));
	if (names.length === 0) return undefined;
	const aside = join(dataDir, `replaced-${now.toISOString().replaceAll(':', '')}`);
	mkdirSync(aside, { mode: 0o700 });
	const moved: string[] = [];
	try {
		for (const name of names) {
			// The key stays in place as well until the new one is there.
			if (name === FILES.key) copyFileSync(join(dataDir, name), join(aside, name));
			else {
				renameSync(join(dataDir, name), join(aside, name));
				moved.push(name);
			}
		}
	} catch (error) {
		for (const name of moved) renameSync(join(aside, name), join(dataDir, name));
		rmSync(aside, { recursive: true });
		throw error;
	}
	return aside;
}
