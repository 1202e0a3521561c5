import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { findCourse } from '../learning/courses.ts';
import * as accounts from './accounts.ts';
import { exportFile } from './export.ts';
import { Limit } from './limits.ts';
import { isRefusal, type Outcome } from './outcome.ts';
import { setDisabled, setRole } from '../people/deeds.ts';
import { listPeople } from '../people/list.ts';
import { readSession, type Session } from './sessions.ts';
import { readToken } from './tokens.ts';

const HOUR = 60 * 60 * 1000;
const now = new Date('2026-01-01T12:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * HOUR);
const form = (email = 'ida@example.org') => ({
	name: 'Ida',
	email,
	password: 'en lang adgangskode',
	profession: '',
});

function granted<T extends object>(outcome: Outcome<T>): T {
	if (isRefusal(outcome)) throw new Error(outcome.refused);
	return outcome;
}

let db: Database;
beforeEach(async () => void (db = await openTestSqlite()));
afterEach(() => db.close());

async function guest(own: Database = db) {
	const id = crypto.randomUUID();
	await own.tx(async (tx) => {
		const { users, events } = own.tables;
		await tx.insert(users).values({
			id,
			name: '',
			role: 'learner',
			isGuest: true,
			language: 'da',
			createdAt: now,
		});
		await tx.insert(events).values({
			id: `event-of-${id}`,
			userId: id,
			course: 'tiny',
			lesson: 'hello',
			step: 'welcome',
			type: 'step-reached',
			at: now.toISOString(),
			receivedAt: now,
			body: {},
		});
	});
	return { id, isGuest: true };
}

async function eventsOf(userId: string, own: Database = db): Promise<string[]> {
	const rows = await own.read.select().from(own.tables.events);
	return rows.filter((row) => row.userId === userId).map((row) => row.id);
}

async function whose({ session }: { session: Session }, own: Database = db) {
	return (await readSession(own, session.token, now))!.user;
}

const register = (email?: string, who: { id: string; isGuest: boolean } | null = null) =>
	accounts.register(db, form(email), who, 'da', now).then(granted);
const signIn = (password: string, who: { id: string; isGuest: boolean } | null = null) =>
	accounts.signIn(db, { email: 'ida@example.org', password }, who, now);

test('a guest who registers stays the same person', async () => {
	const visitor = await guest();
	const user = await whose(await register(undefined, visitor));
	expect(user).toMatchObject({ id: visitor.id, isGuest: false, email: 'ida@example.org' });
	expect(await eventsOf(user.id)).toHaveLength(1);
});

/** Somebody who is done with a course, as their events would have it. */
const done = (userId: string, course: string, courseVersion: string) =>
	db.tx((tx) =>
		tx.insert(db.tables.enrolments).values({
			...{ userId, course, courseVersion, since: '', standing: 'done' },
			...{ stepsDone: 1, steps: 1, score: 90, failed: 0, testAttempts: 1, seconds: 60, cells: {} },
			...{ beganAt: now, lastAt: now, progressedAt: now, doneAt: now, testPassedAt: now },
		}),
	);

test('a guest who has passed a course gets its certificate with the account', async () => {
	const visitor = await guest();
	await done(visitor.id, 'rygsamtalen', findCourse('rygsamtalen')!.version);
	await register(undefined, visitor);
	expect(await db.read.select().from(db.tables.certificates)).toMatchObject([
		{ userId: visitor.id, course: 'rygsamtalen', states: { learner: { name: 'Ida' } } },
	]);
});

test('signing in as a guest leaves what the account did in other courses', async () => {
	const { id } = await whose(await register());
	await done(id, 'another', '1.0.0');
	granted(await signIn('en lang adgangskode', await guest()));
	expect(await db.read.select().from(db.tables.enrolments)).toMatchObject([
		{ userId: id, course: 'another', standing: 'done' },
	]);
});

test.each(testDatabases)('signing in takes over what a guest has done on %s', async (_, open) => {
	const own = await open();
	const made = granted(await accounts.register(own, form(), null, 'da', now));
	const account = await whose(made, own);
	const visitor = await guest(own);
	const { email, password } = form();
	granted(await accounts.signIn(own, { email, password }, visitor, now));
	expect(await eventsOf(account.id, own)).toEqual([`event-of-${visitor.id}`]);
	const people = await own.read.select().from(own.tables.users);
	expect(people.map((one) => one.id)).toEqual([account.id]);
	await own.close();
});

test('one address, one account', async () => {
	await register();
	const again = await accounts.register(db, form(), null, 'da', now);
	expect(again).toMatchObject({ refused: expect.any(String), field: 'email' });
});

test('a wrong password, an unknown address and a disabled person are told the same', async () => {
	const user = await whose(await register());
	const wrong = await signIn('not the password');
	const unknown = await accounts.signIn(db, { email: 'x@example.org', password: 'x' }, null, now);
	await setDisabled(db, user.id, true, null, now);
	const disabled = await signIn('en lang adgangskode');
	expect([wrong, unknown, disabled].every(isRefusal)).toBe(true);
	expect(new Set([wrong, unknown, disabled].map((one) => JSON.stringify(one))).size).toBe(1);
});

test('a reset link works once and within its hour, and signs everybody else out', async () => {
	const before = await register();
	const email = 'ida@example.org';
	const reset = (token: string, at = now) =>
		accounts.resetPassword(db, token, { password: 'en helt anden kode' }, at);
	expect(await accounts.requestReset(db, { email: 'x@example.org' }, now)).toBeUndefined();

	const old = (await accounts.requestReset(db, { email }, now))!;
	const token = (await accounts.requestReset(db, { email }, now))!;
	expect(isRefusal(await reset(old))).toBe(true);
	expect(isRefusal(await reset(`${token.split('.')[0]}.forged`))).toBe(true);
	expect(isRefusal(await reset(token, later(1.1)))).toBe(true);
	granted(await reset(token));
	expect(isRefusal(await reset(token))).toBe(true);
	expect(await readSession(db, before.session.token, now)).toBeNull();
	expect(isRefusal(await signIn('en lang adgangskode'))).toBe(true);
	granted(await signIn('en helt anden kode'));
});

test('the first administrator is made once, and the last one stays', async () => {
	const token = (await accounts.newSetupToken(db, now))!;
	const made = await accounts.createAdministrator(db, token, form(), 'da', now);
	const admin = await whose(granted(made));
	expect(admin.role).toBe('administrator');
	expect(await accounts.newSetupToken(db, now)).toBeUndefined();
	expect(await readToken(db, 'setup', token, now)).toBeUndefined();
	const again = await accounts.createAdministrator(db, token, form('bo@example.org'), 'da', now);
	expect(isRefusal(again)).toBe(true);

	expect(isRefusal(await setRole(db, { id: admin.id, role: 'learner' }, null))).toBe(true);
	expect(isRefusal(await setDisabled(db, admin.id, true, null, now))).toBe(true);
	expect(isRefusal(await accounts.deleteAccount(db, admin, form().password))).toBe(true);
	const other = await whose(await register('bo@example.org'));
	granted(await setRole(db, { id: other.id, role: 'administrator' }, null));
	granted(await setRole(db, { id: admin.id, role: 'learner' }, null));
});

test('the export holds everything but the password, and deleting leaves nothing', async () => {
	const visitor = await guest();
	const user = await whose(await register(undefined, visitor));
	let data = '';
	for await (const piece of exportFile(db, [], user.id, now)) data += piece;
	expect(data).toContain('ida@example.org');
	expect(data).toContain(`event-of-${visitor.id}`);
	expect(data).not.toContain('argon2');
	expect(isRefusal(await accounts.deleteAccount(db, user, 'not the password'))).toBe(true);
	granted(await accounts.deleteAccount(db, user, form().password));
	for (const table of [db.tables.users, db.tables.events, db.tables.sessions])
		expect(await db.read.select().from(table as typeof db.tables.users)).toEqual([]);
});

test('people are found by part of a name or address, guests are not', async () => {
	await guest();
	await register();
	await register('bo@example.org');
	expect(await listPeople(db, {})).toMatchObject({ total: 2, pages: 1 });
	expect(await listPeople(db, { q: 'BO@' })).toMatchObject({ total: 1 });
	expect(await listPeople(db, { q: 'nobody' })).toMatchObject({ total: 0, people: [] });
});

test('tries are limited for a while, for each key by itself', () => {
	const limit = new Limit(2, HOUR);
	expect([1, 2, 3].map(() => limit.allows('a', 0))).toEqual([true, true, false]);
	expect(limit.allows('b', 0)).toBe(true);
	expect(limit.allows('a', HOUR + 1)).toBe(true);
	limit.clear('a');
	expect(limit.allows('a', HOUR + 2)).toBe(true);
});
