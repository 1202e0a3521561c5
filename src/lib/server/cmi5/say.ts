import type { LmsStatement } from '#lib/cmi5/lms-statements.ts';
import type { Database, Queries } from '../db/database.ts';
import { indexOwn } from '../lrs/own-index.ts';

/** Stores what we say as a learning system, in the order given; it goes when the learner is deleted. */
export async function sayAll(
	db: Database,
	tx: Queries,
	userId: string,
	said: LmsStatement[],
): Promise<void> {
	if (said.length === 0) return;
	const { statements } = db.tables;
	await db.hold(tx, 'storing', 'shared');
	// As in `../statements/record.ts`: not when the request came.
	const storedAt = new Date();
	const stored = await tx
		.insert(statements)
		.values(
			said.map((statement) => ({
				...{ id: statement.id, userId, course: '', detail: '' as const, storedAt },
				body: JSON.stringify(statement),
			})),
		)
		.returning({ seq: statements.seq, body: statements.body, storedAt: statements.storedAt });
	await indexOwn(db, tx, stored);
}
