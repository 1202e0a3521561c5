import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import type { Database } from '../db/database.ts';
import { testDatabases, openTestSqlite } from '../db/testing.ts';
import { receive } from './events.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const courses = (id: string) => (id === 'tiny' ? tiny : undefined);
let clock = 1_800_000_000_000;

function event(own: Record<string, unknown>) {
	return {
		v: 1,
		id: crypto.randomUUID(),
		at: new Date(clock++).toISOString(),
		course: 'tiny',
		courseVersion: '1.0.0',
		language: 'da',
		lesson: 'hello',
		...own,
	};
}
const began = (attempt: string, step = 'anna', items = ['anna']) =>
	event({ type: 'attempt-began', step, attempt, items });
const answered = (attempt: string, response: unknown, step = 'anna', item = 'anna') =>
	event({ type: 'answered', step, attempt, item, response });

async function stored(db: Database) {
	return db.read.select().from(db.tables.events);
}
const send = (db: Database, user: { id: string } | null, ...events: { id: string }[]) =>
	receive(db, courses, user, { learner: user?.id ?? null, events }, 'da');

test.each(testDatabases)('the first event makes a guest with a session on %s', async (_, open) => {
	const db = await open();
	const first = event({ type: 'step-reached', step: 'welcome' });
	const receipt = await send(db, null, first);
	expect(receipt.accepted).toEqual([first.id]);
	expect(receipt.session?.token).toMatch(/^[\w-]+\.[\w-]+$/);
	const [row] = await stored(db);
	expect(row).toMatchObject({ userId: receipt.learner, body: first, course: 'tiny' });
	await db.close();
});

test.each(testDatabases)(
	'an event sent twice is accepted twice and stored once on %s',
	async (_, open) => {
		const db = await open();
		const one = event({ type: 'step-read', step: 'welcome', seconds: 3 });
		const { learner } = await send(db, null, one);
		const again = await send(db, { id: learner }, one);
		expect(again.accepted).toEqual([one.id]);
		expect(await stored(db)).toHaveLength(1);
		await db.close();
	},
);

test('scores each response itself', async () => {
	const db = await openTestSqlite();
	const attempt = crypto.randomUUID();
	await send(
		db,
		null,
		began(attempt, 'check', ['one']),
		answered(attempt, { options: ['hello'] }, 'check', 'one'),
	);
	const row = (await stored(db)).find((one) => one.type === 'answered');
	expect(row).toMatchObject({ earned: 1, possible: 1 });
	await db.close();
});

const attempt = crypto.randomUUID();
test.each([
	['a forged score', { ...answered(attempt, { path: ['ask-day'] }), earned: 30 }, /earned/],
	[
		'a foreign course',
		event({ course: 'other', type: 'step-reached', step: 'x' }),
		/no course "other"/,
	],
	['an unknown lesson', event({ lesson: 'x', type: 'step-reached', step: 'x' }), /no lesson "x"/],
	['an unknown step', event({ type: 'step-reached', step: 'x' }), /no step "x"/],
	['an unknown activity', answered(attempt, {}, 'anna', 'x'), /no activity "x"/],
	['items of another step', began(attempt, 'check', ['anna']), /no activity "anna"/],
	[
		'items for a final test',
		event({
			lesson: 'final-test',
			type: 'attempt-began',
			step: 'test',
			attempt,
			items: ['test-first'],
		}),
		/the server itself draws/,
	],
	['a response of the wrong shape', answered(attempt, { path: 7 }), /response/],
	['an option that is not there', answered(attempt, { path: ['x'] }), /response/],
	[
		'another version of the format',
		{ ...event({ type: 'step-reached', step: 'anna' }), v: 2 },
		/v/,
	],
	['a time that is none', { ...event({ type: 'step-reached', step: 'anna' }), at: 'now' }, /at/],
])('refuses %s and keeps the rest', async (_, bad, reason) => {
	const db = await openTestSqlite();
	const good = event({ type: 'step-reached', step: 'anna' });
	const receipt = await send(db, null, bad as { id: string }, good);
	expect(receipt.accepted).toEqual([good.id]);
	expect(receipt.refused).toEqual([{ id: bad.id, reason: expect.stringMatching(reason) }]);
	expect((await stored(db)).map((row) => row.id)).toEqual([good.id]);
	await db.close();
});

/** Lets the database file grow to so many pages and no further, as a full disk would. */
function limitPages(db: Database, pages: number): Promise<unknown> {
	return db.tx(async (tx) =>
		(tx as unknown as BetterSQLite3Database).get(sql.raw(`PRAGMA max_page_count = ${pages}`)),
	);
}

test('stores nothing by half on a full disk, and goes on once there is room', async () => {
	const db = await openTestSqlite();
	await limitPages(db, 1); // which SQLite takes for: no more than there are now
	const accepted: string[] = [];
	const fill = async () => {
		for (;;) {
			const attempt = crypto.randomUUID();
			const both = [began(attempt), answered(attempt, { path: ['ask-day'] })];
			accepted.push(...(await send(db, null, ...both)).accepted);
		}
	};
	await expect(fill()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
	expect((await stored(db)).map((row) => row.id).sort()).toEqual(accepted.sort());
	expect(await db.read.select().from(db.tables.users)).toHaveLength(accepted.length / 2);

	await limitPages(db, 10_000);
	const late = event({ type: 'step-reached', step: 'anna' });
	expect((await send(db, null, late)).accepted).toEqual([late.id]);
	await db.close();
});
