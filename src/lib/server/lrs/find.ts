import {
	aliasedTable,
	and,
	asc,
	count,
	desc,
	eq,
	exists,
	gt,
	gte,
	inArray,
	lt,
	lte,
	max,
	min,
	sql,
} from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { keysFor, type Findable } from './index-terms.ts';
import { nearest } from './moments.ts';
import { hasAll, type Looked } from './references.ts';

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
	/** The last number that may be found. */
	upTo?: number | undefined;
	/** UTF-8 bytes of statements, after which a page ends early; one statement it has always. */
	bytes?: number;
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

/** Statements that are looked at in vain before a page ends early, maybe with none: others wait meanwhile. */
const MOST_IN_VAIN = 2_000;
/** Bytes of a page where nobody says how many. */
const USUAL_BYTES = 32 * 1024 * 1024;
/** Bytes from which on a statement is read by itself: five hundred others fit into memory together. */
const LARGE = 64 * 1024;

/** Statements of a term that are counted; of more there is a guess. */
const FEW = 200;
/** By how much the order of storing may differ from that of the clock, in milliseconds. */
const SKEW = 60_000;

/**
 * Statements in the order in which they were stored, without voided ones (xAPI 1.0.3 Communication,
 * section 2.1.3). Read along the index of the rarest term, so that it costs the same in a large store
 * as in a small one.
 */
export async function findStatements(db: Database, asked: Query): Promise<Page> {
	const { since, until } = asked;
	const query = { ...asked, since: since && nearest(since), until: until && nearest(until) };
	const keys = query.terms.map(keysFor);
	// Who wrote it is the statement's own matter, whatever it refers to.
	const said = query.terms.filter(({ kind }) => kind !== 'client').map(keysFor);
	const terms = keys.length > 1 ? await rarestFirst(db, keys) : keys;
	const bounds = await boundsOf(db, query);
	const rows: Row[] = [];
	let room = query.bytes ?? USUAL_BYTES;
	let after = query.after;
	let inVain = 0;
	const looked = new Map<string, Looked>();
	for (;;) {
		const wanted = query.limit - rows.length + 1;
		const found = await portion(db, terms, { ...query, after }, bounds, wanted);
		for (const light of found) {
			const row = await whole(db, light);
			// Somebody was forgotten just now.
			if (!row) continue;
			if (said.length > 1 && row.refersTo && !(await hasAll(db, row, said, looked))) {
				if (++inVain === MOST_IN_VAIN) return { rows, next: row.seq };
				continue;
			}
			room -= Buffer.byteLength(row.body);
			if (rows.length === query.limit || (room < 0 && rows.length > 0))
				return { rows, next: rows.at(-1)!.seq };
			rows.push(row);
		}
		after = found.at(-1)?.seq;
		if (found.length < wanted) return { rows };
		await new Promise((resolve) => setImmediate(resolve));
	}
}

/** A statement as it is found: without its text where that is large. */
type LightRow = Omit<Row, 'body'> & { body: string | null };

async function whole(db: Database, { body, ...row }: LightRow): Promise<Row | undefined> {
	return body === null ? findStatement(db, row.id) : { ...row, body };
}

/** One statement. */
export async function findStatement(db: Database, id: string): Promise<Row | undefined> {
	const { statements } = db.tables;
	const [row] = await db.read.select().from(statements).where(eq(statements.id, id.toLowerCase()));
	return row;
}

/** What is looked for, that which finds the fewest statements first. */
async function rarestFirst(db: Database, terms: string[][]): Promise<string[][]> {
	const guessed = await Promise.all(
		terms.map(async (keys) => {
			const each = await Promise.all(keys.map((key) => aboutHowMany(db, key)));
			return { keys, many: each.reduce((sum, one) => sum + one, 0) };
		}),
	);
	return guessed.toSorted((a, b) => a.many - b.many).map(({ keys }) => keys);
}

/** How many statements a key finds: counted where they are few, else by how close together the last ones lie. */
async function aboutHowMany({ tables, read }: Database, key: string): Promise<number> {
	const { term, seq } = tables.statementTerms;
	const last = read
		.select({ seq })
		.from(tables.statementTerms)
		.where(eq(term, key))
		.orderBy(desc(seq))
		.limit(FEW)
		.as('last');
	const [row] = await read
		.select({ found: count(), from: min(last.seq), to: max(last.seq) })
		.from(last);
	const { found, from, to } = row!;
	if (found < FEW) return found;
	return (found * to!) / (to! - from! + 1);
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

/** The next statements: of those with any key of the first term, those that have all others as well. */
async function portion(
	db: Database,
	[first = [], ...others]: string[][],
	query: Query,
	bounds: Bounds,
	limit: number,
): Promise<LightRow[]> {
	if (first.length < 2) return along(db, first[0], others, query, bounds, limit);
	// Each key has its own stretch of the index, in order: read apart and laid together.
	const found = await Promise.all(first.map((key) => along(db, key, others, query, bounds, limit)));
	const rows = new Map(found.flat().map((row) => [row.seq, row]));
	const sign = query.ascending ? 1 : -1;
	return [...rows.values()].sort((a, b) => sign * (a.seq - b.seq)).slice(0, limit);
}

/** Statements along the stretch of one key; along all of them where there is none. */
async function along(
	db: Database,
	key: string | undefined,
	others: string[][],
	{ since, until, ascending, after, upTo, withVoided }: Query,
	{ above, below }: Bounds,
	limit: number,
): Promise<LightRow[]> {
	const { statements, statementTerms } = db.tables;
	const { seq, id, body, clientId, storedAt, refersTo, isVoided } = statements;
	const place = key === undefined ? seq : statementTerms.seq;
	const conditions = and(
		withVoided ? undefined : eq(isVoided, false),
		after === undefined ? undefined : ascending ? gt(place, after) : lt(place, after),
		upTo === undefined ? undefined : lte(place, upTo),
		above === undefined ? undefined : gt(place, above),
		below === undefined ? undefined : lt(place, below),
		since && gt(storedAt, since),
		until && lte(storedAt, until),
		...others.map((keys, at) => {
			// By the number in the index, so that statements without it need not be read.
			const other = aliasedTable(statementTerms, `other${at}`);
			const isThere = and(inArray(other.term, keys), eq(other.seq, place));
			return exists(
				db.read
					.select({ one: sql`1` })
					.from(other)
					.where(isThere),
			);
		}),
	);
	// The length is known without reading it.
	const light = sql<string | null>`case when octet_length(${body}) < ${LARGE} then ${body} end`;
	const columns = { seq, id, body: light, clientId, storedAt, refersTo, isVoided };
	const order = ascending ? asc(place) : desc(place);
	if (key === undefined)
		return db.read.select(columns).from(statements).where(conditions).orderBy(order).limit(limit);
	// The order of the two is SQLite's to keep: it would else read all statements of all terms.
	return db.read
		.select(columns)
		.from(statementTerms)
		.crossJoin(statements)
		.where(and(eq(statementTerms.term, key), eq(statements.seq, statementTerms.seq), conditions))
		.orderBy(order)
		.limit(limit);
}
