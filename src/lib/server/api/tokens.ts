import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Database } from '../db/database.ts';

/*
 * Keys by which other programs read what an educator may see: `id.secret`, shown once, only the
 * SHA-256 of the secret on record. A token has no rights of its own: at every request it has those of
 * its user at that moment.
 */

const DAY = 24 * 60 * 60 * 1000;
/** Days for which a token can be made. */
export const LIFETIMES = ['30', '90', '365'] as const;
/** For each person: more than anybody can keep an eye on. */
export const MOST_TOKENS = 20;

export const tokenForms = {
	make: v.object({
		name: v.pipe(
			v.string(),
			v.trim(),
			v.nonEmpty(() => m.teach_api_name_missing()),
			v.maxLength(80, () => m.teach_api_name_long()),
		),
		days: v.picklist(LIFETIMES, () => m.teach_api_days_unknown()),
	}),
	revoke: v.object({ id: v.pipe(v.string(), v.maxLength(64)) }),
};

/**
 * Makes a token. It is to be had only now.
 *
 * @param days for which it is good
 * @returns undefined when the person has as many as may be
 */
export async function createApiToken(
	db: Database,
	userId: string,
	{ name, days }: { name: string; days: number },
	now = new Date(),
): Promise<{ id: string; token: string } | undefined> {
	const { apiTokens } = db.tables;
	const id = randomBytes(9).toString('base64url');
	const secret = randomBytes(32).toString('base64url');
	const expiresAt = new Date(now.getTime() + days * DAY);
	return db.tx(async (tx) => {
		const theirs = await tx
			.select({ id: apiTokens.id })
			.from(apiTokens)
			.where(eq(apiTokens.userId, userId));
		if (theirs.length >= MOST_TOKENS) return undefined;
		await tx
			.insert(apiTokens)
			.values({ id, userId, name, secretHash: hash(secret), createdAt: now, expiresAt });
		await note(
			db,
			tx,
			{ actor: userId, action: 'token.created', on: ['token', id], details: { days } },
			now,
		);
		return { id, token: `${id}.${secret}` };
	});
}

/** Somebody's tokens, newest first. */
export async function listApiTokens(db: Database, userId: string) {
	const { apiTokens } = db.tables;
	return db.read
		.select({
			id: apiTokens.id,
			name: apiTokens.name,
			createdAt: apiTokens.createdAt,
			expiresAt: apiTokens.expiresAt,
			usedAt: apiTokens.usedAt,
		})
		.from(apiTokens)
		.where(eq(apiTokens.userId, userId))
		.orderBy(desc(apiTokens.createdAt), desc(apiTokens.id));
}

/** Takes one of somebody's own tokens away at once. @returns whether there was one */
export async function revokeApiToken(db: Database, userId: string, id: string): Promise<boolean> {
	const { apiTokens } = db.tables;
	return db.tx(async (tx) => {
		const gone = await tx
			.delete(apiTokens)
			.where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId)))
			.returning({ id: apiTokens.id });
		if (gone.length === 0) return false;
		await note(db, tx, { actor: userId, action: 'token.revoked', on: ['token', id] });
		return true;
	});
}

/** It is noted at most so often that a token was used: reading should not mean writing. */
const NOTED_EVERY = 5 * 60 * 1000;

/** Whose token it is; undefined for every failure: malformed, unknown, forged, expired, disabled. */
export async function readApiToken(
	db: Database,
	token: string | undefined,
	now = new Date(),
): Promise<{ id: string; userId: string } | undefined> {
	const [id, secret, rest] = (token ?? '').split('.');
	if (!id || !secret || rest !== undefined) return undefined;
	const { apiTokens, users } = db.tables;
	const [row] = await db.read
		.select({ token: apiTokens, disabledAt: users.disabledAt })
		.from(apiTokens)
		.innerJoin(users, eq(users.id, apiTokens.userId))
		.where(eq(apiTokens.id, id));
	if (!row || !sameHash(row.token.secretHash, hash(secret))) return undefined;
	if (row.disabledAt || row.token.expiresAt <= now) return undefined;
	if (now.getTime() - (row.token.usedAt?.getTime() ?? 0) > NOTED_EVERY)
		await db.tx(async (tx) => {
			await tx.update(apiTokens).set({ usedAt: now }).where(eq(apiTokens.id, id));
		});
	return { id, userId: row.token.userId };
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}

function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
