import { hash } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { termsOf, type Term } from '#lib/xapi/rules/index.ts';
import type { Database, Queries } from '../db/database.ts';
import { preparedIn } from '../db/prepared.ts';

/** What a statement is found by: by what it says, and by which client wrote it. */
export type Findable = Term | { kind: 'client'; value: string };

/**
 * A term as it stands in the index: 72 bits of its SHA-256. Among a hundred million different terms
 * the chance that any two share a key is one in a million; a filter would then find too much, which
 * gives nobody a right to read that they have not.
 */
export function termKey({ kind, value }: Findable): string {
	const text = `${kind}\n${value}`;
	const known = keys.get(text);
	if (known) return known;
	const key = hash('sha256', text, 'base64url').slice(0, 12);
	if (keys.size >= MOST_KEYS) keys.clear();
	keys.set(text, key);
	return key;
}

/** What was hashed lately: verbs, activities and learners come again and again. */
const keys = new Map<string, string>();
const MOST_KEYS = 50_000;

/** Keys of which a statement has to have one: what is looked for broadly may stand there narrowly, too. */
export function keysFor(term: Findable): string[] {
	const narrow = NARROW[term.kind];
	const own = termKey(term);
	return narrow === undefined ? [own] : [own, termKey({ kind: narrow, value: term.value })];
}

const NARROW: Partial<Record<Findable['kind'], Term['kind']>> = {
	'agent-related': 'agent',
	'activity-related': 'activity',
};

/** Keys of everything that a statement by itself is found by. */
export function termKeysOf(statement: unknown): string[] {
	return [...new Set(termsOf(statement).map(termKey))];
}

/** The key by which a client finds what it wrote itself. It is not handed on to who refers to it. */
export function clientKey(clientId: string): string {
	return termKey({ kind: 'client', value: clientId });
}

const addPairs = preparedIn<Promise<unknown>>(
	'insert_statement_terms',
	({ tables: { statementTerms }, lists }, tx) =>
		tx
			.insert(statementTerms)
			.select(lists.pairs(sql.placeholder('pairs')))
			.onConflictDoNothing(),
);

/** Adds to the index what it has not yet. */
export async function addTerms(
	db: Pick<Database, 'tables' | 'lists'>,
	tx: Queries,
	rows: { term: string; seq: number }[],
): Promise<void> {
	if (rows.length === 0) return;
	// In the order of the index, so that neighbours are written together.
	const pairs = rows.map(({ term, seq }) => [term, seq] as const);
	pairs.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
	await addPairs(db, tx, { pairs: JSON.stringify(pairs) });
}

/** Takes statements out of the index. */
export async function removeTerms(
	{ tables: { statementTerms } }: Pick<Database, 'tables'>,
	tx: Queries,
	rows: { seq: number; terms: string[] }[],
): Promise<void> {
	const byTerm = Map.groupBy(
		rows.flatMap(({ seq, terms }) => terms.map((term) => ({ term, seq }))),
		({ term }) => term,
	);
	for (const [term, found] of byTerm) {
		const seqs = found.map(({ seq }) => seq);
		await tx
			.delete(statementTerms)
			.where(and(eq(statementTerms.term, term), inArray(statementTerms.seq, seqs)));
	}
}
