import { eq, inArray, or } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { forgetDocuments } from '../cmi5/traces.ts';
import { withAttachmentsOf } from '../lrs/attachments.ts';
import { unindexOwn } from '../lrs/own-index.ts';

/**
 * Deletes people with everything of theirs, in the transaction that gives reason for it. What refers
 * to a person goes with them, or forgets them, by the database's own rules; letters and invitations
 * to their address are found by it, and what came with their statements goes unless another one has
 * it, too. What stays is the audit log, which knows people by ids only, and
 * what record stores were told before.
 */
export async function forget(
	{ tables, hold }: Pick<Database, 'tables' | 'hold'>,
	tx: Queries,
	ids: string[],
): Promise<void> {
	if (ids.length === 0) return;
	// Before anything that somebody who stores statements waits for.
	await hold(tx, 'statements', 'alone');
	const { invitations, letters, users } = tables;
	const people = await tx.select({ email: users.email }).from(users).where(inArray(users.id, ids));
	const addresses = people.flatMap(({ email }) => email ?? []);
	if (addresses.length > 0) {
		await tx.delete(invitations).where(inArray(invitations.email, addresses));
		await tx.delete(letters).where(or(...addresses.map((address) => eq(letters.to, address))));
	}
	await forgetDocuments({ tables }, tx, ids);
	await unindexOwn({ tables }, tx, ids);
	await withAttachmentsOf({ tables }, tx, ids, () =>
		tx.delete(users).where(inArray(users.id, ids)),
	);
}
