import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { preparedIn } from '../db/prepared.ts';
import { addTerms, termKeysOf } from './index-terms.ts';
import { valueOf } from './own-statements.ts';
import type { Author, Kept } from './store.ts';

/*
 * A statement that refers to another one is found by whatever finds the other (xAPI 1.0.3
 * Communication, section 2.1.4), and one that voids another hides it (Data, section 2.3.2), in
 * whichever order the two arrive.
 */

/** A client may void only what it wrote. Nothing was stored. */
export class VoidingRefused extends Error {
	constructor(id: string) {
		super(
			`The statement ${id} was written by somebody else, and this key may void only what was written with it.`,
		);
	}
}

/** How far references are followed: chains that people make are short, and a loop has no end. */
const FAR = 100;

type Row = Pick<
	Database['tables']['statements']['$inferSelect'],
	'seq' | 'id' | 'body' | 'clientId' | 'storedAt' | 'refersTo' | 'voids'
>;

/** @throws VoidingRefused */
export async function settleReferences(
	db: Database,
	tx: Queries,
	kept: Kept[],
	author: Author,
): Promise<void> {
	const referrers = await referrersOf(
		db,
		tx,
		kept.map(({ id }) => id),
	);
	for (const one of kept) {
		if (one.voids) await voidTarget(db, tx, one.refersTo!, author);
		else await voidIfAsked(db, tx, one, referrers, author);
	}
	const touched = kept.filter(
		({ id, refersTo }) => refersTo || referrers.some((row) => row.refersTo === id),
	);
	for (const one of touched) {
		const terms = await termsBelow(db, tx, one);
		const above = [one.seq, ...(await seqsAbove(db, tx, one.id))];
		await addTerms(
			db,
			tx,
			above.flatMap((seq) => terms.map((term) => ({ term, seq }))),
		);
	}
}

/** Hides the statement that is voided, where it is here. One that voids is never voided itself. */
async function voidTarget(
	db: Database,
	tx: Queries,
	target: string,
	{ clientId, mayVoidAny }: Author,
): Promise<void> {
	const { statements } = db.tables;
	const [row] = await rowsBy(db, tx, [target]);
	if (!row || row.voids) return;
	if (!mayVoidAny && row.clientId !== clientId) throw new VoidingRefused(target);
	await tx.update(statements).set({ isVoided: true }).where(eq(statements.seq, row.seq));
}

/** Hides a statement that was voided before it arrived. */
async function voidIfAsked(
	{ tables: { statements } }: Database,
	tx: Queries,
	{ id, seq }: Kept,
	referrers: Row[],
	{ clientId }: Author,
): Promise<void> {
	const isVoided = referrers.some(
		(row) =>
			row.refersTo === id && (row.voids === 'any' || (row.voids && row.clientId === clientId)),
	);
	if (isVoided) await tx.update(statements).set({ isVoided: true }).where(eq(statements.seq, seq));
}

/** What finds a statement and those that it refers to, one after the other. */
export async function termsBelow(
	db: Database,
	tx: Queries,
	from: Pick<Kept, 'id' | 'terms' | 'refersTo'>,
): Promise<string[]> {
	const terms = new Set(from.terms);
	const seen = new Set([from.id]);
	let next = from.refersTo;
	while (next && !seen.has(next) && seen.size < FAR) {
		seen.add(next);
		const [row] = await rowsBy(db, tx, [next]);
		if (!row) break;
		for (const term of termKeysOf(valueOf(row))) terms.add(term);
		next = row.refersTo;
	}
	return [...terms];
}

/** Those that refer to a statement, and those that refer to them. */
async function seqsAbove(db: Database, tx: Queries, id: string): Promise<number[]> {
	const seen = new Map<string, number>();
	let ids = [id];
	for (let steps = 0; ids.length > 0 && steps < FAR; steps++) {
		const rows = await referrersOf(db, tx, ids);
		const fresh = rows.filter((row) => row.id !== id && !seen.has(row.id));
		for (const row of fresh) seen.set(row.id, row.seq);
		ids = fresh.map((row) => row.id);
	}
	return [...seen.values()];
}

function rowsBy({ tables: { statements } }: Database, tx: Queries, ids: string[]): Promise<Row[]> {
	return tx.select().from(statements).where(inArray(statements.id, ids));
}

const findReferrers = preparedIn<Promise<Row[]>>(
	'statement_referrers',
	({ tables: { statements }, lists }, tx) =>
		tx
			.select()
			.from(statements)
			.where(inArray(statements.refersTo, lists.texts(sql.placeholder('ids')))),
);

function referrersOf(db: Database, tx: Queries, ids: string[]): Promise<Row[]> {
	return findReferrers(db, tx, { ids: JSON.stringify(ids) });
}

/**
 * Whether a statement, or one that it refers to, has all of some terms by itself, each of them as one of
 * some keys. The index cannot tell that where there is more than one: a statement stands in it with its
 * own and the other's together.
 */
export async function hasAll(
	db: Database,
	row: Pick<Row, 'id' | 'body' | 'clientId' | 'storedAt' | 'refersTo'>,
	terms: string[][],
): Promise<boolean> {
	const seen = new Set<string>();
	for (let one: typeof row | undefined = row; one && seen.size < FAR;) {
		seen.add(one.id);
		const own = new Set(termKeysOf(valueOf(one)));
		if (terms.every((keys) => keys.some((key) => own.has(key)))) return true;
		if (!one.refersTo || seen.has(one.refersTo)) return false;
		[one] = await rowsBy(db, db.read, [one.refersTo]);
	}
	return false;
}
