import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database, Queries, Tables } from '../db/database.ts';

/** Links that work once: `id.secret` in the address, only the SHA-256 of the secret on record. */
export type Purpose = 'setup' | 'reset';

const HOUR = 60 * 60 * 1000;
const LIFETIME: Record<Purpose, number> = { setup: 7 * 24 * HOUR, reset: HOUR };

/**
 * Makes a token and drops the unused ones of the same purpose and person.
 *
 * @param lasting milliseconds
 */
export async function createToken(
	tx: Queries,
	{ tokens }: Tables,
	purpose: Purpose,
	userId: string | null,
	now = new Date(),
	lasting = LIFETIME[purpose],
): Promise<string> {
	const whose = userId === null ? isNull(tokens.userId) : eq(tokens.userId, userId);
	await tx.delete(tokens).where(and(eq(tokens.purpose, purpose), whose, isNull(tokens.usedAt)));
	const id = randomBytes(9).toString('base64url');
	const secret = randomBytes(24).toString('base64url');
	await tx.insert(tokens).values({
		id,
		userId,
		purpose,
		secretHash: hash(secret),
		createdAt: now,
		expiresAt: new Date(now.getTime() + lasting),
	});
	return `${id}.${secret}`;
}

/** Whose token it is; undefined for every failure: malformed, unknown, forged, used, expired. */
export async function readToken(
	db: Pick<Database, 'tables'> & { read: Queries },
	purpose: Purpose,
	token: string,
	now = new Date(),
): Promise<{ id: string; userId: string | null } | undefined> {
	const [id, secret, rest] = token.split('.');
	if (!id || !secret || rest !== undefined) return undefined;
	const { tokens } = db.tables;
	const [row] = await db.read.select().from(tokens).where(eq(tokens.id, id));
	if (!row || row.purpose !== purpose) return undefined;
	if (!sameHash(row.secretHash, hash(secret))) return undefined;
	if (row.usedAt || row.expiresAt <= now) return undefined;
	return { id, userId: row.userId };
}

/** Uses a token up, in the transaction that does what it allows; undefined when it is no good. */
export async function useToken(
	tx: Queries,
	tables: Tables,
	purpose: Purpose,
	token: string,
	now = new Date(),
): Promise<{ userId: string | null } | undefined> {
	const found = await readToken({ tables, read: tx }, purpose, token, now);
	if (!found) return undefined;
	// Two at the same moment: only one of them finds it unused.
	const used = await tx
		.update(tables.tokens)
		.set({ usedAt: now })
		.where(and(eq(tables.tokens.id, found.id), isNull(tables.tokens.usedAt)))
		.returning({ id: tables.tokens.id });
	return used.length > 0 ? { userId: found.userId } : undefined;
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}

function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
