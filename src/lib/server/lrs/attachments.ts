import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import type { Kept } from './store.ts';

/** What came in a part of its own; its hash has been checked. */
export interface Attachment {
	/** Hexadecimal, lower case. */
	sha2: string;
	contentType: string;
	content: Buffer;
}

/** Keeps contents once each, and which statement brought which. */
export async function keepAttachments(
	{ tables: { lrsAttachments, statementAttachments } }: Database,
	tx: Queries,
	kept: Kept[],
	attachments: Attachment[],
	now: Date,
): Promise<void> {
	if (attachments.length === 0) return;
	for (const one of attachments)
		await tx
			.insert(lrsAttachments)
			.values({ ...one, createdAt: now })
			.onConflictDoNothing();
	const brought = new Set(attachments.map(({ sha2 }) => sha2));
	const links = kept.flatMap(({ seq, received: { value } }) =>
		[...hashesIn(value)].filter((sha2) => brought.has(sha2)).map((sha2) => ({ seq, sha2 })),
	);
	if (links.length > 0) await tx.insert(statementAttachments).values(links).onConflictDoNothing();
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
