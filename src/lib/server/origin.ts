import * as v from 'valibot';
import type { Config } from './config.ts';
import type { Database, Queries } from './db/database.ts';
import { readSetting, writeSetting, type Setting } from './settings.ts';

/** Where an educator last used this server, for letters that nobody's request leads to. */
const seen: Setting<v.StringSchema<undefined>> = { name: 'origin-seen', schema: v.string() };

/** Notes where this server is used, in the transaction that gives reason for later letters. */
export async function noteOrigin(
	db: Pick<Database, 'tables'>,
	tx: Queries,
	origin: string,
): Promise<void> {
	await writeSetting(db, tx, seen, origin);
}

/** `https://kursus.example.dk`: as it is set, else as it was last seen. */
export async function siteOrigin(
	db: Pick<Database, 'tables' | 'read'>,
	{ ORIGIN, PORT }: Pick<Config, 'ORIGIN' | 'PORT'>,
): Promise<string> {
	return ORIGIN ?? (await readSetting(db, db.read, seen)) ?? `http://localhost:${PORT ?? 3000}`;
}
