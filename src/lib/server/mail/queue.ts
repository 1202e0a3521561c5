import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Composed } from './compose.ts';
import { CONNECTIONS, type Mailer } from './mailer.ts';
import { troubleOf, type Trouble } from './trouble.ts';

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

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Letters that are taken in hand at once. */
const BATCH = 20;
/** One letter takes no longer. */
const DEADLINE = 2 * MINUTE;
/** Longer than a batch takes, however slow the mail server is. */
const LEASE = Math.ceil(BATCH / CONNECTIONS) * DEADLINE + 5 * MINUTE;
/** After so many failures it is given up: some three days. */
export const MOST_FAILURES = 15;
/** A link that lets somebody in for an hour is no use after it. */
const USELESS_AFTER: Partial<Record<string, number>> = { reset: 60 * MINUTE };
/** What is said of a letter that this server can no longer read. */
export const UNREADABLE = 'unreadable';

/** Milliseconds before the next try: 1, 2, 4 … minutes, at most 12 hours. */
export function waitAfter(failures: number): number {
	return Math.min(12 * 60, 2 ** (failures - 1)) * MINUTE;
}

export interface Round {
	sent: number;
	/** Not sent, and not tried again. */
	failed: number;
	/** To be tried again. */
	waiting: number;
	/** The mail server takes nothing now: why. */
	away?: Trouble;
}

type Row = Database['tables']['letters']['$inferSelect'];

/**
 * Sends what is due, oldest first, one batch of it. A letter is claimed before it is sent, by moving
 * the time of its next try: another server leaves it alone until then. Should this one die between
 * the mail server's yes and the note of it, the letter is sent again when the claim runs out, under
 * the same Message-ID: twice is better than never.
 */
export async function sendLetters(
	db: Database,
	box: SecretBox,
	mailer: Pick<Mailer, 'send'>,
	{ now = new Date(), goOn = () => true }: { now?: Date; goOn?: () => boolean } = {},
): Promise<Round> {
	const round: Round = { sent: 0, failed: 0, waiting: 0 };
	const claimed = await claim(db, now);
	const next = claimed.values();
	const worker = async () => {
		for (const row of next) {
			if (round.away || !goOn()) await settle(db, row, { dueAt: row.createdAt });
			else await sendOne(db, box, mailer, row, now, round);
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, worker));
	return round;
}

/** @returns letters that are this server's to send until the lease is over */
async function claim(db: Database, now: Date): Promise<Row[]> {
	const { letters } = db.tables;
	const isDue = and(isNull(letters.sentAt), isNull(letters.failedAt), lte(letters.dueAt, now));
	const waiting = await db.read
		.select({ id: letters.id })
		.from(letters)
		.where(isDue)
		.orderBy(asc(letters.dueAt))
		.limit(BATCH);
	if (waiting.length === 0) return [];
	const ids = waiting.map(({ id }) => id);
	const dueAt = new Date(now.getTime() + LEASE);
	return db.tx((tx) =>
		tx
			.update(letters)
			.set({ dueAt })
			.where(and(inArray(letters.id, ids), isDue))
			.returning(),
	);
}

async function sendOne(
	db: Database,
	box: SecretBox,
	mailer: Pick<Mailer, 'send'>,
	row: Row,
	now: Date,
	round: Round,
): Promise<void> {
	const body = read(row, box);
	if (!body) {
		round.failed += 1;
		return settle(db, row, { failedAt: now, trouble: UNREADABLE, body: null });
	}
	try {
		await within(DEADLINE, mailer.send({ ...body, id: row.id, to: row.to, subject: row.subject }));
	} catch (cause) {
		return failed(db, row, troubleOf(cause), now, round);
	}
	round.sent += 1;
	await settle(db, row, { sentAt: now, trouble: null, body: null });
}

function read({ body }: Row, box: SecretBox): Composed | undefined {
	try {
		return JSON.parse(box.open(body ?? '')) as Composed;
	} catch {
		// Sealed by a key that is no more.
		return undefined;
	}
}

async function failed(
	db: Database,
	row: Row,
	trouble: Trouble,
	now: Date,
	round: Round,
): Promise<void> {
	if (trouble.isServers) round.away ??= trouble;
	const failures = row.failures + 1;
	const told = { failures, trouble: trouble.said };
	const dueAt = new Date(now.getTime() + waitAfter(failures));
	const age = now.getTime() - row.createdAt.getTime();
	const isUseless = age >= (USELESS_AFTER[row.kind] ?? Infinity);
	if (trouble.isFinal || isUseless) {
		round.failed += 1;
		return settle(db, row, { ...told, failedAt: now, body: null });
	}
	if (failures >= MOST_FAILURES) {
		// What it says is kept for a while: an administrator who mends the cause may have it sent.
		round.failed += 1;
		return settle(db, row, { ...told, failedAt: now });
	}
	round.waiting += 1;
	return settle(db, row, { ...told, dueAt });
}

async function settle(
	{ tx, tables: { letters } }: Database,
	{ id }: Row,
	set: Partial<Row>,
): Promise<void> {
	await tx((queries) => queries.update(letters).set(set).where(eq(letters.id, id)));
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('The mail server took too long')), milliseconds);
	});
	try {
		await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Envelopes go after 90 days; what given-up letters say, after two weeks. */
export async function sweepLetters(db: Database, now = new Date()): Promise<void> {
	const { letters } = db.tables;
	const ago = (days: number) => new Date(now.getTime() - days * DAY);
	await db.tx(async (tx) => {
		await tx.delete(letters).where(lt(letters.createdAt, ago(90)));
		await tx
			.update(letters)
			.set({ body: null })
			.where(
				and(
					// By their index, and without looking at the same old ones every hour.
					lt(letters.createdAt, ago(14)),
					gte(letters.createdAt, ago(21)),
					isNotNull(letters.failedAt),
					isNotNull(letters.body),
				),
			);
	});
}
