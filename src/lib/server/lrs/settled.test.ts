import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { createClient } from './clients.ts';
import { consistentThrough, isSettled, newestPlace } from './settled.ts';
import { storeStatements } from './store.ts';
import { author, received, statement } from './testing.ts';

/* Followers of the store beside transactions that are under way for so many milliseconds. */

const [onSqlite, onPostgres] = testDatabases;
let db: Database;
beforeAll(async () => void (db = await onPostgres![1]()), 60_000);
afterAll(() => db.close());

const beside = (milliseconds: number): Database => ({ ...db, heldFor: async () => milliseconds });
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a place is settled once everything that was under way when it was seen has ended', async () => {
	const form = { name: 'x', scopes: ['all' as const], origins: [], ratePerMinute: 500 };
	const { id } = await createClient(db, form, null);
	await storeStatements(db, author(id), '1.0.3', received([statement(), statement()]));
	const place = await newestPlace(db);
	expect(place.seq).toBeGreaterThanOrEqual(2);
	expect(await isSettled(beside(1_000), place)).toBe(false);
	await later(30);
	expect(await isSettled(beside(1_030), place)).toBe(false);
	// Begun since then.
	expect(await isSettled(beside(10), place)).toBe(true);
	expect(await isSettled(db, place)).toBe(true);
});

test('Consistent-Through is before whatever is under way, however long it is', async () => {
	const now = Date.now();
	const through = await consistentThrough(beside(7_000));
	expect(through.getTime()).toBeLessThanOrEqual(now - 7_000 + 100);
	expect(through.getTime()).toBeGreaterThan(now - 9_000);
});

test('where the database does not tell, nothing counts as settled', async () => {
	const untold = beside(Infinity);
	expect(await consistentThrough(untold)).toEqual(new Date(0));
	expect(await isSettled(untold, await newestPlace(db))).toBe(false);
});

test('on SQLite it is now', async () => {
	const sqlite = await onSqlite![1]();
	const before = Date.now();
	expect((await consistentThrough(sqlite)).getTime()).toBeGreaterThanOrEqual(before);
	await sqlite.close();
});
