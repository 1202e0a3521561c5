import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { groupsFollowedAlone } from './unattended.ts';

/** What others will miss when a person deletes their account; said to them before. */
export interface Goes {
	/** Certificates that can then no longer be verified. */
	certificates: number;
	/** Groups that lose them as a member. */
	groups: number;
	/** Names of groups that nobody will follow then. */
	unattended: string[];
}

export async function whatGoes(db: Database, userId: string): Promise<Goes> {
	const { certificates, members } = db.tables;
	const [proofs] = await db.read
		.select({ count: count() })
		.from(certificates)
		.where(and(eq(certificates.userId, userId), isNull(certificates.revokedAt)));
	const [groups] = await db.read
		.select({ count: count() })
		.from(members)
		.where(eq(members.userId, userId));
	const alone = await groupsFollowedAlone(db, db.read, userId);
	return {
		certificates: proofs?.count ?? 0,
		groups: groups?.count ?? 0,
		unattended: alone.map(({ name }) => name),
	};
}
