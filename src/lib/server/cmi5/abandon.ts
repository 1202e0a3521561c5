import { and, eq, isNull, lt } from 'drizzle-orm';
import { abandoned } from '#lib/cmi5/lms-statements.ts';
import type { Database, Queries } from '../db/database.ts';
import { sayAll } from './say.ts';
import { askingOf } from './sessions.ts';

type Row = Database['tables']['cmi5Sessions']['$inferSelect'];

/** After so long without a word from a unit, its learner has left. */
export const SILENCE = 2 * 60 * 60 * 1000;

/**
 * Ends a session that is open, and says so; whoever ended it before has said so.
 *
 * @param unless does not end it where it was heard of since then
 * @returns whether it did
 */
export async function abandon(
	db: Database,
	tx: Queries,
	session: Row,
	userId: string,
	now: Date,
	unless?: Date,
): Promise<boolean> {
	const { cmi5Sessions, cmi5Registrations } = db.tables;
	const [ended] = await tx
		.update(cmi5Sessions)
		.set({ ended: 'abandoned', endedAt: now })
		.where(
			and(
				eq(cmi5Sessions.id, session.id),
				isNull(cmi5Sessions.endedAt),
				unless && lt(cmi5Sessions.seenAt, unless),
			),
		)
		.returning();
	const [registration] = await tx
		.select()
		.from(cmi5Registrations)
		.where(eq(cmi5Registrations.id, session.registrationId));
	if (!ended || !registration) return false;
	const { launchedAt, statedAt } = ended;
	const seconds = ((statedAt ?? launchedAt).getTime() - launchedAt.getTime()) / 1000;
	const saying = {
		id: crypto.randomUUID(),
		at: now.toISOString(),
		session: askingOf(ended, registration),
	};
	await sayAll(db, tx, userId, [abandoned(saying, seconds)]);
	return true;
}

/** Sessions in one round. */
const MOST = 200;

/**
 * Ends sessions in which nothing was heard for long.
 *
 * @returns how many
 */
export async function abandonSilent(db: Database, now = new Date()): Promise<number> {
	const { cmi5Sessions, cmi5Registrations } = db.tables;
	const long = new Date(now.getTime() - SILENCE);
	const found = await db.read
		.select({ session: cmi5Sessions, userId: cmi5Registrations.userId })
		.from(cmi5Sessions)
		.innerJoin(cmi5Registrations, eq(cmi5Registrations.id, cmi5Sessions.registrationId))
		.where(and(isNull(cmi5Sessions.endedAt), lt(cmi5Sessions.seenAt, long)))
		.limit(MOST);
	let ended = 0;
	// Each by itself, so that nobody waits for one while keeping another waiting.
	for (const { session, userId } of found)
		await db.tx(async (tx) => {
			await db.hold(tx, 'statements', 'shared');
			if (await abandon(db, tx, session, userId, now, long)) ended += 1;
		});
	return ended;
}
