import { sql, type SQL } from 'drizzle-orm';

/**
 * Lists as one parameter, as JSON text: a query about many rows that reads the same whatever their
 * number, so that it is put together and compiled once. Here and only here the engines' SQL differs.
 */
export interface Lists {
	/** A query of one column, from a JSON array of texts: for `in`. */
	texts(json: unknown): SQL;
	/** A query of two columns, text and integer, from a JSON array of such pairs. */
	pairs(json: unknown): SQL;
}

export const sqliteLists: Lists = {
	texts: (json) => sql`(select value from json_each(${json}))`,
	// What follows `insert … select` would else be read as part of the selection's join.
	pairs: (json) => sql`select value ->> 0, value ->> 1 from json_each(${json}) where true`,
};

export const postgresLists: Lists = {
	texts: (json) => sql`(select jsonb_array_elements_text(${json}::jsonb))`,
	pairs: (json) =>
		sql`select pair ->> 0, (pair ->> 1)::bigint from jsonb_array_elements(${json}::jsonb) as pairs (pair)`,
};
