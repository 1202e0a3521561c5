import { sql } from 'drizzle-orm';
import type { Queries } from './database.ts';

/**
 * `statements`: what is stored and what it names, for who must see all of it or let nothing appear
 * meanwhile; taken before anything else. `storing`: taken by whoever stores a statement, before it gets
 * its number and its moment, and always shared, so that nobody waits for it.
 */
type Thing = 'statements' | 'storing';

/**
 * What a transaction may hold to its end. Of those that hold one thing, either many share it or one has
 * it alone; the others wait.
 */
export type Hold = (tx: Queries, thing: Thing, how: 'shared' | 'alone') => Promise<void>;

/**
 * Since when the oldest transaction that holds a thing is under way, as milliseconds ago; 0 where none
 * is, Infinity where that is not told. What it stores cannot be read yet, and may stand before what can be.
 */
export type HeldFor = (read: Queries, thing: Thing) => Promise<number>;

/** PostgreSQL, whose transactions run side by side and see nothing of each other. */
export const holdOnPostgres: Hold = async (tx, thing, how) => {
	const lock =
		how === 'alone'
			? sql`pg_advisory_xact_lock(hashtext(${thing}))`
			: sql`pg_advisory_xact_lock_shared(hashtext(${thing}))`;
	await tx.select({ held: sql`${lock}::text` }).from(sql`(select 1) as nothing`);
};

/**
 * Both halves of the lock's number stand apart in `pg_locks` (PostgreSQL's manual, section 53.12). Ages
 * rather than moments, as the clock there may be another one than here. Nothing is told of others' sessions
 * where `track_activities` is off, or where they are another role's (section 27.2).
 */
export const heldOnPostgres: HeldFor = async (read, thing) => {
	const age = sql<string>`case
		when bool_or(coalesce(activity.state, 'disabled') = 'disabled') then 'Infinity'
		else coalesce(extract(epoch from clock_timestamp() - min(activity.xact_start)), 0)::float8
		end`;
	const holders = sql`pg_locks as locks left join pg_stat_activity as activity on activity.pid = locks.pid
		where locks.locktype = 'advisory' and locks.granted
			and locks.database = (select oid from pg_database where datname = current_database())
			and (locks.classid::bigint << 32 | locks.objid::bigint) = hashtext(${thing})`;
	const [row] = await read.select({ age }).from(holders);
	return Number(row!.age) * 1000;
};
