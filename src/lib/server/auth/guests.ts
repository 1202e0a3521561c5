import { and, eq, inArray, notExists } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { forget } from './forget.ts';

/** Guests in one transaction: others want to write, too. */
const FEW = 10;
/** In one sweep; who is left over goes in the next one. */
const MOST = 200;

/**
 * Deletes guests who have no session left, and with it no way back, together with all that they did.
 * Learners of thin packages have no account either, but come back on their LMS's word: they stay
 * until their dispatch is deleted.
 *
 * @returns how many
 */
export async function sweepGuests(db: Database): Promise<number> {
	const { seats, sessions, users } = db.tables;
	// Both are made in one transaction, so that nobody is seen between the one and the other.
	const gone = db.read
		.select({ id: users.id })
		.from(users)
		.where(
			and(
				eq(users.isGuest, true),
				notExists(db.read.select().from(sessions).where(eq(sessions.userId, users.id))),
				notExists(db.read.select().from(seats).where(eq(seats.userId, users.id))),
			),
		)
		.limit(MOST);
	const ids = (await gone).map(({ id }) => id);
	for (let from = 0; from < ids.length; from += FEW)
		await db.tx(async (tx) => {
			// Who registered this very moment has an account now.
			const still = await tx
				.select({ id: users.id })
				.from(users)
				.where(and(inArray(users.id, ids.slice(from, from + FEW)), eq(users.isGuest, true)));
			await forget(
				db,
				tx,
				still.map(({ id }) => id),
			);
		});
	return ids.length;
}
