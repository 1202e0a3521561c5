import { getTableColumns, getTableName, type Column, type Table } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database, Queries, Tables } from '../../src/lib/server/db/database.ts';
import * as sqlite from '../../src/lib/server/db/tables.sqlite.ts';

/** A table of the schema, as tests go through all of them. */
type Name = keyof Tables;
type Row = Record<string, unknown>;

const NAMES = Object.keys(sqlite) as Name[];
const nameOf = (table: Table) =>
	NAMES.find((name) => getTableName(sqlite[name]) === getTableName(table))!;

/** What each column of a table refers to: of both engines, as there is one schema. */
function references(name: Name): Map<string, { table: Name; column: string }> {
	const table = sqlite[name] as SQLiteTable;
	const keys = Object.entries(getTableColumns(table));
	const keyOf = (column: Column) => keys.find(([, one]) => one.name === column.name)![0];
	return new Map(
		getTableConfig(table).foreignKeys.map((key) => {
			const { columns, foreignTable, foreignColumns } = key.reference();
			return [keyOf(columns[0]!), { table: nameOf(foreignTable), column: foreignColumns[0]!.name }];
		}),
	);
}

/** Every table that refers to people, and by which columns. */
export const REFERRING: Partial<Record<Name, string[]>> = Object.fromEntries(
	NAMES.map((name) => [
		name,
		[...references(name)].filter(([, to]) => to.table === 'users').map(([column]) => column),
	]).filter(([, columns]) => columns!.length > 0),
);

export interface Person {
	id: string;
	email: string;
}

/** A row in every table of the schema, each about this one person wherever it can be. */
export async function leaveTraces(db: Database, person: Person): Promise<void> {
	await db.tx(async (tx) => {
		const made = new Map<Name, Row>();
		for (const name of NAMES) await make(db, tx, name, person, made);
	});
}

async function make(
	db: Database,
	tx: Queries,
	name: Name,
	person: Person,
	made: Map<Name, Row>,
): Promise<Row> {
	const known = made.get(name);
	if (known) return known;
	const to = references(name);
	const row: Row = {};
	for (const [key, column] of Object.entries(getTableColumns(sqlite[name] as SQLiteTable))) {
		const reference = to.get(key);
		if (reference?.table === 'users') row[key] = person.id;
		else if (reference) row[key] = await valueIn(db, tx, reference, person, made);
		else if (!isSerial(column)) row[key] = valueOf(name, key, column, person);
	}
	const table = db.tables[name] as Tables['users'];
	const [stored] = await tx
		.insert(table)
		.values(row as Tables['users']['$inferInsert'])
		.returning();
	made.set(name, stored as Row);
	return stored as Row;
}

async function valueIn(
	db: Database,
	tx: Queries,
	{ table, column }: { table: Name; column: string },
	person: Person,
	made: Map<Name, Row>,
): Promise<unknown> {
	const row = await make(db, tx, table, person, made);
	const columns = Object.entries(getTableColumns(sqlite[table] as SQLiteTable));
	return row[columns.find(([, one]) => one.name === column)![0]];
}

const isSerial = (column: Column) => column.primary && column.dataType === 'number';

function valueOf(name: Name, key: string, column: Column, { id, email }: Person): unknown {
	if (name === 'users' && key === 'id') return id;
	if (key === 'email' || key === 'to') return email;
	// The audit log refers to nothing, and outlives people.
	if (name === 'audit' && (key === 'actor' || key === 'subjectId')) return id;
	// Two columns make its key, and neither refers to anything.
	if (name === 'statementTerms' && key === 'term') return crypto.randomUUID();
	// What packages keep of a person is found by their course's units.
	if (name === 'cmi5Courses' && key === 'structure') return { children: [] };
	switch (column.dataType) {
		case 'number':
			return 1;
		case 'boolean':
			return false;
		case 'date':
			return new Date('2027-01-01T12:00:00Z');
		case 'json':
			return {};
		case 'buffer':
			return Buffer.from(`a ${key}`);
		default:
			return column.primary || column.isUnique ? `${key}-${crypto.randomUUID()}` : `a ${key}`;
	}
}

/** Every table that has a person's id or address anywhere in it. */
export async function tracesOf(db: Database, { id, email }: Person): Promise<Name[]> {
	const found: Name[] = [];
	for (const name of NAMES) {
		const rows = await db.read.select().from(db.tables[name] as Tables['users']);
		const text = JSON.stringify(rows);
		if (text.includes(id) || text.includes(email)) found.push(name);
	}
	return found;
}
