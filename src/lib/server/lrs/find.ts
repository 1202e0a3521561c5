import { and, asc, count, desc, eq, exists, gt, gte, lt, lte, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { termKey, type Findable } from './index-terms.ts';
import { hasAll } from './references.ts';

/** Which statements are asked for; every part narrows it. */
export interface Query {
	/** All of these. */
	terms: Findable[];
	/** Stored after this moment. */
	since?: Date | undefined;
	/** Stored at this moment or before it. */
	until?: Date | undefined;
	ascending: boolean;
	/** At least 1. */
	limit: number;
	/** Where the page before ended: its last statement's number. */
	after?: number | undefined;
	/** Voided ones too, for those who look after the store. */
	withVoided?: boolean;
}

export type Row = Pick<
	Database['tables']['statements']['$inferSelect'],
	'seq' | 'id' | 'body' | 'clientId' | 'storedAt' | 'refersTo' | 'isVoided'
>;

export interface Page {
	rows: Row[];
	/** Where the next page begins; absent on the last one. */
	next?: number;
}

/** Terms are compared by how many statements they find, up to here. */
const FEW = 1_000;
/** By how much the order of storing may differ from that of the clock, in milliseconds. */
const SKEW = 60_000;

/**
 * Statements in the order in which they were stored, without voided ones (xAPI 1.0.3 Communication,
 * section 2.1.3). Read along the index of the rarest term, so that it costs the same in a large store
 * as in a small one.
 */
export async function findStatements(db: Database, query: Query): Promise<Page> {
	const keys = query.terms.map(termKey);
	// Who wrote it is the statement's own matter, whatever it refers to.
	const said = query.terms.filter(({ kind }) => kind !== 'client').map(termKey);
	const terms = keys.length > 1 ? await rarestFirst(db, keys) : keys;
	const bounds = await boundsOf(db, query);
	const rows: Row[] = [];
	let after = query.after;
	for (;;) {
		const wanted = query.limit - rows.length + 1;
		const found = await portion(db, terms, { ...query, after }, bounds, wanted);
		for (const row of found)
			if (said.length < 2 || !row.refersTo || (await hasAll(db, row, said))) rows.push(row);
		after = found.at(-1)?.seq;
		if (found.length < wanted || rows.length > query.limit) break;
	}
	const page = rows.slice(0, query.limit);
	return rows.length > query.limit ? { rows: page, next: page.at(-1)!.seq } : { rows: page };
}

/** One statement. */
export async function findStatement(db: Database, id: string): Promise<Row | undefined> {
	const { statements } = db.tables;
	const [row] = await db.read.select().from(statements).where(eq(statements.id, id.toLowerCase()));
	return row;
}

/** Terms, the one that finds the fewest statements first. */
async function rarestFirst(db: Database, keys: string[]): Promise<string[]> {
	const { statementTerms } = db.tables;
	const counted = await Promise.all(
		keys.map(async (key) => {
			const some = db.read
				.select({ seq: statementTerms.seq })
				.from(statementTerms)
				.where(eq(statementTerms.term, key))
				.limit(FEW)
				.as('some');
			const [row] = await db.read.select({ found: count() }).from(some);
			return { key, found: row?.found ?? 0 };
		}),
	);
	return counted.toSorted((a, b) => a.found - b.found).map(({ key }) => key);
}

/** Between which numbers, both excluded, everything stored in a time lies. */
interface Bounds {
	above: number | undefined;
	below: number | undefined;
}

async function boundsOf(db: Database, { since, until }: Query): Promise<Bounds> {
	const { storedAt, seq } = db.tables.statements;
	const [before] = since
		? await db.read
				.select({ seq })
				.from(db.tables.statements)
				.where(lte(storedAt, new Date(since.getTime() - SKEW)))
				.orderBy(desc(storedAt))
				.limit(1)
		: [];
	const [after] = until
		? await db.read
				.select({ seq })
				.from(db.tables.statements)
				.where(gte(storedAt, new Date(until.getTime() + SKEW)))
				.orderBy(asc(storedAt))
				.limit(1)
		: [];
	return { above: before?.seq, below: after?.seq };
}

async function portion(
	db: Database,
	[first, ...others]: string[],
	{ since, until, ascending, after, withVoided }: Query,
	{ above, below }: Bounds,
	limit: number,
): Promise<Row[]> {
	const { statements, statementTerms } = db.tables;
	const { seq, id, body, clientId, storedAt, refersTo, isVoided } = statements;
	const along = first === undefined ? seq : statementTerms.seq;
	const conditions = and(
		withVoided ? undefined : eq(isVoided, false),
		after === undefined ? undefined : ascending ? gt(along, after) : lt(along, after),
		above === undefined ? undefined : gt(along, above),
		below === undefined ? undefined : lt(along, below),
		since && gt(storedAt, since),
		until && lte(storedAt, until),
		...others.map((term) =>
			exists(
				db.read
					.select({ one: sql`1` })
					.from(statementTerms)
					.where(and(eq(statementTerms.term, term), eq(statementTerms.seq, statements.seq))),
			),
		),
	);
	const columns = { seq, id, body, clientId, storedAt, refersTo, isVoided };
	const order = ascending ? asc(along) : desc(along);
	if (first === undefined)
		return db.read.select(columns).from(statements).where(conditions).orderBy(order).limit(limit);
	// The order of the two is SQLite's to keep: it would else read all statements of all terms.
	return db.read
		.select(columns)
		.from(statementTerms)
		.crossJoin(statements)
		.where(and(eq(statementTerms.term, first), eq(statements.seq, statementTerms.seq), conditions))
		.orderBy(order)
		.limit(limit);
}
