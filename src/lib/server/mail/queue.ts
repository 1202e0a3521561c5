import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Composed } from './compose.ts';
import type { Mailer } from './mailer.ts';

/** What letters are about. */
export type LetterKind =
	'reset' | 'practice' | 'invitation' | 'assignment' | 'reminder' | 'certificate' | 'test';

export interface Outgoing extends Composed {
	to: string;
	/** Whose it is, where that is somebody with an account: it goes when they do. */
	userId?: string | null;
	kind: LetterKind;
}

/**
 * Puts a letter into the queue, in the transaction that gives reason for it: either both are on
 * record or neither. What it says is encrypted, as it may hold a link that lets somebody in.
 */
export async function enqueue(
	{ tables }: Pick<Database, 'tables'>,
	tx: Queries,
	box: SecretBox,
	letters: Outgoing[],
	now = new Date(),
): Promise<void> {
	const rows = letters.map(({ to, userId, kind, subject, ...body }) => ({
		id: crypto.randomUUID(),
		userId: userId ?? null,
		to,
		kind,
		subject,
		body: box.seal(JSON.stringify(body)),
		createdAt: now,
		dueAt: now,
		failures: 0,
	}));
	// SQLite takes so many values in one statement, and no more.
	for (let from = 0; from < rows.length; from += 500)
		await tx.insert(tables.letters).values(rows.slice(from, from + 500));
}

/**
 * Sends what is due, oldest first.
 *
 * @returns how many were sent
 */
export async function sendLetters(
	db: Database,
	box: SecretBox,
	mailer: Mailer,
	now = new Date(),
): Promise<number> {
	const { letters } = db.tables;
	const waiting = await db.read
		.select()
		.from(letters)
		.where(and(isNull(letters.sentAt), isNull(letters.failedAt), lte(letters.dueAt, now)))
		.orderBy(asc(letters.dueAt))
		.limit(100);
	let sent = 0;
	for (const { id, to, subject, body } of waiting) {
		if (body === null) continue;
		await mailer.send({ ...(JSON.parse(box.open(body)) as Composed), to, subject });
		await db.tx((tx) =>
			tx.update(letters).set({ sentAt: now, body: null }).where(eq(letters.id, id)),
		);
		sent += 1;
	}
	return sent;
}
