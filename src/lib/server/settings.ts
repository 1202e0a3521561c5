import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { note } from './audit.ts';
import type { Database, Queries } from './db/database.ts';

/** A setting that administrators change while the server runs: a name once used keeps its meaning. */
export interface Setting<T extends v.GenericSchema> {
	name: string;
	/** What is stored. It gives defaults for what an older version did not know. */
	schema: T;
}

/** The stored value, or undefined when it was never set or is no longer valid. */
export async function readSetting<T extends v.GenericSchema>(
	{ tables: { settings } }: Pick<Database, 'tables'>,
	queries: Queries,
	{ name, schema }: Setting<T>,
): Promise<v.InferOutput<T> | undefined> {
	const [row] = await queries.select().from(settings).where(eq(settings.name, name));
	const parsed = v.safeParse(schema, row?.value);
	return parsed.success ? parsed.output : undefined;
}

export async function writeSetting<T extends v.GenericSchema>(
	{ tables: { settings } }: Pick<Database, 'tables'>,
	tx: Queries,
	{ name }: Setting<T>,
	value: v.InferInput<T>,
	now = new Date(),
): Promise<void> {
	await tx
		.insert(settings)
		.values({ name, value, changedAt: now })
		.onConflictDoUpdate({ target: settings.name, set: { value, changedAt: now } });
}

/** A setting that somebody changes, which is on record with it. */
export async function changeSetting<T extends v.GenericSchema>(
	db: Pick<Database, 'tables'>,
	tx: Queries,
	setting: Setting<T>,
	value: v.InferInput<T>,
	actor: string | null,
	now = new Date(),
): Promise<void> {
	await writeSetting(db, tx, setting, value, now);
	await note(db, tx, { actor, action: 'setting.changed', on: ['setting', setting.name] }, now);
}
