import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { prepared, preparedIn } from '../db/prepared.ts';
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
const FAR = 20;
/**
 * Terms that are handed up to one statement, and statements that anything is handed up to at once. Nobody
 * means more; without an end, a short request could make an index of millions.
 */
const MOST_TERMS = 500;
const MOST_ABOVE = 50_000;
/** Statements whose texts are in memory together: each may be megabytes. */
const FEW = 16;
/** Entries of the index that are written together. */
const PORTION = 20_000;

type Row = Database['tables']['statements']['$inferSelect'];
/** What is to know of a statement besides its text, which may be megabytes. */
type Light = Pick<Row, 'id' | 'seq' | 'clientId' | 'refersTo' | 'voids'>;
type WithText = Pick<Row, 'id' | 'body' | 'clientId' | 'storedAt' | 'refersTo'>;
/** A statement on the way down from others. */
interface Below {
	terms: string[];
	refersTo: string | null;
}

/** @throws VoidingRefused */
export async function settleReferences(
	db: Database,
	tx: Queries,
	kept: Kept[],
	author: Author,
): Promise<void> {
	const referrers = Map.groupBy(
		await findReferrers(db, tx, listed(kept.map(({ id }) => id))),
		({ refersTo }) => refersTo,
	);
	await hide(db, tx, [
		...(await targetsOf(db, tx, kept, author)),
		...kept.filter((one) => isVoidedBy(referrers.get(one.id) ?? [], one, author)),
	]);
	const touched = kept.filter(({ id, refersTo }) => refersTo || referrers.has(id));
	if (touched.length === 0) return;
	const above = await allAbove(db, tx, touched);
	const known = await allBelow(db, tx, touched);
	// Their own terms were handed on when they came.
	for (const { id, refersTo } of above) if (!known.has(id)) known.set(id, { terms: [], refersTo });
	let entries: { term: string; seq: number }[] = [];
	for (const { seq, id } of [...touched, ...above]) {
		for (const term of termsAlong(known, id)) entries.push({ term, seq });
		if (entries.length < PORTION) continue;
		await addTerms(db, tx, entries);
		entries = [];
	}
	await addTerms(db, tx, entries);
}

const listed = (ids: string[]) => ({ ids: JSON.stringify(ids) });

async function hide(
	{ tables: { statements } }: Database,
	tx: Queries,
	rows: { seq: number }[],
): Promise<void> {
	for (const { seq } of rows)
		await tx.update(statements).set({ isVoided: true }).where(eq(statements.seq, seq));
}

/** Statements that are here and are voided now. One that voids is never voided itself. @throws VoidingRefused */
async function targetsOf(
	db: Database,
	tx: Queries,
	kept: Kept[],
	{ clientId, mayVoidAny }: Author,
): Promise<Light[]> {
	const named = kept.flatMap(({ voids, refersTo }) => (voids ? [refersTo!] : []));
	if (named.length === 0) return [];
	const targets = (await findTargets(db, tx, listed(named))).filter(({ voids }) => !voids);
	const foreign = targets.find((row) => row.clientId !== clientId);
	if (foreign && !mayVoidAny) throw new VoidingRefused(foreign.id);
	return targets;
}

/** Whether a statement was voided before it arrived. */
function isVoidedBy(referrers: Light[], { voids }: Kept, { clientId }: Author): boolean {
	if (voids) return false;
	return referrers.some((row) => row.voids === 'any' || (row.voids && row.clientId === clientId));
}

/** Those that refer to some statements, and those that refer to them; without themselves. */
async function allAbove(db: Database, tx: Queries, from: Kept[]): Promise<Light[]> {
	const seen = new Set(from.map(({ id }) => id));
	const found: Light[] = [];
	let ids = [...seen];
	for (let steps = 0; ids.length > 0 && steps < FAR; steps++) {
		const rows = await findReferrers(db, tx, listed(ids));
		const fresh = rows.filter(({ id }) => !seen.has(id)).slice(0, MOST_ABOVE - found.length);
		for (const row of fresh) seen.add(row.id);
		found.push(...fresh);
		ids = fresh.map(({ id }) => id);
	}
	return found;
}

/** Some statements and all that they refer to, one after the other. */
async function allBelow(
	db: Database,
	tx: Queries,
	from: (Below & { id: string })[],
): Promise<Map<string, Below>> {
	const found = new Map<string, Below>(from.map((one) => [one.id, one]));
	let next = from;
	for (let steps = 0; steps < FAR; steps++) {
		const ids = new Set(next.flatMap(({ refersTo }) => (refersTo ? [refersTo] : [])));
		const fresh = [...ids].filter((id) => !found.has(id));
		if (fresh.length === 0) break;
		next = [];
		for (let at = 0; at < fresh.length; at += FEW)
			for (const row of await findRows(db, tx, listed(fresh.slice(at, at + FEW))))
				next.push(belowOf(row));
		for (const one of next) found.set(one.id, one);
	}
	return found;
}

function belowOf(row: WithText) {
	const terms = termKeysOf(valueOf(row));
	return { id: row.id, refersTo: row.refersTo, terms };
}

/** What finds those on the way down from a statement, as far as they are known. */
function termsAlong(known: Map<string, Below>, id: string): Set<string> {
	const terms = new Set<string>();
	const seen = new Set<string>();
	for (let next: string | null = id; next && !seen.has(next) && seen.size < FAR;) {
		seen.add(next);
		const one = known.get(next);
		// Its own stand in the index, however many.
		if (next !== id)
			for (const term of one?.terms ?? []) if (terms.size < MOST_TERMS) terms.add(term);
		next = one?.refersTo ?? null;
	}
	return terms;
}

/** What finds a statement and those that it refers to, one after the other. */
export async function termsBelow(
	db: Database,
	tx: Queries,
	from: Pick<Kept, 'id' | 'terms' | 'refersTo'>,
): Promise<string[]> {
	return [...from.terms, ...termsAlong(await allBelow(db, tx, [from]), from.id)];
}

const findRows = preparedIn<Promise<Row[]>>(
	'statement_rows',
	({ tables: { statements }, lists }, tx) =>
		tx
			.select()
			.from(statements)
			.where(inArray(statements.id, lists.texts(sql.placeholder('ids')))),
);

/** Statements without their texts, by one of their columns. */
function lightBy(name: string, column: 'id' | 'refersTo') {
	return preparedIn<Promise<Light[]>>(name, ({ tables: { statements }, lists }, tx) => {
		const { id, seq, clientId, refersTo, voids } = statements;
		return tx
			.select({ id, seq, clientId, refersTo, voids })
			.from(statements)
			.where(inArray(statements[column], lists.texts(sql.placeholder('ids'))));
	});
}
const findTargets = lightBy('statement_targets', 'id');
const findReferrers = lightBy('statement_referrers', 'refersTo');

/**
 * Whether a statement, or one that it refers to, has all of some terms by itself, each of them as one of
 * some keys. The index cannot tell that where there is more than one: a statement stands in it with its
 * own and the other's together.
 *
 * @param known for the same terms; added to
 */
export async function hasAll(
	db: Database,
	row: WithText,
	terms: string[][],
	known: Map<string, Looked>,
): Promise<boolean> {
	const seen = new Set<string>();
	for (let id: string | null = row.id; id && !seen.has(id) && seen.size < FAR;) {
		seen.add(id);
		let one = known.get(id);
		if (!one) {
			const [found]: WithText[] = id === row.id ? [row] : await readRow(db, { id });
			one = found ? lookedAt(found, terms) : { isIt: false, refersTo: null };
			known.set(id, one);
		}
		if (one.isIt) return true;
		id = one.refersTo;
	}
	return false;
}

/** What was found out about a statement while one question is answered. */
export interface Looked {
	/** Whether it has all of the terms by itself. */
	isIt: boolean;
	refersTo: string | null;
}

function lookedAt(row: WithText, terms: string[][]): Looked {
	const own = new Set(termKeysOf(valueOf(row)));
	const isIt = terms.every((keys) => keys.some((key) => own.has(key)));
	return { isIt, refersTo: row.refersTo };
}

const readRow = prepared('statement_row', ({ tables: { statements }, read }) =>
	read
		.select()
		.from(statements)
		.where(eq(statements.id, sql.placeholder('id'))),
);
