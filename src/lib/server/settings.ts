import { eq } from 'drizzle-orm';
import * as v from 'valibot';
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
