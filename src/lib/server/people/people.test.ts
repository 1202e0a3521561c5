import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '../auth/outcome.ts';
import { resetPassword } from '../auth/accounts.ts';
import { createSession, readSession } from '../auth/sessions.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { secretBox } from '../secret-box.ts';
import {
	createPerson,
	deletePerson,
	INVITED,
	passwordLink,
	setDisabled,
	setRole,
	signOutEverywhere,
} from './deeds.ts';
import { listPeople } from './list.ts';

const now = new Date('2026-11-28T10:00:00.000Z');
const box = secretBox('a key for tests that is long enough');
let db: Database;
beforeEach(async () => void (db = await openTestSqlite()));
afterEach(() => db.close());

const form = (name: string, role: 'learner' | 'administrator' = 'learner') => ({
	name,
	email: `${name.toLowerCase().replaceAll(/[^a-z]/g, '_')}@example.org`,
	profession: '',
	role,
	language: 'da' as const,
});
async function add(name: string, role?: 'learner' | 'administrator', own = db) {
	const made = await createPerson(own, form(name, role), 'chief', undefined, now);
	if (isRefusal(made)) throw new Error(made.refused);
	return made;
}
const deeds = async (own = db) =>
	(await own.read.select().from(own.tables.audit)).map(({ actor, action, subjectId, details }) => ({
		actor,
		action,
		subjectId,
		details,
	}));

test('a new person gets a letter with a link that works for seven days, once', async () => {
	const letter = { box, origin: 'https://kursus.example.dk' };
	const made = await createPerson(db, form('Ida'), 'chief', letter, now);
	if (isRefusal(made)) throw new Error(made.refused);
	const [waiting] = await db.read.select().from(db.tables.letters);
	expect(waiting).toMatchObject({ to: 'ida@example.org', kind: 'invitation', userId: made.id });
	expect(box.open(waiting!.body!)).toContain(`https://kursus.example.dk/da/reset/${made.token}`);
	const almost = new Date(now.getTime() + INVITED - 1000);
	const password = { password: 'en lang adgangskode' };
	expect(isRefusal(await resetPassword(db, made.token, password, almost))).toBe(false);
	expect(isRefusal(await resetPassword(db, made.token, password, almost))).toBe(true);
	const again = await createPerson(db, form('Ida'), 'chief', letter, now);
	expect(again).toMatchObject({ field: 'email' });
	expect(await deeds()).toEqual([
		{ actor: 'chief', action: 'person.created', subjectId: made.id, details: { role: 'learner' } },
	]);
});

test.each(testDatabases)(
	'every deed is on record once, and only when it changes something, on %s',
	async (_, open) => {
		const own = await open();
		const { id } = await add('Ida', 'learner', own);
		await add('Chef', 'administrator', own);
		for (let time = 0; time < 2; time++) {
			await setRole(own, { id, role: 'educator' }, 'chief', now);
			await setDisabled(own, id, true, 'chief', now);
		}
		await setDisabled(own, id, false, null, now);
		await signOutEverywhere(own, id, 'chief', now);
		await deletePerson(own, { id, confirm: 'ida@example.org' }, 'chief', now);
		for (const deed of [
			setRole(own, { id, role: 'learner' }, 'chief'),
			setDisabled(own, id, true, 'chief'),
			signOutEverywhere(own, id, 'chief'),
			passwordLink(own, id, 'chief'),
			deletePerson(own, { id, confirm: 'ida@example.org' }, 'chief'),
		])
			expect(isRefusal(await deed)).toBe(true);
		const about = (await deeds(own)).filter((one) => one.subjectId === id);
		expect(about.map((one) => [one.actor, one.action])).toEqual([
			['chief', 'person.created'],
			['chief', 'person.role-changed'],
			['chief', 'person.disabled'],
			[null, 'person.enabled'],
			['chief', 'person.signed-out'],
			['chief', 'person.deleted'],
		]);
		expect(about[1]!.details).toEqual({ from: 'learner', to: 'educator' });
		await own.close();
	},
);

test('nobody is deleted without their address typed, and the last administrator not at all', async () => {
	const { id } = await add('Chef', 'administrator');
	expect(isRefusal(await deletePerson(db, { id, confirm: 'x@example.org' }, null))).toBe(true);
	expect(isRefusal(await deletePerson(db, { id, confirm: 'chef@example.org' }, null))).toBe(true);
	await add('Bo', 'administrator');
	expect(isRefusal(await deletePerson(db, { id, confirm: 'chef@example.org' }, null))).toBe(false);
	expect((await listPeople(db, {})).people.map((one) => one.name)).toEqual(['Bo']);
});

test('signing somebody out ends every session of theirs, and nobody else’s', async () => {
	const [ida, bo] = [await add('Ida'), await add('Bo')];
	const session = (id: string) =>
		db.tx((tx) => createSession(tx, db.tables, { id, isGuest: false }, now));
	const tokens = [await session(ida.id), await session(ida.id), await session(bo.id)];
	await signOutEverywhere(db, ida.id, null, now);
	const alive = await Promise.all(tokens.map(({ token }) => readSession(db, token, now)));
	expect(alive.map((one) => one !== null)).toEqual([false, false, true]);
});

test.each(testDatabases)(
	'people are found as they are called, by role and access, with where they teach, on %s',
	async (_, open) => {
		const own = await open();
		const aase = await add('Åse Østergård', 'learner', own);
		await add('Ida_Holm', 'administrator', own);
		await add('IdaXHolm', 'learner', own);
		await own.tx(async (tx) => {
			await tx.insert(own.tables.organisations).values({
				id: 'o',
				name: 'Fysioterapien',
				timeZone: 'Europe/Copenhagen',
				createdAt: now,
			});
			await tx
				.insert(own.tables.educators)
				.values({ organisationId: 'o', userId: aase.id, createdAt: now });
		});
		await setDisabled(own, aase.id, true, null, now);
		const names = async (query: Parameters<typeof listPeople>[1]) =>
			(await listPeople(own, query)).people.map((one) => one.name).sort();
		for (const q of ['østergård', 'Østergård', 'ØSTER', 'åse ø', 'se_'])
			expect(await names({ q }), q).toEqual(['Åse Østergård']);
		expect(await names({ q: 'ida_holm' })).toContain('Ida_Holm');
		expect(await names({ q: '100%' })).toEqual([]);
		expect(await names({ role: 'administrator' })).toEqual(['Ida_Holm']);
		expect(await names({ state: 'disabled' })).toEqual(['Åse Østergård']);
		expect(await names({ state: 'active' })).toEqual(['IdaXHolm', 'Ida_Holm']);
		const [found] = (await listPeople(own, { q: 'åse' })).people;
		expect(found).toMatchObject({ organisations: ['Fysioterapien'], hasPassword: false });
		await own.close();
	},
);
