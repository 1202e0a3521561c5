import { createHmac } from 'node:crypto';
import { and, count, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import { createSession, readSession, type Session } from '../auth/sessions.ts';
import type { Database, Queries } from '../db/database.ts';
import { closedBecause, isToken, type Dispatch } from './dispatches.ts';

/** What the player sends to begin: what the package and the LMS told it. */
export const launch = v.strictObject({
	token: v.pipe(v.string(), v.maxLength(100)),
	/** What the LMS calls the learner; "SCORM Run-Time Environment" 2004 allows 4,000 characters. */
	learner: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(4000)),
	/** Only to look: nothing is recorded, and no seat is taken. */
	look: v.boolean(),
	language: v.picklist(LANGUAGES),
});
export type Launch = v.InferOutput<typeof launch>;

export type Closed = 'wrong-token' | 'revoked' | 'expired' | 'full' | 'barred';

export interface Seat {
	userId: string;
	/** Absent for somebody who only looks. */
	session?: Session;
}

/** An embedded session lasts a working day; in use it is prolonged, and a launch begins a new one. */
const LASTING = 12 * 60 * 60 * 1000;

/**
 * Lets a learner in: their own seat when they were here before, else a free one.
 *
 * @returns null for somebody new who only looks
 */
export async function takeSeat(
	db: Database,
	dispatch: Dispatch,
	{ token, learner: named, look, language }: Launch,
	now = new Date(),
): Promise<Seat | null | { closed: Closed }> {
	if (!isToken(dispatch, token)) return { closed: 'wrong-token' };
	const learner = pseudonym(token, named);
	const { dispatches, seats, users } = db.tables;
	return db.tx(async (tx) => {
		// Locks the row, so that two learners cannot take the last seat at once.
		const [current] = await tx
			.update(dispatches)
			.set({ usedAt: now })
			.where(eq(dispatches.id, dispatch.id))
			.returning();
		const closed = closedBecause(current!, now);
		if (closed) return { closed };
		const at = and(eq(seats.dispatchId, dispatch.id), eq(seats.learner, learner));
		const [known] = await tx
			.select({ user: users })
			.from(seats)
			.innerJoin(users, eq(users.id, seats.userId))
			.where(at);
		if (known && !isOnlyHere(known.user)) return { closed: 'barred' as const };
		if (look) return known ? { userId: known.user.id } : null;
		if (!known && (await isFull(db, tx, current!))) return { closed: 'full' as const };
		const userId = known?.user.id ?? crypto.randomUUID();
		const user = { id: userId, isGuest: true };
		if (known) await tx.update(seats).set({ lastSeenAt: now }).where(at);
		else {
			await tx
				.insert(users)
				.values({ ...user, name: '', role: 'learner', language, createdAt: now });
			await tx.insert(seats).values({
				dispatchId: dispatch.id,
				learner,
				userId,
				firstSeenAt: now,
				lastSeenAt: now,
			});
		}
		return { userId, session: await createSession(tx, db.tables, user, now, LASTING) };
	});
}

async function isFull(db: Database, tx: Queries, { id, seats: most }: Dispatch): Promise<boolean> {
	if (most === null) return false;
	const { seats } = db.tables;
	const [taken] = await tx.select({ count: count() }).from(seats).where(eq(seats.dispatchId, id));
	return (taken?.count ?? 0) >= most;
}

/** Whoever got an account or was shut out is not to be let in on an LMS's word. */
function isOnlyHere(user: { isGuest: boolean; role: string; disabledAt: Date | null }): boolean {
	return user.isGuest && user.role === 'learner' && !user.disabledAt;
}

/**
 * The learner as we know them. LMSs name people by staff numbers or e-mail addresses, which are soon
 * guessed: a plain hash would tell who they are, one keyed by the token does not.
 */
function pseudonym(token: string, learner: string): string {
	return createHmac('sha256', token).update(learner).digest('base64url');
}

/**
 * Whose embedded session a token opens, in a dispatch; undefined when it opens none there, `closed`
 * when the dispatch itself is.
 */
export async function seatOf(
	db: Database,
	dispatch: Dispatch,
	token: string | undefined,
	now = new Date(),
): Promise<{ userId: string } | { closed: Closed } | undefined> {
	const closed = closedBecause(dispatch, now);
	if (closed) return { closed };
	const found = await readSession(db, token, now, LASTING);
	if (!found) return undefined;
	const { seats } = db.tables;
	const [seat] = await db.read
		.select({ userId: seats.userId })
		.from(seats)
		.where(and(eq(seats.dispatchId, dispatch.id), eq(seats.userId, found.user.id)));
	return seat;
}
