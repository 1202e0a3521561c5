import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database, Queries } from './database.ts';
import { openSqlite } from './sqlite.ts';
import { postgresLists } from './lists.ts';
import { heldOnPostgres, holdOnPostgres } from './locks.ts';
import * as tables from './tables.postgres.ts';

/** Both engines, fresh and empty, for tests: `test.each(testDatabases)('… on %s', async (_, open) => …)`. */
export const testDatabases: [string, () => Promise<Database>][] = [
	['SQLite', openTestSqlite],
	['PostgreSQL', openTestPostgres],
];

export async function openTestSqlite(): Promise<Database> {
	const folder = mkdtempSync(join(tmpdir(), 'rygsamtalen-'));
	const db = openSqlite(join(folder, 'test.db'), 'migrations/sqlite');
	return {
		...db,
		async close() {
			await db.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** PostgreSQL itself, compiled to WebAssembly: no server to install, the real engine. */
async function openTestPostgres(): Promise<Database> {
	const client = new PGlite();
	const db = drizzle(client);
	await migrate(db, { migrationsFolder: 'migrations/postgres' });
	return {
		engine: 'postgres',
		lists: postgresLists,
		hold: holdOnPostgres,
		heldFor: heldOnPostgres,
		tables: tables as unknown as Database['tables'],
		read: db as unknown as Queries,
		tx: (work) => db.transaction((tx) => work(tx as unknown as Queries)),
		close: () => client.close(),
	};
}
