import { sql, type Column, type SQL } from 'drizzle-orm';
import type { Database, Queries, Tables } from './database.ts';

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
		values: Record<string, unknown> = {},
	): Promise<Awaited<T>> => {
		const query = known.get(tx) ?? (build(db, tx) as Preparable<T>).prepare(name);
		known.set(tx, query);
		return await query.execute(values);
	};
}

/**
 * A text that changes in a prepared query of several tables. SQLite looks at the values bound to choose
 * among ways to join, and compiles the query again for each; at this one it does not look. What never
 * changes in such a query stands in it as a literal, for the same reason.
 */
export const unseen = (name: string): SQL<string> => sql`(select ${sql.placeholder(name)})`;

/**
 * What changes in a prepared query, in the form that a column keeps it. A bare placeholder is handed to
 * the column even when it is null, of which times and JSON make an error or the word `null`.
 */
export function valueFor(column: Column, name: string): SQL {
	const mapToDriverValue = (value: unknown) =>
		value === null ? null : column.mapToDriverValue(value);
	return sql`${sql.param(sql.placeholder(name), { mapToDriverValue })}`;
}

type Columns<T extends keyof Tables> = Tables[T]['$inferSelect'];

/**
 * A query that adds a row or writes over the one that has its key.
 *
 * @param key columns of the table's primary key
 * @param rest every other column that a row brings
 */
export function upserter<
	T extends keyof Tables,
	K extends keyof Columns<T> & string,
	R extends keyof Columns<T> & string,
>(table: T, key: K[], rest: R[]) {
	const write = preparedIn<Promise<unknown>>(`upsert_${table}`, (db, tx) => {
		const { insert, target, columns } = insertion(db, tx, table, key, rest);
		const set = pairs(rest, (name) => sql`excluded.${sql.identifier(columns[name]!.name)}`);
		return insert.onConflictDoUpdate({ target, set: set as never });
	});
	return (
		db: Pick<Database, 'tables' | 'lists'>,
		tx: Queries,
		row: Pick<Columns<T>, K | R>,
	): Promise<unknown> => write(db, tx, row);
}

/**
 * A query that adds a row, or keeps the one that has its key to this transaction until it ends. What
 * others write to it meanwhile comes before or after: on PostgreSQL reading alone would not see to that.
 *
 * @param key columns of the table's primary key
 * @param rest every other column that a row brings
 * @returns the row as it is now, new or old
 */
export function taker<
	T extends keyof Tables,
	K extends keyof Columns<T> & string,
	R extends keyof Columns<T> & string,
>(table: T, key: K[], rest: R[]) {
	const take = preparedIn<Promise<Columns<T>[]>>(`take_${table}`, (db, tx) => {
		const { insert, target, columns } = insertion(db, tx, table, key, rest);
		const set = pairs(key, (name) => sql`excluded.${sql.identifier(columns[name]!.name)}`);
		return insert.onConflictDoUpdate({ target, set: set as never }).returning();
	});
	return async (
		db: Pick<Database, 'tables' | 'lists'>,
		tx: Queries,
		row: Pick<Columns<T>, K | R>,
	): Promise<Columns<T>> => (await take(db, tx, row))[0]!;
}

const pairs = (names: string[], make: (name: string) => unknown) =>
	Object.fromEntries(names.map((name) => [name, make(name)]));

/** What both begin with. */
function insertion(
	{ tables }: Pick<Database, 'tables'>,
	tx: Queries,
	table: keyof Tables,
	key: string[],
	rest: string[],
) {
	const columns = tables[table] as unknown as Record<string, Column>;
	const row = pairs([...key, ...rest], (name) => valueFor(columns[name]!, name));
	return {
		columns,
		insert: tx.insert(tables[table]).values(row as never),
		target: key.map((name) => columns[name]) as never,
	};
}
