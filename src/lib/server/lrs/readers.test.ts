import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { createClient, disableClient } from './clients.ts';
import { readersOfLearners } from './readers.ts';
import type { Scope } from './scopes.ts';

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterAll(() => db.close());

	test('learners are told of each program that may read about them, and what', async () => {
		expect(await readersOfLearners(db)).toEqual([]);
		const make = (name: string, scopes: Scope[]) =>
			createClient(db, { name, scopes, origins: [], ratePerMinute: 100 }, null);
		await make('only writes', ['statements/write', 'define']);
		await make('reads its own', ['statements/write', 'statements/read/mine']);
		const { id } = await make('reads', ['statements/read']);
		await make('bookmarks', ['statements/read/mine', 'state']);
		await make('profiles', ['profile']);
		await make('reads all', ['all/read']);
		await make('does all', ['all']);
		const all = ['statements', 'state', 'profile'];
		const told = [
			{ name: 'reads', reads: ['statements'] },
			{ name: 'bookmarks', reads: ['state'] },
			{ name: 'profiles', reads: ['profile'] },
			{ name: 'reads all', reads: all },
			{ name: 'does all', reads: all },
		];
		const byName = (one: { name: string }, other: { name: string }) =>
			one.name.localeCompare(other.name);
		// Those of one moment are in no order.
		expect((await readersOfLearners(db)).sort(byName)).toEqual(told.sort(byName));
		await disableClient(db, id, true, null);
		expect((await readersOfLearners(db)).map(({ name }) => name)).not.toContain('reads');
		await disableClient(db, id, false, null);
		expect((await readersOfLearners(db)).map(({ name }) => name)).toContain('reads');
	});
});
