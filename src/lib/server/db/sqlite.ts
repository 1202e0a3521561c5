import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { copyAndCheck } from './copy.ts';
import type { Database, Queries } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { sqliteLists } from './lists.ts';
import { LIMITS, LogKeeper } from './log-keeper.ts';
import * as tables from './tables.sqlite.ts';

/**
 * SQLite in a file: one connection writes, another reads. Every acknowledged write is on disk
 * (`synchronous=FULL`); the binary's own default would be NORMAL in WAL mode.
 *
 * @throws when the file cannot be opened or a migration fails
 */
export function openSqlite(file: string, migrationsFolder: string): Database {
	const writer = connect(file);
	// What a savepoint would be rolled back to (`group-commit.ts`) is else written to a file of its own.
	writer.pragma('temp_store = MEMORY');
	const write = drizzle(writer);
	migrate(write, { migrationsFolder });
	const reader = connect(file);
	reader.pragma('query_only = ON');
	const log = new LogKeeper(file, writer);
	const group = new GroupCommit({
		exec: (sql) => writer.prepare(sql).run(),
		get inTransaction() {
			return writer.inTransaction;
		},
		committed: () => log.tend(),
	});
	const tx = write as unknown as Queries;
	return {
		engine: 'sqlite',
		lists: sqliteLists,
		tables,
		read: drizzle(reader) as unknown as Queries,
		// One transaction after the other, and nothing is read meanwhile.
		hold: async () => undefined,
		heldFor: async () => 0,
		tx: (work) => group.run(() => work(tx)),
		backup: (copy, tell) => copyAndCheck(file, copy, tell),
		async close() {
			await group.idle();
			await log.close();
			reader.close();
			writer.close();
		},
	};
}

/**
 * Kilobytes of pages that a connection keeps: figures of a group of thousands look at tens of thousands
 * of rows, and a batch of statements is written to hundreds of places of a large index; with less, every
 * one of them is read from the file again.
 */
const CACHE = 65_536;
/**
 * Milliseconds to wait for somebody else's lock. Short, as nobody is served meanwhile; the browser
 * keeps its events and tries again.
 */
const BUSY = 1_000;

function connect(file: string): BetterSqlite3.Database {
	const connection = new BetterSqlite3(file, { timeout: BUSY });
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	connection.pragma(`wal_autocheckpoint = ${LIMITS.many}`);
	connection.pragma(`cache_size = -${CACHE}`);
	return keepStatements(connection);
}

/** Compiling a statement costs more than running it, and the server says the same few things again and again. */
function keepStatements(connection: BetterSqlite3.Database): BetterSqlite3.Database {
	const compile = connection.prepare.bind(connection) as (sql: string) => BetterSqlite3.Statement;
	const kept = new Map<string, BetterSqlite3.Statement>();
	connection.prepare = ((sql: string) => {
		const known = kept.get(sql);
		// Whoever asks expects a statement as new, with rows as objects.
		if (known) return known.reader ? known.raw(false) : known;
		if (kept.size >= 200) kept.clear();
		const statement = compile(sql);
		kept.set(sql, statement);
		return statement;
	}) as typeof connection.prepare;
	return connection;
}
