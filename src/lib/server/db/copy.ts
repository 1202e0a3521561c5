import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type BetterSqlite3 from 'better-sqlite3';

/** What a copy of a database was found to be. */
export interface Copied {
	/** What `PRAGMA integrity_check` says, at most a hundred lines; empty when all is well. */
	damage: string[];
	/** Rows that refer to what is not there (`PRAGMA foreign_key_check`). */
	orphans: number;
	/** When the last migration that it has was written, milliseconds since 1970. */
	migratedTo: number;
	/** Rows by table. */
	counts: Record<string, number>;
}

/** What the thread says. */
type Said =
	| { kind: 'progress'; done: number; of: number }
	| { kind: 'done'; copied: Copied }
	| { kind: 'failed'; reason: string };

/**
 * Copies a SQLite database that may be in use, and checks the copy, in a thread of its own: the server
 * keeps answering meanwhile. The copy is a single file.
 *
 * @param copy a file that does not exist yet, in a folder that does
 * @throws when it cannot be read or written; a copy that is damaged is told of, not thrown
 */
export function copyAndCheck(
	file: string,
	copy: string,
	tell: (done: number, of: number) => void = () => undefined,
): Promise<Copied> {
	return inThread({ file, copy }, tell);
}

/** Checks a database that nobody uses, in a thread of its own. */
export function checkDatabase(file: string): Promise<Copied> {
	return inThread({ copy: file }, () => undefined);
}

function inThread(
	files: { file?: string; copy: string },
	tell: (done: number, of: number) => void,
): Promise<Copied> {
	const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
	return new Promise((resolve, reject) => {
		// The built server is a bundle: there is no file of ours that a thread could begin with.
		const worker = new Worker(`(${work.toString()})(require(${JSON.stringify(sqlite)}))`, {
			eval: true,
			workerData: files,
		});
		worker.on('message', (said: Said) => {
			if (said.kind === 'progress') tell(said.done, said.of);
			else if (said.kind === 'done') resolve(said.copied);
			else reject(new Error(said.reason));
		});
		worker.once('error', reject);
		worker.once('exit', (code) => reject(new Error(`The copying ended early (${code})`)));
	});
}

/**
 * What the thread does. It is handed over as text, so it uses nothing but what it gets here.
 *
 * A transaction that has begun to read keeps the database as it was at that moment: without it, every
 * write by another connection would make the copy begin again (sqlite.org/c3ref/backup_finish.html).
 */
async function work(Sqlite: typeof BetterSqlite3): Promise<void> {
	const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
	const { file, copy } = workerData as { file?: string; copy: string };
	const say = (said: Said) => parentPort!.postMessage(said);
	try {
		if (file !== undefined) {
			const source = new Sqlite(file, { timeout: 10_000 });
			source.pragma('query_only = ON');
			source.exec('BEGIN');
			source.prepare('SELECT count(*) FROM sqlite_master').get();
			await source.backup(copy, {
				progress({ totalPages, remainingPages }) {
					say({ kind: 'progress', done: totalPages - remainingPages, of: totalPages });
					return 1_000;
				},
			});
			source.exec('COMMIT');
			source.close();
		}
		const target = new Sqlite(copy, { fileMustExist: true });
		// Otherwise there would be files beside it that belong to it.
		target.pragma('journal_mode = DELETE');
		const lines = target.prepare('PRAGMA integrity_check').pluck().all() as string[];
		const orphans = target.prepare('PRAGMA foreign_key_check').all().length;
		const tables = target
			.prepare(
				"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
			)
			.pluck()
			.all() as string[];
		const counts = Object.fromEntries(
			tables.map((name) => [
				name,
				target.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number,
			]),
		);
		const migratedTo = target
			.prepare('SELECT coalesce(max(created_at), 0) FROM __drizzle_migrations')
			.pluck()
			.get() as number;
		target.close();
		const damage = lines[0] === 'ok' ? [] : lines;
		say({ kind: 'done', copied: { damage, orphans, migratedTo, counts } });
	} catch (error) {
		say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
	}
}
