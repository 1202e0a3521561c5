import { and, count, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { compose } from './compose.ts';
import type { Mailer } from './mailer.ts';
import { troubleOf, type Stage } from './trouble.ts';

/** A letter's envelope, as administrators see it. What it says, nobody does. */
export interface Envelope {
	id: string;
	to: string;
	kind: string;
	at: Date;
	failures: number;
	trouble: string | null;
	/** Whether there is still something to send. */
	canRetry: boolean;
}

export interface QueueView {
	waiting: number;
	/** In the last 90 days, as older ones are forgotten. */
	failed: number;
	/** Those that have been tried and wait to be tried again first; `at` is when. */
	next: Envelope[];
	/** Given up last. */
	gaveUp: Envelope[];
	/** Sent last. */
	sent: Envelope[];
}

const SHOWN = 20;

/** What waits, what could not be sent and why, and what went out last. */
export async function viewQueue({ read, tables }: Database): Promise<QueueView> {
	const { letters } = tables;
	const isWaiting = and(isNull(letters.sentAt), isNull(letters.failedAt));
	const total = async (where: typeof isWaiting) =>
		(await read.select({ total: count() }).from(letters).where(where))[0]?.total ?? 0;
	const { id, to, kind, failures, trouble, body } = letters;
	const columns = { id, to, kind, failures, trouble, body };
	const shown = (rows: (Omit<Envelope, 'canRetry'> & { body: string | null })[]): Envelope[] =>
		rows.map(({ body: said, ...row }) => ({ ...row, canRetry: said !== null }));
	const next = await read
		.select({ ...columns, at: letters.dueAt })
		.from(letters)
		.where(isWaiting)
		.orderBy(desc(letters.failures), letters.dueAt)
		.limit(SHOWN);
	const gaveUp = await read
		.select({ ...columns, at: letters.createdAt })
		.from(letters)
		.where(isNotNull(letters.failedAt))
		.orderBy(desc(letters.createdAt))
		.limit(SHOWN);
	const sent = await read
		.select({ ...columns, at: letters.createdAt })
		.from(letters)
		.where(isNotNull(letters.sentAt))
		.orderBy(desc(letters.createdAt))
		.limit(SHOWN);
	return {
		waiting: await total(isWaiting),
		failed: await total(isNotNull(letters.failedAt)),
		next: shown(next),
		gaveUp: shown(gaveUp),
		sent: shown(sent),
	};
}

/** Has a letter tried again now; one that was given up, too, while it is known what it says. */
export async function tryAgain(
	{ tx, tables: { letters } }: Database,
	id: string,
	now = new Date(),
): Promise<void> {
	await tx((queries) =>
		queries
			.update(letters)
			.set({ dueAt: now, failedAt: null, failures: 0 })
			.where(and(eq(letters.id, id), isNull(letters.sentAt), isNotNull(letters.body))),
	);
}

/** The same for everything that waits to be tried again, once the cause is mended. */
export async function tryAllAgain({ tx, tables: { letters } }: Database, now = new Date()) {
	await tx((queries) =>
		queries
			.update(letters)
			.set({ dueAt: now, failedAt: null, failures: 0 })
			.where(
				and(
					isNull(letters.sentAt),
					isNotNull(letters.body),
					or(isNotNull(letters.failedAt), gt(letters.failures, 0)),
				),
			),
	);
}

/** How a test letter fared. */
export type Tried =
	/** The server's own words; empty where letters go to files. */
	{ answer: string } | { stage: Stage; said: string };

/** Sends a letter at once to who asks for it, and tells how far the conversation came. */
export async function sendTestLetter(
	db: Database,
	mailer: Mailer,
	admin: { id: string; email: string },
	locale: Language,
): Promise<Tried> {
	const letter = compose({
		locale,
		subject: m.mail_test_subject({}, { locale }),
		paragraphs: [m.mail_hello({}, { locale }), m.mail_test_text({}, { locale })],
	});
	let tried: Tried;
	try {
		tried = { answer: await mailer.attempt({ ...letter, to: admin.email }) };
	} catch (cause) {
		const { stage, said } = troubleOf(cause);
		tried = { stage, said };
	}
	const details = 'stage' in tried ? { stage: tried.stage } : {};
	await db.tx((tx) =>
		note(db, tx, { actor: admin.id, action: 'mail.tested', on: ['mail', 'smtp'], details }),
	);
	return tried;
}
