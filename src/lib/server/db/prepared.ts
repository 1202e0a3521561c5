import type { Database, Queries } from './database.ts';

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

/**
 * The same for a query inside a transaction. SQLite's transactions share one connection, for which it
 * is put together once; PostgreSQL's are each other's strangers.
 */
export function preparedIn<T>(
	name: string,
	build: (db: Pick<Database, 'tables' | 'lists'>, tx: Queries) => object,
) {
	const known = new WeakMap<object, ReturnType<Preparable<T>['prepare']>>();
	return async (
		db: Pick<Database, 'tables' | 'lists'>,
		tx: Queries,
		values: Record<string, unknown>,
	): Promise<Awaited<T>> => {
		const query = known.get(tx) ?? (build(db, tx) as Preparable<T>).prepare(name);
		known.set(tx, query);
		return await query.execute(values);
	};
}
