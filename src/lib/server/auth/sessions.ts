import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { eq, lt } from 'drizzle-orm';
import type { Database, Queries, Tables } from '../db/database.ts';
import { prepared, unseen } from '../db/prepared.ts';
import type { Role } from '../db/schema.ts';

/**
 * Sessions after Lucia's guide (lucia-auth.com/sessions): the cookie holds `id.secret`, the database
 * only the SHA-256 of the secret, so that a stolen database opens no session.
 */
const COOKIE = 'session';
const DAY = 24 * 60 * 60 * 1000;
/** A guest has nothing but this cookie to come back with, so it lasts longer. */
const LIFETIME = { member: 30 * DAY, guest: 180 * DAY };

export interface SessionUser {
	id: string;
	name: string;
	email: string | null;
	role: Role;
	isGuest: boolean;
}

export interface Session {
	id: string;
	/** What the cookie holds. */
	token: string;
	expiresAt: Date;
}

/**
 * Begins a session inside a transaction. The token is to be had only now.
 *
 * @param lasting milliseconds
 */
export async function createSession(
	tx: Queries,
	tables: Tables,
	user: Pick<SessionUser, 'id' | 'isGuest'>,
	now = new Date(),
	lasting = lifetime(user),
): Promise<Session> {
	const id = randomBytes(12).toString('base64url');
	const secret = randomBytes(24).toString('base64url');
	const expiresAt = new Date(now.getTime() + lasting);
	await tx
		.insert(tables.sessions)
		.values({ id, userId: user.id, secretHash: hash(secret), createdAt: now, expiresAt });
	return { id, token: `${id}.${secret}`, expiresAt };
}

const findSession = prepared('find_session', ({ read, tables: { sessions, users } }) =>
	read
		.select({ session: sessions, user: users })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.userId))
		.where(eq(sessions.id, unseen('id'))),
);

/**
 * Who a token belongs to; null for every failure: malformed, unknown, forged, expired, disabled.
 * A session in use is prolonged when half of its time is gone (`renewed`: set the cookie again).
 *
 * @param lasting milliseconds, where it is not the usual time for such a person
 */
export async function readSession(
	db: Database,
	token: string | undefined,
	now = new Date(),
	lasting?: number,
): Promise<{ user: SessionUser; session: Session; renewed: boolean } | null> {
	const [id, secret, rest] = (token ?? '').split('.');
	if (!token || !id || !secret || rest !== undefined) return null;
	// A cookie may hold anything, also what no database can look for.
	if (!/^[\w-]+$/.test(id)) return null;
	const { sessions } = db.tables;
	const [row] = await findSession(db, { id });
	if (!row) return null;
	if (!sameHash(row.session.secretHash, hash(secret))) return null;
	if (row.session.expiresAt <= now) return null;
	if (row.user.disabledAt) return null;

	const { name, email, role, isGuest } = row.user;
	const user: SessionUser = { id: row.user.id, name, email, role, isGuest };
	const left = row.session.expiresAt.getTime() - now.getTime();
	const whole = lasting ?? lifetime(user);
	if (left > whole / 2)
		return { user, session: { id, token, expiresAt: row.session.expiresAt }, renewed: false };
	const expiresAt = new Date(now.getTime() + whole);
	await db.tx(async (tx) => {
		await tx.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
	});
	return { user, session: { id, token, expiresAt }, renewed: true };
}

export async function endSession(tx: Queries, tables: Tables, id: string): Promise<void> {
	await tx.delete(tables.sessions).where(eq(tables.sessions.id, id));
}

/** Signs a person out everywhere, as after a new password. */
export async function endAllSessions(tx: Queries, tables: Tables, userId: string): Promise<void> {
	await tx.delete(tables.sessions).where(eq(tables.sessions.userId, userId));
}

/** Removes sessions that nobody can use any more. */
export async function sweepSessions(db: Database, now = new Date()): Promise<void> {
	await db.tx(async (tx) => {
		await tx.delete(db.tables.sessions).where(lt(db.tables.sessions.expiresAt, now));
	});
}

type CookieEvent = Pick<RequestEvent, 'cookies' | 'url'>;

export function sessionToken({ cookies }: CookieEvent): string | undefined {
	return cookies.get(COOKIE);
}

export function setSessionCookie({ cookies, url }: CookieEvent, session: Session): void {
	cookies.set(COOKIE, session.token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		// A course on a department's own machine may run without TLS; anywhere else this is https.
		secure: url.protocol === 'https:',
		expires: session.expiresAt,
	});
}

export function clearSessionCookie({ cookies }: CookieEvent): void {
	cookies.delete(COOKIE, { path: '/' });
}

function lifetime(user: Pick<SessionUser, 'isGuest'>): number {
	return user.isGuest ? LIFETIME.guest : LIFETIME.member;
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}

function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
