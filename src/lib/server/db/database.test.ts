import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { openTestSqlite, testDatabases } from './testing.ts';

const person = (id: string, email: string | null = null) => ({
	id,
	email,
	name: id,
	role: 'learner' as const,
	isGuest: true,
	language: 'da',
	createdAt: new Date(1_700_000_000_123),
});

async function names(db: Database): Promise<string[]> {
	const rows = await db.read.select({ id: db.tables.users.id }).from(db.tables.users);
	return rows.map((row) => row.id).sort();
}

test.each(testDatabases)(
	'keeps times to the millisecond and booleans as such on %s',
	async (_, open) => {
		const db = await open();
		const { users } = db.tables;
		await db.tx(async (tx) => {
			await tx.insert(users).values(person('a'));
		});
		const [row] = await db.read.select().from(users).where(eq(users.id, 'a'));
		expect(row).toMatchObject({
			isGuest: true,
			createdAt: new Date(1_700_000_000_123),
			email: null,
		});
		await db.close();
	},
);

test.each(testDatabases)('a failed transaction leaves nothing behind on %s', async (_, open) => {
	const db = await open();
	const { users } = db.tables;
	const failed = db.tx(async (tx) => {
		await tx.insert(users).values(person('a'));
		throw new Error('no');
	});
	await expect(failed).rejects.toThrow('no');
	expect(await names(db)).toEqual([]);
	await db.close();
});

test.each(testDatabases)(
	'transactions under way at the same time do not touch each other on %s',
	async (_, open) => {
		const db = await open();
		const { users } = db.tables;
		const each = ['a', 'b', 'c', 'd'].map((id) =>
			db.tx(async (tx) => {
				await tx.insert(users).values(person(id));
				if (id === 'c') throw new Error(id);
				return id;
			}),
		);
		const settled = await Promise.allSettled(each);
		expect(settled.map((one) => one.status)).toEqual([
			'fulfilled',
			'fulfilled',
			'rejected',
			'fulfilled',
		]);
		expect(await names(db)).toEqual(['a', 'b', 'd']);
		await db.close();
	},
);

test.each(testDatabases)('a broken constraint is the caller’s alone on %s', async (_, open) => {
	const db = await open();
	const { users } = db.tables;
	const insert = (id: string, email: string) =>
		db.tx(async (tx) => {
			await tx.insert(users).values(person(id, email));
		});
	await insert('a', 'one@example.org');
	await expect(insert('b', 'one@example.org')).rejects.toThrow();
	await insert('c', 'two@example.org');
	expect(await names(db)).toEqual(['a', 'c']);
	await db.close();
});

test('SQLite syncs every commit to disk and checks foreign keys', async () => {
	const db = await openTestSqlite();
	const orphan = db.tx(async (tx) => {
		await tx.insert(db.tables.sessions).values({
			id: 's',
			userId: 'nobody',
			secretHash: 'x',
			createdAt: new Date(),
			expiresAt: new Date(),
		});
	});
	await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
	await db.close();
});
