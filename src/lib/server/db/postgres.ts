import type { EventEmitter } from 'node:events';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database, Queries } from './database.ts';
import { postgresLists } from './lists.ts';
import { heldOnPostgres, holdOnPostgres } from './locks.ts';
import * as tables from './tables.postgres.ts';

/** PostgreSQL, for those who outgrow one machine. */
export async function openPostgres(url: string, migrationsFolder: string): Promise<Database> {
	const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
	survive(pool);
	const db = drizzle(pool);
	await migrate(db, { migrationsFolder });
	return {
		engine: 'postgres',
		lists: postgresLists,
		hold: holdOnPostgres,
		heldFor: heldOnPostgres,
		tables: tables as unknown as Database['tables'],
		read: db as unknown as Queries,
		tx: (work) => db.transaction((tx) => work(tx as unknown as Queries)),
		close: () => pool.end(),
	};
}

/**
 * Without listeners the loss of a connection would end the process: of one that waits in the pool, and
 * of one whose transaction has no query under way just then. Whoever asks it next is told, and the pool
 * takes it back no more.
 */
export function survive(pool: EventEmitter): void {
	pool.on('error', () => undefined);
	pool.on('connect', (client: EventEmitter) => client.on('error', () => undefined));
}
