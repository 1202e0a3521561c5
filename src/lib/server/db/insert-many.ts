import type { Column } from 'drizzle-orm';
import type { Database, Queries, Tables } from './database.ts';
import { valueFor } from './prepared.ts';

/**
 * How many rows one query takes, largest first: few sizes, so that each is put together and compiled
 * once, and together they make up any number. The largest keeps below the engines' limits of parameters.
 */
const SIZES = [64, 16, 4, 1];

type Insertable = 'events' | 'outbox' | 'statements' | 'statementAttachments';
type Row<T extends Insertable> = Tables[T]['$inferInsert'];

interface Prepared {
	execute(values: Record<string, unknown>): PromiseLike<unknown>;
}

/**
 * Inserts many rows of one table at the least cost. What is there already stays as it is and is not
 * among the answers.
 *
 * @param id unique in the server; PostgreSQL keeps the statement under it
 * @param columns every row has exactly these
 * @param returning columns of each new row that the caller wants to know; in no order
 */
export function inserter<T extends Insertable, R extends keyof Tables[T]['$inferSelect'] = never>(
	id: string,
	name: T,
	columns: (keyof Row<T> & string)[],
	returning: (R & string)[],
) {
	// By transaction: SQLite's is one and the same object for ever, PostgreSQL's lasts as long as itself.
	const known = new WeakMap<object, Map<number, Prepared>>();
	return async (
		{ tables }: Pick<Database, 'tables'>,
		tx: Queries,
		rows: Row<T>[],
	): Promise<Pick<Tables[T]['$inferSelect'], R>[]> => {
		const queries = known.get(tx) ?? new Map<number, Prepared>();
		known.set(tx, queries);
		const answers: unknown[] = [];
		let from = 0;
		for (const size of SIZES)
			for (; rows.length - from >= size; from += size) {
				const query =
					queries.get(size) ?? build(tables, tx, `${id}_${size}`, name, columns, returning, size);
				queries.set(size, query);
				const values: Record<string, unknown> = {};
				for (let at = 0; at < size; at++)
					for (const column of columns) values[`${column}${at}`] = rows[from + at]![column];
				const got = await query.execute(values);
				if (returning.length > 0) answers.push(...(got as unknown[]));
			}
		return answers as Pick<Tables[T]['$inferSelect'], R>[];
	};
}

interface Named {
	prepare(name: string): Prepared;
}

function build(
	tables: Tables,
	tx: Queries,
	id: string,
	name: Insertable,
	columns: string[],
	returning: string[],
	size: number,
): Prepared {
	const table = tables[name] as Tables['statements'];
	const all = table as unknown as Record<string, Column>;
	const rows = Array.from({ length: size }, (_, at) =>
		Object.fromEntries(columns.map((column) => [column, valueFor(all[column]!, `${column}${at}`)])),
	);
	const query = tx
		.insert(table)
		.values(rows as never)
		.onConflictDoNothing();
	if (returning.length === 0) return (query as unknown as Named).prepare(id);
	const wanted = returning.map((column) => [column, table[column as 'seq']]);
	return (query.returning(Object.fromEntries(wanted)) as unknown as Named).prepare(id);
}
