import { and, count, eq, isNull, ne } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import type { SessionUser } from './sessions.ts';

/** Educators and administrators: who may fetch packages, and look at them. */
export function mayTeach({ role, isGuest }: Pick<SessionUser, 'role' | 'isGuest'>): boolean {
	return !isGuest && role !== 'learner';
}

/** Administrators who can sign in, perhaps not counting one. */
export async function countAdministrators(
	{ tables: { users } }: Database,
	queries: Queries,
	besides = '',
) {
	const [counted] = await queries
		.select({ total: count() })
		.from(users)
		.where(and(eq(users.role, 'administrator'), isNull(users.disabledAt), ne(users.id, besides)));
	return counted?.total ?? 0;
}

/** Somebody must be able to let the others in. */
export async function isLastAdministrator(db: Database, tx: Queries, id: string): Promise<boolean> {
	const { users } = db.tables;
	const [found] = await tx.select().from(users).where(eq(users.id, id));
	return found?.role === 'administrator' && (await countAdministrators(db, tx, id)) === 0;
}
