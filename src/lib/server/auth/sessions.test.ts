import { expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { openTestSqlite } from '../db/testing.ts';
import {
	createSession,
	endAllSessions,
	endSession,
	readSession,
	sweepSessions,
} from './sessions.ts';

const DAY = 24 * 60 * 60 * 1000;
const start = new Date('2026-01-01T00:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * DAY);

async function withPerson(isGuest = false) {
	const db = await openTestSqlite();
	await db.tx(async (tx) => {
		await tx.insert(db.tables.users).values({
			id: 'p',
			name: 'P',
			role: 'learner',
			isGuest,
			language: 'da',
			createdAt: start,
		});
	});
	return db;
}
const begin = (db: Database, isGuest = false) =>
	db.tx((tx) => createSession(tx, db.tables, { id: 'p', isGuest }, start));

test('a session finds its person, and keeps only a hash of the secret', async () => {
	const db = await withPerson();
	const { token } = await begin(db);
	const found = await readSession(db, token, after(1));
	expect(found?.user).toMatchObject({ id: 'p', name: 'P', role: 'learner' });
	expect(found?.renewed).toBe(false);
	const [row] = await db.read.select().from(db.tables.sessions);
	expect(JSON.stringify(row)).not.toContain(token.split('.')[1]);
	await db.close();
});

test('nothing but the right token opens a session', async () => {
	const db = await withPerson();
	const { token } = await begin(db);
	const [id] = token.split('.');
	for (const wrong of [undefined, '', id, `${id}.`, `${id}.x`, `${token}.x`, `x.${token}`, '.'])
		expect(await readSession(db, wrong, start)).toBeNull();
	await db.close();
});

test('a session ends after its time, is prolonged in use, and guests keep theirs longer', async () => {
	const db = await withPerson();
	const { token } = await begin(db);
	expect(await readSession(db, token, after(31))).toBeNull();
	const renewed = await readSession(db, token, after(20));
	expect(renewed?.renewed).toBe(true);
	expect(await readSession(db, token, after(45))).not.toBeNull();
	await db.close();

	const guests = await withPerson(true);
	const guest = await begin(guests, true);
	expect(await readSession(guests, guest.token, after(80))).not.toBeNull();
	await guests.close();
});

test('a disabled person is out at once', async () => {
	const db = await withPerson();
	const { token } = await begin(db);
	await db.tx(async (tx) => {
		await tx.update(db.tables.users).set({ disabledAt: start });
	});
	expect(await readSession(db, token, start)).toBeNull();
	await db.close();
});

test('sessions can be ended one by one, all at once, and by age', async () => {
	const db = await withPerson();
	const [one, two, three] = [await begin(db), await begin(db), await begin(db)];
	await db.tx((tx) => endSession(tx, db.tables, one.id));
	expect(await readSession(db, one.token, start)).toBeNull();
	expect(await readSession(db, two.token, start)).not.toBeNull();
	await sweepSessions(db, after(40));
	expect(await db.read.select().from(db.tables.sessions)).toEqual([]);
	await begin(db);
	await db.tx((tx) => endAllSessions(tx, db.tables, 'p'));
	expect(await readSession(db, three.token, start)).toBeNull();
	await db.close();
});
