import { and, count, desc, eq, isNull, like, ne, or } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import type { Database, Queries } from '../db/database.ts';
import { ROLES, type Role } from '../db/schema.ts';
import type { Outcome } from './outcome.ts';
import { endAllSessions, type SessionUser } from './sessions.ts';

/** What the administrator's forms send. */
export const peopleForms = {
	role: v.object({ id: v.string(), role: v.picklist(ROLES) }),
	person: v.object({ id: v.string() }),
};

export interface Person {
	id: string;
	name: string;
	email: string | null;
	role: Role;
	createdAt: Date;
	disabledAt: Date | null;
}

/** Educators and administrators: who may fetch packages, and look at them. */
export function mayTeach({ role, isGuest }: Pick<SessionUser, 'role' | 'isGuest'>): boolean {
	return !isGuest && role !== 'learner';
}

const PAGE = 25;

/** People with accounts, newest first, found by part of a name or address. */
export async function listPeople(
	db: Database,
	search: string,
	page: number,
): Promise<{ people: Person[]; total: number; pages: number }> {
	const { users } = db.tables;
	const part = `%${search.trim().toLowerCase().replaceAll(/[%_]/g, '')}%`;
	const where = and(
		eq(users.isGuest, false),
		search.trim() ? or(like(users.email, part), like(users.name, `%${search.trim()}%`)) : undefined,
	);
	const { id, name: fullName, email: address, role, createdAt, disabledAt } = users;
	const people = await db.read
		.select({ id, name: fullName, email: address, role, createdAt, disabledAt })
		.from(users)
		.where(where)
		.orderBy(desc(users.createdAt))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const [counted] = await db.read.select({ total: count() }).from(users).where(where);
	const total = counted?.total ?? 0;
	return { people, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
}

export async function setRole(
	db: Database,
	{ id, role }: { id: string; role: Role },
): Promise<Outcome<{ done: true }>> {
	return db.tx(async (tx) => {
		if (role !== 'administrator' && (await isLastAdministrator(db, tx, id)))
			return { refused: m.admin_last() };
		await tx.update(db.tables.users).set({ role }).where(eq(db.tables.users.id, id));
		return { done: true };
	});
}

/** Shuts a person out at once, or lets them in again. Nothing of theirs is lost. */
export async function setDisabled(
	db: Database,
	id: string,
	disabled: boolean,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	return db.tx(async (tx) => {
		if (disabled && (await isLastAdministrator(db, tx, id))) return { refused: m.admin_last() };
		const disabledAt = disabled ? now : null;
		await tx.update(db.tables.users).set({ disabledAt }).where(eq(db.tables.users.id, id));
		if (disabled) await endAllSessions(tx, db.tables, id);
		return { done: true };
	});
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
