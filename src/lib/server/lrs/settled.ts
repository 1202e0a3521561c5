import { desc } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';

/*
 * On PostgreSQL statements become readable in the order in which their transactions end, not in that of
 * their numbers. Whoever follows the store may pass a number only once all below it are there for good.
 */

/** A statement's number, and when it was the highest that could be read. */
export interface Place {
	seq: number;
	/** Milliseconds, by `performance.now()`. */
	at: number;
}

const newest = prepared('statements_newest', ({ tables: { statements }, read }) =>
	read.select({ seq: statements.seq }).from(statements).orderBy(desc(statements.seq)).limit(1),
);

/** Where the store ends now; 0 where it is empty. */
export async function newestPlace(db: Database): Promise<Place> {
	const [row] = await newest(db, {});
	return { seq: row?.seq ?? 0, at: performance.now() };
}

/** Whether no statement can appear before a place any more: all that was under way then has ended. */
export async function isSettled(db: Database, { at }: Place): Promise<boolean> {
	const asked = performance.now();
	return asked - (await db.heldFor(db.read, 'storing')) >= at;
}

/**
 * Milliseconds by which the clocks of servers that share a database may differ: each of them dates what
 * it stores.
 */
const CLOCKS = 1_000;

/**
 * Until when everything stored can be found. On SQLite statements are stored one after the other, and
 * nothing is read between the moment that they get and their being there.
 */
export async function consistentThrough(db: Database): Promise<Date> {
	const now = Date.now();
	if (db.engine === 'sqlite') return new Date(now);
	const last = lately.get(db);
	// What was true then is true now.
	if (last && now - last.at < FRESH) return last.through;
	const through = db
		.heldFor(db.read, 'storing')
		.then((held) => new Date(Number.isFinite(held) ? now - held - CLOCKS : 0));
	lately.set(db, { at: now, through });
	return through;
}

/** Milliseconds for which requests share one answer of PostgreSQL. */
const FRESH = 100;
const lately = new WeakMap<Database, { at: number; through: Promise<Date> }>();
