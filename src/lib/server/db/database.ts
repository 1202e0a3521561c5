import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Copied } from './copy.ts';
import type { Lists } from './lists.ts';
import type { HeldFor, Hold } from './locks.ts';
import type { defineSchema } from './schema.ts';

export type Tables = ReturnType<typeof defineSchema>;

/**
 * Queries. Every one is awaited; `.get()`, `.all()` and `.run()` and SQL of one dialect are out of
 * bounds, so that both engines run the same code.
 */
export type Queries = Omit<
	BaseSQLiteDatabase<'async', unknown, Record<string, never>>,
	'transaction' | 'run' | 'all' | 'get' | 'values'
>;

/** The database seam: one schema and one code path on SQLite and PostgreSQL. */
export interface Database {
	readonly engine: 'sqlite' | 'postgres';
	readonly tables: Tables;
	readonly lists: Lists;
	/** Keeps transactions apart where one must see what another one stores. */
	readonly hold: Hold;
	/** For how long one of them has been under way. */
	readonly heldFor: HeldFor;
	/** For reading outside a transaction. */
	readonly read: Queries;
	/**
	 * All of `work` or nothing. It is on disk when the promise resolves. Inside, only queries on `tx`
	 * are awaited. A failure rejects with what `work` threw, or with the engine's own error.
	 */
	tx<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
	/**
	 * Copies the database into a new file while it is in use, as it was at one moment, and checks the copy.
	 * Absent where the engine has tools of its own for that (`pg_dump`).
	 *
	 * @param tell is told now and then how many pages of how many are copied
	 */
	backup?(file: string, tell?: (done: number, of: number) => void): Promise<Copied>;
	/** Lets what is under way finish, then closes. */
	close(): Promise<void>;
}
