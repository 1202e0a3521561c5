import { sql } from 'drizzle-orm';
import type { Queries } from './database.ts';

/**
 * What a transaction may hold to its end. Of those that hold one thing, either many share it or one has
 * it alone; the others wait.
 */
export type Hold = (tx: Queries, thing: 'statements', how: 'shared' | 'alone') => Promise<void>;

/** PostgreSQL, whose transactions run side by side and see nothing of each other. */
export const holdOnPostgres: Hold = async (tx, thing, how) => {
	const lock =
		how === 'alone'
			? sql`pg_advisory_xact_lock(hashtext(${thing}))`
			: sql`pg_advisory_xact_lock_shared(hashtext(${thing}))`;
	await tx.select({ held: sql`${lock}::text` }).from(sql`(select 1) as nothing`);
};
