import type { Database } from './database.ts';

interface Preparable<T> {
	prepare(name?: string): { execute(values: Record<string, unknown>): T };
}

/**
 * A query that is put together once for each database and then only given values: for the few that
 * every request runs, putting it together costs more than running it.
 *
 * @param name unique in the server; PostgreSQL keeps the statement under it
 * @param build the query, with `sql.placeholder` for what changes
 */
export function prepared<T>(name: string, build: (db: Database) => Preparable<T>) {
	const known = new WeakMap<object, ReturnType<Preparable<T>['prepare']>>();
	return async (db: Database, values: Record<string, unknown>): Promise<Awaited<T>> => {
		const query = known.get(db) ?? build(db).prepare(name);
		known.set(db, query);
		return await query.execute(values);
	};
}
