import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database, Queries } from './database.ts';
import { postgresLists } from './lists.ts';
import { holdOnPostgres } from './locks.ts';
import * as tables from './tables.postgres.ts';

/** PostgreSQL, for those who outgrow one machine. */
export async function openPostgres(url: string, migrationsFolder: string): Promise<Database> {
	const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
	// Without a listener the loss of an idle connection would end the process.
	pool.on('error', () => undefined);
	const db = drizzle(pool);
	await migrate(db, { migrationsFolder });
	return {
		engine: 'postgres',
		lists: postgresLists,
		hold: holdOnPostgres,
		tables: tables as unknown as Database['tables'],
		read: db as unknown as Queries,
		tx: (work) => db.transaction((tx) => work(tx as unknown as Queries)),
		close: () => pool.end(),
	};
}
