import { count } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { forget } from '../auth/forget.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { agentKey } from '#lib/xapi/rules/index.ts';
import { homePageOfServer } from '../statements/narrators.ts';
import { findStatements } from './find.ts';
import type { Findable } from './index-terms.ts';
import { definitionOf } from './known.ts';
import { catchUpIndex } from './own-index.ts';
import { textOf } from './own-statements.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function withLearners(open: () => Promise<Database>): Promise<Database> {
	const db = await open();
	cleanups.push(() => db.close());
	const now = new Date();
	for (const id of ['p', 'q']) {
		const user = { id, name: id, role: 'learner', isGuest: false, language: 'da' } as const;
		await db.tx((tx) => tx.insert(db.tables.users).values({ ...user, createdAt: now }));
		const rows = everything(tiny).map((event) => ({ course: tiny, event }));
		await db.tx((tx) => store(db, tx, id, rows, now));
	}
	return db;
}

const learner = (name: string): Findable => ({
	kind: 'agent',
	value: agentKey({ account: { homePage: homePageOfServer(), name } }),
});

async function found(db: Database, ...terms: Findable[]) {
	const { rows } = await findStatements(db, { terms, ascending: true, limit: 500 });
	return rows;
}

async function termsIn({ read, tables }: Database): Promise<number> {
	const [row] = await read.select({ terms: count() }).from(tables.statementTerms);
	return row!.terms;
}

test.each(testDatabases)(
	'our own statements are found as those of clients are, on %s',
	async (_, open) => {
		const db = await withLearners(open);
		const theirs = await found(db, learner('p'));
		expect(theirs.length).toBeGreaterThan(20);
		const [first] = theirs;
		expect(JSON.parse(textOf(first!))).toMatchObject({
			actor: { account: { name: 'p' } },
			stored: first!.storedAt.toISOString(),
			authority: { objectType: 'Agent', name: 'Rygsamtalen' },
			version: '1.0.3',
		});
		// What is sent on to other stores stays as it was made.
		expect(JSON.parse(first!.body)).not.toHaveProperty('stored');
		const { object } = JSON.parse(first!.body) as { object: { id: string; definition: object } };
		expect(await definitionOf(db, object.id)).toMatchObject({ name: {} });
	},
);

test.each(testDatabases)(
	'statements from before there was an index are caught up with, on %s',
	async (_, open) => {
		const db = await withLearners(open);
		const all = await found(db, learner('p'));
		const before = await termsIn(db);
		await db.tx((tx) => tx.delete(db.tables.statementTerms));
		expect(await found(db, learner('p'))).toEqual([]);
		const { statements } = db.tables;
		const [stored] = await db.read.select({ statements: count() }).from(statements);
		expect(await catchUpIndex(db)).toBe(stored!.statements);
		expect(await found(db, learner('p'))).toEqual(all);
		expect(await termsIn(db)).toBe(before);
		expect(await catchUpIndex(db)).toBe(0);
	},
);

test.each(testDatabases)(
	'a server that stops in between goes on where it was, on %s',
	async (_, open) => {
		const db = await withLearners(open);
		const before = await termsIn(db);
		await db.tx((tx) => tx.delete(db.tables.statementTerms));
		let times = 0;
		await catchUpIndex(db, () => times++ < 1, 10);
		expect(await termsIn(db)).toBeLessThan(before);
		await catchUpIndex(db);
		expect(await termsIn(db)).toBe(before);
	},
);

test.each(testDatabases)('who is deleted leaves nothing in the index, on %s', async (_, open) => {
	const db = await withLearners(open);
	const before = await termsIn(db);
	const others = await found(db, learner('q'));
	await db.tx((tx) => forget(db, tx, ['p']));
	expect(await found(db, learner('p'))).toEqual([]);
	expect(await found(db, learner('q'))).toEqual(others);
	expect(await termsIn(db)).toBe(before / 2);
	await db.tx((tx) => forget(db, tx, ['q']));
	expect(await termsIn(db)).toBe(0);
});
