import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { actorOf } from '#lib/cmi5/launch.ts';
import type { Session } from '#lib/cmi5/session.ts';
import type { Database, Queries } from '../db/database.ts';
import { isPassing } from '../db/trouble.ts';
import { logError } from '../log.ts';

type Row = Database['tables']['cmi5Sessions']['$inferSelect'];
type Registration = Database['tables']['cmi5Registrations']['$inferSelect'];

/** A session's part of the record store: who asks by its key. */
export interface Asking extends Session {
	userId: string;
	courseId: string;
	origin: string;
	ended: Row['ended'];
	hasPreferences: boolean;
}

/**
 * How long a session's key still opens the store after "terminated" (section 9.3.8 leaves the time to
 * us): a package that ends sends its last state at the same time, and may have to send again what was
 * stored without its hearing so. New statements are refused all the same.
 */
export const GRACE = 15_000;
/** It is noted at most so often that a session was here. */
const NOTED_EVERY = 5 * 60 * 1000;
/** For how long after a launch pages of its origin may call at all. */
const CALLS_FOR = 2 * 24 * 60 * 60 * 1000;

const KEY = /^cmi5-([\da-f-]{36})$/;

/** Something that only its owner knows, and what we keep of it. */
export function newSecret(): { secret: string; secretHash: string } {
	const secret = randomBytes(32).toString('base64url');
	return { secret, secretHash: hashOf(secret) };
}

/** What a fetch URL answers, always with status 200 (cmi5, section 8.2). */
export type Fetched = { 'auth-token': string } | { 'error-code': string; 'error-text': string };

/**
 * Hands out a session's token, once.
 *
 * @param key what stands in the fetch URL: the session's id and its secret
 * @returns the answer, and the origin that may read it where there is such a session
 */
export async function fetchToken(
	db: Database,
	key: string,
	now = new Date(),
): Promise<{ answer: Fetched; origin?: string }> {
	const [, id = '', secret = ''] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(key) ?? [];
	const { cmi5Sessions } = db.tables;
	const [session] = await db.read.select().from(cmi5Sessions).where(eq(cmi5Sessions.id, id));
	if (!session || !sameHash(session.fetchHash, hashOf(secret)))
		return { answer: refused('2', 'There is no such session. Launch the unit again.') };
	const { origin } = session;
	if (session.endedAt)
		return { answer: refused('2', 'The session has ended. Launch the unit again.'), origin };
	const token = newSecret();
	const taken = await db.tx((tx) =>
		tx
			.update(cmi5Sessions)
			.set({ tokenHash: token.secretHash, seenAt: now })
			.where(
				and(eq(cmi5Sessions.id, id), isNull(cmi5Sessions.tokenHash), isNull(cmi5Sessions.endedAt)),
			)
			.returning({ id: cmi5Sessions.id }),
	);
	if (taken.length === 0)
		return { answer: refused('1', 'The token was fetched before; that can be done once.'), origin };
	const basic = Buffer.from(`cmi5-${id}:${token.secret}`).toString('base64');
	return { answer: { 'auth-token': basic }, origin };
}

/**
 * The same, whatever goes wrong: that is an answer, too (section 8.2.3), and holds nothing that the page
 * which asks may not read.
 */
export async function tokenFor(
	db: Database,
	key: string,
	asking: string | null,
): Promise<{ answer: Fetched; origin?: string }> {
	try {
		return await fetchToken(db, key);
	} catch (error) {
		const id = crypto.randomUUID().slice(0, 8);
		logError(`[${id}] A token could not be handed out:`, error);
		const text = isPassing(error)
			? 'The server is busy. Try again.'
			: `Something went wrong here. The log has it as ${id}.`;
		return { answer: refused('3', text), ...(asking === null ? {} : { origin: asking }) };
	}
}

function refused(code: string, text: string): Fetched {
	return { 'error-code': code, 'error-text': text };
}

/**
 * Whose session a key and a secret are; undefined where they are wrong, and once the session has ended.
 */
export async function readSessionKey(
	db: Database,
	key: string,
	secret: string,
	now = new Date(),
): Promise<Asking | undefined> {
	const [, id] = KEY.exec(key) ?? [];
	if (id === undefined) return undefined;
	const found = await sessionBy(db, db.read, id);
	if (!found?.session.tokenHash || !sameHash(found.session.tokenHash, hashOf(secret)))
		return undefined;
	const { session } = found;
	if (session.endedAt) {
		const isOver = now.getTime() - session.endedAt.getTime() > GRACE;
		if (session.ended !== 'terminated' || isOver) return undefined;
	} else if (now.getTime() - session.seenAt.getTime() > NOTED_EVERY) {
		const { cmi5Sessions } = db.tables;
		await db.tx((tx) =>
			tx.update(cmi5Sessions).set({ seenAt: now }).where(eq(cmi5Sessions.id, id)),
		);
	}
	return askingOf(session, found.registration);
}

export async function sessionBy(
	{ tables: { cmi5Sessions, cmi5Registrations } }: Pick<Database, 'tables'>,
	queries: Queries,
	id: string,
): Promise<{ session: Row; registration: Registration } | undefined> {
	const [found] = await queries
		.select({ session: cmi5Sessions, registration: cmi5Registrations })
		.from(cmi5Sessions)
		.innerJoin(cmi5Registrations, eq(cmi5Registrations.id, cmi5Sessions.registrationId))
		.where(eq(cmi5Sessions.id, id));
	return found;
}

export function askingOf(session: Row, registration: Registration): Asking {
	const { id, activityId, au, mode, masteryScore, origin, ended, preferredAt } = session;
	return {
		...{ id, activityId, mode, origin, ended },
		actor: actorOf(registration.homePage, registration.userId),
		registration: registration.id,
		publisherId: au,
		...(masteryScore === null ? {} : { masteryScore }),
		userId: registration.userId,
		courseId: registration.courseId,
		hasPreferences: preferredAt !== null,
	};
}

/** Notes that a unit asked for the learner's preferences, which comes before "initialized". */
export async function notePreferences(db: Database, id: string, now = new Date()): Promise<void> {
	const { cmi5Sessions } = db.tables;
	await db.tx((tx) =>
		tx.update(cmi5Sessions).set({ preferredAt: now }).where(eq(cmi5Sessions.id, id)),
	);
}

/** Whether a unit was launched from an origin lately: what a browser asks before it shows a key. */
export async function isOriginOfSession(
	db: Database,
	origin: string,
	now = new Date(),
): Promise<boolean> {
	const { cmi5Sessions } = db.tables;
	const since = new Date(now.getTime() - CALLS_FOR);
	const [found] = await db.read
		.select({ id: cmi5Sessions.id })
		.from(cmi5Sessions)
		.where(and(eq(cmi5Sessions.origin, origin), gt(cmi5Sessions.launchedAt, since)))
		.limit(1);
	return found !== undefined;
}

function hashOf(secret: string): string {
	return hash('sha256', secret, 'base64url');
}

function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
