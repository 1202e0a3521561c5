import * as sqlite from 'drizzle-orm/sqlite-core';
import * as postgres from 'drizzle-orm/pg-core';

/**
 * What differs between the two engines, and nothing else. The types are SQLite's throughout: the
 * PostgreSQL columns below carry the same TypeScript types and the same query methods, so that the
 * rest of the server is written once.
 */
export const sqliteDialect = {
	table: sqlite.sqliteTable,
	index: sqlite.index,
	uniqueIndex: sqlite.uniqueIndex,
	primaryKey: sqlite.primaryKey,
	column: {
		id: (name: string) => sqlite.text(name),
		text: (name: string) => sqlite.text(name),
		integer: (name: string) => sqlite.integer(name),
		boolean: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
		/** A primary key that counts up. */
		serial: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
		/** Refers to a `serial`. */
		serialId: (name: string) => sqlite.integer(name),
		/** To the millisecond. */
		time: (name: string) => sqlite.integer(name, { mode: 'timestamp_ms' }),
		json: (name: string) => sqlite.text(name, { mode: 'json' }),
		bytes: (name: string) => sqlite.blob(name, { mode: 'buffer' }),
	},
};

export type Dialect = typeof sqliteDialect;

const bytea = postgres.customType<{ data: Buffer; driverData: Uint8Array }>({
	dataType: () => 'bytea',
	// One driver hands over a Buffer, the other a plain array of bytes.
	fromDriver: (bytes) => Buffer.from(bytes),
});

export const postgresDialect = {
	table: postgres.pgTable,
	index: postgres.index,
	uniqueIndex: postgres.uniqueIndex,
	primaryKey: postgres.primaryKey,
	column: {
		id: (name: string) => postgres.text(name),
		text: (name: string) => postgres.text(name),
		integer: (name: string) => postgres.integer(name),
		boolean: (name: string) => postgres.boolean(name),
		serial: (name: string) => postgres.bigserial(name, { mode: 'number' }).primaryKey(),
		serialId: (name: string) => postgres.bigint(name, { mode: 'number' }),
		time: (name: string) => postgres.timestamp(name, { precision: 3, withTimezone: true }),
		json: (name: string) => postgres.jsonb(name),
		bytes: (name: string) => bytea(name),
	},
} as unknown as Dialect;
