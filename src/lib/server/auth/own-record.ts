import { and, asc, eq, gt, like, lte, max, or, sql } from 'drizzle-orm';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { isOfOpenTest, openTests, withoutOpenResult, type Statement } from './open-tests.ts';
import type { Own } from './own-data.ts';

/*
 * What is on record about a person and may be long: read a page at a time, so that the export of
 * somebody who has done much needs no more memory than that of others.
 */

/** Rows. */
const PAGE = 500;

export async function* eventsOf({ db, id }: Own) {
	const { events } = db.tables;
	const open = await openTests(db, id);
	const { id: eventId, userId, at, receivedAt, body, earned, possible } = events;
	let last: { at: string; id: string } | undefined;
	for (;;) {
		const rows = await db.read
			.select({ id: eventId, at, receivedAt, body, earned, possible })
			.from(events)
			.where(
				and(
					eq(userId, id),
					last && or(gt(at, last.at), and(eq(at, last.at), gt(eventId, last.id))),
				),
			)
			.orderBy(asc(at), asc(eventId))
			.limit(PAGE);
		for (const {
			id: own,
			receivedAt: received,
			body: event,
			earned: points,
			possible: of,
		} of rows) {
			const isOpen = isOfOpenTest(open, event as LearnerEvent);
			yield {
				...{ id: own, ...(event as object) },
				receivedAt: received,
				...(points === null || isOpen ? {} : { earned: points, possible: of }),
			};
		}
		last = rows.at(-1);
		if (rows.length < PAGE) return;
	}
}

export async function* statementsAbout({ db, id }: Own) {
	const { statements } = db.tables;
	const open = await openTests(db, id);
	let last = 0;
	for (;;) {
		const rows = await db.read
			.select()
			.from(statements)
			.where(and(eq(statements.userId, id), gt(statements.seq, last)))
			.orderBy(asc(statements.seq))
			.limit(PAGE);
		for (const { course, storedAt, body } of rows)
			yield {
				storedAt,
				statement: withoutOpenResult(open, course, JSON.parse(body) as Statement),
			};
		if (rows.length < PAGE) return;
		last = rows.at(-1)!.seq;
	}
}

/** The log is long and kept by time: so many of its rows are looked through at once. */
const WINDOW = 20_000;

/** What the person did, what was done to them, and where the log else mentions them. */
export async function* deedsOf({ db: { read, tables }, id }: Own) {
	const { audit } = tables;
	const [end] = await read.select({ seq: max(audit.seq) }).from(audit);
	const mentions = like(sql`cast(${audit.details} as text)`, `%${id}%`);
	for (let from = 0; from < (end?.seq ?? 0); from += WINDOW) {
		const rows = await read
			.select()
			.from(audit)
			.where(
				and(
					gt(audit.seq, from),
					lte(audit.seq, from + WINDOW),
					or(eq(audit.actor, id), eq(audit.subjectId, id), mentions),
				),
			)
			.orderBy(asc(audit.seq));
		for (const { seq: _seq, details, ...row } of rows) {
			// Where they are only mentioned, others may be, too.
			const isTheirs = row.actor === id || row.subjectId === id;
			yield isTheirs ? { ...row, details } : row;
		}
	}
}
