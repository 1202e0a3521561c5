import { expect, test } from 'vitest';
import { testDatabases } from './testing.ts';

test.each(testDatabases)('on %s, nothing is held where nobody stores', async (_, open) => {
	const db = await open();
	await db.tx(async (tx) => {
		await db.hold(tx, 'statements', 'alone');
		expect(await db.heldFor(tx, 'storing')).toBe(0);
	});
	await db.close();
});

test.each(['statements', 'storing'] as const)(
	'on PostgreSQL, %s are held for as long as the transaction is under way, and no longer',
	async (thing) => {
		const db = await testDatabases[1]![1]();
		await db.tx(async (tx) => {
			await new Promise((resolve) => setTimeout(resolve, 20));
			await db.hold(tx, thing, 'shared');
			const before = await db.heldFor(tx, thing);
			await new Promise((resolve) => setTimeout(resolve, 20));
			// Since the transaction began, not since it holds something.
			expect(before).toBeGreaterThanOrEqual(19);
			expect(await db.heldFor(tx, thing)).toBeGreaterThanOrEqual(before + 19);
		});
		expect(await db.heldFor(db.read, thing)).toBe(0);
		await db.close();
	},
);
