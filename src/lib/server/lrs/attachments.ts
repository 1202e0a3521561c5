import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Database, Queries, Tables } from '../db/database.ts';
import { inserter } from '../db/insert-many.ts';
import type { Kept } from './store.ts';

/** What came in a part of its own; its hash has been checked. */
export interface Attachment {
	/** Hexadecimal, lower case. */
	sha2: string;
	contentType: string;
	content: Buffer;
}

/** A request with many of them links each of its statements with many. */
const insertLinks = inserter(
	'insert_statement_attachments',
	'statementAttachments',
	['seq', 'sha2'],
	[],
);

/** Keeps contents once each, and which statement brought which. */
export async function keepAttachments(
	{ tables }: Database,
	tx: Queries,
	kept: Kept[],
	attachments: Attachment[],
	now: Date,
): Promise<void> {
	if (attachments.length === 0) return;
	// In one order, so that no two transactions wait for each other.
	const inOrder = attachments.toSorted((one, other) => (one.sha2 < other.sha2 ? -1 : 1));
	for (const one of inOrder)
		await tx
			.insert(tables.lrsAttachments)
			.values({ ...one, createdAt: now })
			.onConflictDoNothing();
	const brought = new Set(attachments.map(({ sha2 }) => sha2));
	const links = kept.flatMap(({ seq, received: { value } }) =>
		[...hashesIn(value)].filter((sha2) => brought.has(sha2)).map((sha2) => ({ seq, sha2 })),
	);
	await insertLinks({ tables }, tx, links);
}

/** How many one query names: engines take so many parameters and no more. */
const FEW = 500;

/**
 * Deletes what came with people's statements along with these. Nobody may be storing statements
 * meanwhile (`db.hold`): they could name what is about to go.
 *
 * @param work deletes the statements
 */
export async function withAttachmentsOf(
	{ tables }: Pick<Database, 'tables'>,
	tx: Queries,
	userIds: string[],
	work: () => Promise<unknown>,
): Promise<void> {
	const { statements, statementAttachments } = tables;
	const brought = await tx
		.selectDistinct({ sha2: statementAttachments.sha2 })
		.from(statementAttachments)
		.innerJoin(statements, eq(statements.seq, statementAttachments.seq))
		.where(inArray(statements.userId, userIds));
	await work();
	const hashes = brought.map(({ sha2 }) => sha2);
	for (let from = 0; from < hashes.length; from += FEW)
		await dropUnnamed({ tables }, tx, hashes.slice(from, from + FEW));
}

/**
 * Deletes attachments that no statement names any more.
 *
 * @param among their hashes; all attachments where it is absent
 * @returns how many
 */
export async function dropUnnamed(
	{ tables: { lrsAttachments, statementAttachments } }: Pick<Database, 'tables'>,
	tx: Queries,
	among?: string[],
): Promise<number> {
	const { sha2 } = lrsAttachments;
	const gone = await tx
		.delete(lrsAttachments)
		.where(
			and(among && inArray(sha2, among), isUnnamed({ lrsAttachments, statementAttachments }, tx)),
		)
		.returning({ sha2 });
	return gone.length;
}

function isUnnamed(
	{ lrsAttachments, statementAttachments }: Pick<Tables, 'lrsAttachments' | 'statementAttachments'>,
	queries: Queries,
) {
	const named = queries
		.select({ one: sql`1` })
		.from(statementAttachments)
		.where(eq(statementAttachments.sha2, lrsAttachments.sha2));
	return notExists(named);
}

/** Every attachment that a statement names, also that of its sub-statement. */
export function attachmentsOf(statement: unknown): Record<string, unknown>[] {
	const { attachments, object } = (statement ?? {}) as Record<string, unknown>;
	const own = Array.isArray(attachments) ? (attachments as Record<string, unknown>[]) : [];
	const isSub = (object as { objectType?: unknown } | undefined)?.objectType === 'SubStatement';
	return isSub ? [...own, ...attachmentsOf(object)] : own;
}

/** Their hashes, in lower case. */
export function hashesIn(statement: unknown): Set<string> {
	return new Set(attachmentsOf(statement).map(({ sha2 }) => String(sha2).toLowerCase()));
}

/** What came with statements, each content once. */
export async function attachmentsWith(db: Database, seqs: number[]): Promise<Attachment[]> {
	if (seqs.length === 0) return [];
	const { lrsAttachments, statementAttachments } = db.tables;
	const { sha2, contentType, content } = lrsAttachments;
	const named = db.read
		.selectDistinct({ sha2: statementAttachments.sha2 })
		.from(statementAttachments)
		.where(inArray(statementAttachments.seq, seqs));
	return db.read
		.select({ sha2, contentType, content })
		.from(lrsAttachments)
		.where(inArray(sha2, named));
}

/** Bytes of what came with each of some statements, by its number; absent where nothing did. */
export async function attachedBytes(db: Database, seqs: number[]): Promise<Map<number, number>> {
	if (seqs.length === 0) return new Map();
	const { lrsAttachments, statementAttachments } = db.tables;
	const rows = await db.read
		.select({
			seq: statementAttachments.seq,
			bytes: sql<number>`sum(length(${lrsAttachments.content}))`.mapWith(Number),
		})
		.from(statementAttachments)
		.innerJoin(lrsAttachments, eq(lrsAttachments.sha2, statementAttachments.sha2))
		.where(inArray(statementAttachments.seq, seqs))
		.groupBy(statementAttachments.seq);
	return new Map(rows.map(({ seq, bytes }) => [seq, bytes]));
}

/**
 * Deletes, after the server's start, what versions before this one left of people whose statements were
 * deleted with their account.
 */
export async function sweepAttachments(db: Database): Promise<number> {
	const { lrsAttachments } = db.tables;
	const { sha2 } = lrsAttachments;
	// Mostly nothing is left, and nobody has to wait.
	const [left] = await db.read
		.select({ sha2 })
		.from(lrsAttachments)
		.where(isUnnamed(db.tables, db.read))
		.limit(1);
	if (!left) return 0;
	return db.tx(async (tx) => {
		await db.hold(tx, 'statements', 'alone');
		return dropUnnamed(db, tx);
	});
}
