import { expect, test } from 'vitest';
import { testDatabases } from './testing.ts';

test.each(testDatabases)('on %s, nothing is held where nobody stores', async (_, open) => {
	const db = await open();
	await db.tx(async (tx) => {
		expect(await db.heldFor(tx, 'statements')).toBe(0);
	});
	await db.close();
});

test.each(['shared', 'alone'] as const)(
	'on PostgreSQL, what a transaction holds %s is held for as long as it is under way, and no longer',
	async (how) => {
		const db = await testDatabases[1]![1]();
		await db.tx(async (tx) => {
			await new Promise((resolve) => setTimeout(resolve, 20));
			await db.hold(tx, 'statements', how);
			const before = await db.heldFor(tx, 'statements');
			await new Promise((resolve) => setTimeout(resolve, 20));
			// Since the transaction began, not since it holds something.
			expect(before).toBeGreaterThanOrEqual(19);
			expect(await db.heldFor(tx, 'statements')).toBeGreaterThanOrEqual(before + 19);
		});
		expect(await db.heldFor(db.read, 'statements')).toBe(0);
		await db.close();
	},
);
