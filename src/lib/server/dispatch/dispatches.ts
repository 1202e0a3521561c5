import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { count, desc, eq } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import { note } from '../audit.ts';
import { forget } from '../auth/forget.ts';
import type { Database } from '../db/database.ts';
import type { SecretBox } from '../secret-box.ts';

/** What an administrator decides about a dispatch. */
export interface NewDispatch {
	/** Whom it is for. */
	name: string;
	course: string;
	languages: Language[];
	/** The most learners; null for as many as come. */
	seats: number | null;
	expiresAt: Date | null;
	/** The origins whose pages may frame the course; empty for any by https. */
	origins: string[];
}

export type Dispatch = Database['tables']['dispatches']['$inferSelect'];

/**
 * Makes a dispatch. The token is random, not derived from the server's key: packages that are out
 * keep working when that key is lost. The database holds its hash, to check it, and the token sealed,
 * so that the package can be downloaded again.
 */
export async function createDispatch(
	db: Database,
	box: SecretBox,
	wanted: NewDispatch,
	createdBy: string | null,
	now = new Date(),
): Promise<{ id: string; token: string }> {
	const id = randomBytes(12).toString('base64url');
	const token = randomBytes(24).toString('base64url');
	await db.tx(async (tx) => {
		await tx.insert(db.tables.dispatches).values({
			...wanted,
			id,
			tokenHash: hash(token),
			tokenSealed: box.seal(token),
			createdBy,
			createdAt: now,
		});
		const { course, seats } = wanted;
		const details = { course, ...(seats === null ? {} : { seats }) };
		const actor = createdBy;
		await note(db, tx, { actor, action: 'dispatch.created', on: ['dispatch', id], details }, now);
	});
	return { id, token };
}

export async function findDispatch(db: Database, id: string): Promise<Dispatch | undefined> {
	const { dispatches } = db.tables;
	const [found] = await db.read.select().from(dispatches).where(eq(dispatches.id, id));
	return found;
}

/** All of them, newest first, with how many learners have come by each. */
export async function listDispatches(db: Database) {
	const { dispatches, seats } = db.tables;
	const all = await db.read.select().from(dispatches).orderBy(desc(dispatches.createdAt));
	const taken = await db.read
		.select({ id: seats.dispatchId, count: count() })
		.from(seats)
		.groupBy(seats.dispatchId);
	const counts = new Map(taken.map((one) => [one.id, one.count]));
	return all.map(({ tokenHash: _hash, tokenSealed: _sealed, ...one }) => ({
		...one,
		taken: counts.get(one.id) ?? 0,
	}));
}

/** Nobody can open it any more; what learners have done stays. */
export async function revokeDispatch(
	db: Database,
	id: string,
	actor: string | null,
	now = new Date(),
): Promise<void> {
	const { dispatches } = db.tables;
	await db.tx(async (tx) => {
		const done = await tx
			.update(dispatches)
			.set({ revokedAt: now })
			.where(eq(dispatches.id, id))
			.returning({ id: dispatches.id });
		if (done.length === 0) return;
		const details = { revoked: true };
		await note(db, tx, { actor, action: 'dispatch.changed', on: ['dispatch', id], details }, now);
	});
}

/** Deletes every learner who came by a dispatch and all that is on record of them; it is revoked, too. */
export async function deleteLearners(
	db: Database,
	id: string,
	actor: string | null,
	now = new Date(),
): Promise<void> {
	const { dispatches, seats } = db.tables;
	await db.tx(async (tx) => {
		const done = await tx
			.update(dispatches)
			.set({ revokedAt: now })
			.where(eq(dispatches.id, id))
			.returning({ id: dispatches.id });
		const theirs = await tx
			.select({ id: seats.userId })
			.from(seats)
			.where(eq(seats.dispatchId, id));
		await forget(
			db,
			tx,
			theirs.map((seat) => seat.id),
		);
		if (done.length === 0) return;
		const details = { revoked: true, learnersDeleted: theirs.length };
		await note(db, tx, { actor, action: 'dispatch.changed', on: ['dispatch', id], details }, now);
	});
}

/** Why a dispatch opens nothing just now. */
export function closedBecause(
	{ revokedAt, expiresAt }: Pick<Dispatch, 'revokedAt' | 'expiresAt'>,
	now = new Date(),
): 'revoked' | 'expired' | undefined {
	if (revokedAt) return 'revoked';
	return expiresAt && expiresAt <= now ? 'expired' : undefined;
}

export function isToken({ tokenHash }: Pick<Dispatch, 'tokenHash'>, token: string): boolean {
	const [left, right] = [Buffer.from(tokenHash), Buffer.from(hash(token))];
	return left.length === right.length && timingSafeEqual(left, right);
}

function hash(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}
