import { describe, expect, test } from 'vitest';
import { readSession } from '../auth/sessions.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { secretBox } from '../secret-box.ts';
import {
	createDispatch,
	deleteLearners,
	findDispatch,
	listDispatches,
	revokeDispatch,
	type NewDispatch,
} from './dispatches.ts';
import { seatOf, takeSeat, type Launch } from './seats.ts';

const box = secretBox('a key of at least thirty-two characters');
const now = new Date('2026-01-01T12:00:00Z');
const later = new Date('2026-01-02T12:00:00Z');
const HOUR = 60 * 60 * 1000;

async function made(db: Database, wanted: Partial<NewDispatch> = {}) {
	const administrator = crypto.randomUUID();
	await db.tx(async (tx) => {
		await tx.insert(db.tables.users).values({
			id: administrator,
			name: 'Chef',
			role: 'administrator',
			isGuest: false,
			language: 'da',
			createdAt: now,
		});
	});
	const { id, token } = await createDispatch(
		db,
		box,
		{
			name: 'Region',
			course: 'tiny',
			languages: ['da'],
			seats: null,
			expiresAt: null,
			origins: [],
			...wanted,
		},
		administrator,
		now,
	);
	const launch = (learner: string, more: Partial<Launch> = {}): Launch => ({
		token,
		learner,
		look: false,
		language: 'da',
		...more,
	});
	const dispatch = async () => (await findDispatch(db, id))!;
	const enter = async (learner: string, more: Partial<Launch> = {}, at = now) =>
		takeSeat(db, await dispatch(), launch(learner, more), at);
	return { id, token, dispatch, enter };
}

const userOf = (seat: unknown) => (seat as { userId: string }).userId;

describe.each(testDatabases)('a dispatch on %s', (_, open) => {
	test('lets the same learner in to the same record, and others to theirs', async () => {
		const db = await open();
		const { enter, dispatch, token } = await made(db);
		const first = await enter('karin');
		const again = await enter('karin', {}, later);
		const other = await enter('ole');
		expect(userOf(again)).toBe(userOf(first));
		expect(userOf(other)).not.toBe(userOf(first));
		const session = (again as { session: { token: string } }).session.token;
		expect(await seatOf(db, await dispatch(), session, later)).toEqual({ userId: userOf(first) });
		// Neither the token nor what the LMS calls learners can be read from the database.
		const stored = JSON.stringify([
			await db.read.select().from(db.tables.dispatches),
			await db.read.select().from(db.tables.seats),
			await db.read.select().from(db.tables.users),
		]);
		expect(stored).not.toContain(token);
		expect(stored).not.toContain('karin');
		expect(box.open((await dispatch()).tokenSealed)).toBe(token);
		await db.close();
	});

	test('has no more seats than it has, however many come at once', async () => {
		const db = await open();
		const { enter, id } = await made(db, { seats: 3 });
		const names = Array.from({ length: 12 }, (_, n) => `learner ${n}`);
		const outcomes = await Promise.all(names.map((name) => enter(name)));
		const full = outcomes.filter((one) => one && 'closed' in one);
		expect(full).toEqual(Array.from({ length: 9 }, () => ({ closed: 'full' })));
		expect((await listDispatches(db)).find((one) => one.id === id)!.taken).toBe(3);
		// Whoever has a seat keeps it.
		const seated = names.find((_, n) => !('closed' in outcomes[n]!))!;
		expect(await enter(seated)).toHaveProperty('session');
		await db.close();
	});
});

describe('a dispatch', () => {
	test('takes no other token, and a token opens no other dispatch', async () => {
		const db = await openTestSqlite();
		const one = await made(db);
		const two = await made(db);
		expect(await one.enter('karin', { token: two.token })).toEqual({ closed: 'wrong-token' });
		expect(await one.enter('karin', { token: '' })).toEqual({ closed: 'wrong-token' });
		const seat = (await two.enter('karin')) as { session: { token: string } };
		expect(await seatOf(db, await one.dispatch(), seat.session.token, now)).toBeUndefined();
		await db.close();
	});

	test('closes when it expires and when it is revoked, for sessions under way, too', async () => {
		const db = await openTestSqlite();
		const expiring = await made(db, { expiresAt: later });
		const seat = (await expiring.enter('karin')) as { session: { token: string } };
		const { token } = seat.session;
		const before = new Date(later.getTime() - 1);
		await expiring.enter('karin', {}, before);
		expect(await expiring.enter('karin', {}, later)).toEqual({ closed: 'expired' });
		expect(await seatOf(db, await expiring.dispatch(), token, later)).toEqual({
			closed: 'expired',
		});
		await revokeDispatch(db, expiring.id, null, now);
		expect(await expiring.enter('karin')).toEqual({ closed: 'revoked' });
		expect(await seatOf(db, await expiring.dispatch(), token, now)).toEqual({ closed: 'revoked' });
		await db.close();
	});

	test('gives somebody who only looks no seat, and shows their record to those who have one', async () => {
		const db = await openTestSqlite();
		const { enter, id } = await made(db, { seats: 1 });
		expect(await enter('chef', { look: true })).toBeNull();
		const karin = await enter('karin');
		expect(await enter('karin', { look: true })).toEqual({ userId: userOf(karin) });
		expect((await listDispatches(db)).find((one) => one.id === id)!.taken).toBe(1);
		await db.close();
	});

	test('lets nobody in on an LMS’s word who has an account or was shut out', async () => {
		const db = await openTestSqlite();
		const { enter } = await made(db);
		const { users } = db.tables;
		const { eq } = await import('drizzle-orm');
		for (const change of [{ isGuest: false }, { disabledAt: now }]) {
			const name = JSON.stringify(change);
			const seat = await enter(name);
			await db.tx(async (tx) => {
				await tx
					.update(users)
					.set(change)
					.where(eq(users.id, userOf(seat)));
			});
			expect(await enter(name)).toEqual({ closed: 'barred' });
		}
		await db.close();
	});

	test('deletes its learners and all of theirs, and nobody else', async () => {
		const db = await openTestSqlite();
		const [gone, kept] = [await made(db), await made(db)];
		const seat = (await gone.enter('karin')) as { session: { token: string } };
		const other = (await kept.enter('karin')) as { session: { token: string } };
		await deleteLearners(db, gone.id, null, now);
		expect(await readSession(db, seat.session.token, now)).toBeNull();
		expect(await readSession(db, other.session.token, now)).not.toBeNull();
		const users = await db.read.select().from(db.tables.users);
		expect(users.filter(({ isGuest }) => isGuest)).toHaveLength(1);
		expect(await gone.enter('karin')).toEqual({ closed: 'revoked' });
		await db.close();
	});

	test('keeps an embedded session half a day after it was last used, not half a year', async () => {
		const db = await openTestSqlite();
		const { enter, dispatch } = await made(db);
		const { token } = ((await enter('karin')) as { session: { token: string } }).session;
		const at = (hours: number) => new Date(now.getTime() + hours * HOUR);
		expect(await seatOf(db, await dispatch(), token, at(10))).toBeDefined();
		expect(await seatOf(db, await dispatch(), token, at(21))).toBeDefined();
		expect(await seatOf(db, await dispatch(), token, at(34))).toBeUndefined();
		await db.close();
	});
});
