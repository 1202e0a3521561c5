import { and, asc, count, desc, eq, inArray, isNotNull, isNull, like, or, sql } from 'drizzle-orm';
import type { Column, SQL } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../db/database.ts';
import { ROLES, type Role } from '../db/schema.ts';

/** Which people are asked for, as the address of the list says it. What it does not know is left out. */
export const peopleQuery = v.object({
	q: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''),
	role: v.fallback(v.picklist(['', ...ROLES]), ''),
	state: v.fallback(v.picklist(['', 'disabled', 'active']), ''),
	page: v.fallback(
		v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/), v.transform(Number), v.integer()),
		1,
	),
});
export type PeopleQuery = v.InferOutput<typeof peopleQuery>;

export interface Person {
	id: string;
	name: string;
	email: string | null;
	role: Role;
	createdAt: Date;
	disabledAt: Date | null;
	/** Has chosen a password. */
	hasPassword: boolean;
	/** Where they teach, by name; archived ones included. */
	organisations: string[];
}

export const PAGE = 25;

/** People with accounts, newest first, found by part of a name or address. */
export async function listPeople(
	db: Database,
	{ q = '', role = '', state = '', page = 1 }: Partial<PeopleQuery>,
): Promise<{ people: Person[]; total: number; pages: number }> {
	const { users } = db.tables;
	const where = and(
		eq(users.isGuest, false),
		role === '' ? undefined : eq(users.role, role),
		state === '' ? undefined : (state === 'disabled' ? isNotNull : isNull)(users.disabledAt),
		q === '' ? undefined : named(db, q),
	);
	const rows = await db.read
		.select()
		.from(users)
		.where(where)
		.orderBy(desc(users.createdAt), asc(users.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const [counted] = await db.read.select({ total: count() }).from(users).where(where);
	const total = counted?.total ?? 0;
	const teaching = await organisationNames(
		db,
		rows.map((row) => row.id),
	);
	const people = rows.map(
		({ id, name, email, role: own, createdAt, disabledAt, passwordHash }): Person => ({
			id,
			name,
			email,
			role: own,
			createdAt,
			disabledAt,
			hasPassword: passwordHash !== null,
			organisations: teaching.get(id) ?? [],
		}),
	);
	return { people, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
}

/** Part of a name or of an address. */
export function named({ tables: { users } }: Pick<Database, 'tables'>, text: string) {
	return or(like(users.email, `%${plain(text.toLowerCase())}%`), holds(users.name, text));
}

/**
 * SQLite knows upper and lower case of A to Z only, so that other letters are asked for in each way in
 * which they stand in names: as typed, at the beginning of a word, in capitals.
 */
export function holds(column: Column, text: string): SQL | undefined {
	const lower = plain(text.toLowerCase());
	const capital = (letter: string) => letter.toUpperCase();
	const beginning = lower.replaceAll(/(?<![\p{L}\p{N}])[^\p{ASCII}]/gu, capital);
	const variants = new Set([lower, beginning, lower.replaceAll(/[^\p{ASCII}]/gu, capital)]);
	return or(...[...variants].map((one) => sql`lower(${column}) like ${`%${one}%`}`));
}

/** Whoever writes a percent sign means none of them. `_` stands for one letter, itself among them. */
function plain(text: string): string {
	return text.replaceAll(/[%\\]/g, '');
}

async function organisationNames(db: Database, ids: string[]): Promise<Map<string, string[]>> {
	if (ids.length === 0) return new Map();
	const { educators, organisations } = db.tables;
	const rows = await db.read
		.select({ userId: educators.userId, name: organisations.name })
		.from(educators)
		.innerJoin(organisations, eq(organisations.id, educators.organisationId))
		.where(inArray(educators.userId, ids))
		.orderBy(asc(organisations.name));
	const byPerson = Map.groupBy(rows, (row) => row.userId);
	return new Map([...byPerson].map(([id, all]) => [id, all.map((one) => one.name)]));
}
