import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** Opens the database that the settings name and brings it up to date. The process runs in the project's folder. */
export async function openDatabase(config: Config): Promise<Database> {
	if (config.DATABASE_URL) return openPostgres(config.DATABASE_URL, 'migrations/postgres');
	mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
	return openSqlite(join(config.DATA_DIR, 'rygsamtalen.db'), 'migrations/sqlite');
}
