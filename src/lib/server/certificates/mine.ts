import { and, desc, eq, isNull } from 'drizzle-orm';
import { readRevocation, readStates, type Shows, type States } from '#lib/certificates/states.ts';
import { newCode } from '#lib/certificates/code.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { isAnythingDue, issueDue, store, successorId, type Certificate } from './issue.ts';

/** A certificate as its holder has it. */
export interface Held extends Omit<Certificate, 'states' | 'revokedBecause'> {
	states: States;
	/** Why it is valid no more; absent while it is. */
	reason?: ReturnType<typeof readRevocation>['reason'];
}

/** Everything that somebody was ever issued, latest first; what they had earned before is issued now. */
export async function certificatesOf(
	db: Database,
	courses: (id: string) => Course | undefined,
	userId: string,
	now = new Date(),
): Promise<Held[]> {
	if (await isAnythingDue(db, userId)) await db.tx((tx) => issueDue(db, tx, courses, userId, now));
	const { certificates } = db.tables;
	const rows = await db.read
		.select()
		.from(certificates)
		.where(eq(certificates.userId, userId))
		.orderBy(desc(certificates.issuedAt), desc(certificates.id));
	return rows.map(held);
}

/** One's own certificate; undefined for anybody else's, and when there is none. */
export async function ownCertificate(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
	id: string,
): Promise<Held | undefined> {
	const { certificates } = db.tables;
	const [row] = await queries
		.select()
		.from(certificates)
		.where(and(eq(certificates.id, id), eq(certificates.userId, userId)));
	return row && held(row);
}

function held({ revokedBecause, ...row }: Certificate): Held {
	const states = readStates(row.states);
	const reason = row.revokedAt ? readRevocation(revokedBecause).reason : undefined;
	return { ...row, states, ...(reason ? { reason } : {}) };
}

/** Sets what others see by the code. @returns false when it is nobody's of that name */
export async function setShows(
	db: Database,
	userId: string,
	id: string,
	shows: Shows,
): Promise<boolean> {
	const { certificates } = db.tables;
	const changed = await db.tx((tx) =>
		tx
			.update(certificates)
			.set({ shows })
			.where(and(eq(certificates.id, id), eq(certificates.userId, userId)))
			.returning({ id: certificates.id }),
	);
	return changed.length > 0;
}

/**
 * Issues a certificate anew in the name that the holder has now. The old one is replaced: its code
 * says so from then on, so that one piece of work never vouches for two names.
 */
export async function reissue(
	db: Database,
	userId: string,
	id: string,
	now = new Date(),
): Promise<Outcome<{ id: string }>> {
	const { certificates, users } = db.tables;
	return db.tx(async (tx) => {
		const old = await ownCertificate(db, tx, userId, id);
		if (!old || old.revokedAt) return { refused: m.certificate_gone() };
		const [user] = await tx.select().from(users).where(eq(users.id, userId));
		const name = user?.name.trim();
		if (!name || name === old.states.learner.name) return { refused: m.certificate_same_name() };
		const replaced = await tx
			.update(certificates)
			.set({ revokedAt: now, revokedBecause: JSON.stringify({ reason: 'replaced' }) })
			.where(and(eq(certificates.id, id), isNull(certificates.revokedAt)))
			.returning({ id: certificates.id });
		if (replaced.length === 0) return { refused: m.certificate_gone() };
		const { reason: _reason, ...row } = old;
		const anew = {
			...row,
			id: successorId(id),
			code: newCode(),
			states: { ...old.states, learner: { name } },
			credential: null,
			issuedAt: now,
		};
		const details = { course: old.course, replaces: id };
		await store(db, tx, anew, { actor: userId, details }, now);
		return { id: anew.id };
	});
}
