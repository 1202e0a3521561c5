import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, count, eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { EVER, recount } from '../../src/lib/server/learning/enrolments.ts';
import {
	catchUpFirstAnswers,
	recountFirstAnswers,
} from '../../src/lib/server/learning/first-answers.ts';
import { openSqlite } from '../../src/lib/server/db/sqlite.ts';
import { seed } from '../bench/seed/seed.ts';

/** What speed is measured on must be what the server itself would have made. */
const folder = mkdtempSync(join(tmpdir(), 'rygsamtalen-seed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const plan = {
	courseDir: 'tests/fixtures/courses/tiny',
	organisations: 2,
	learners: 120,
	events: 3_000,
	seed: 7,
};
const open = (dataDir: string) => openSqlite(join(dataDir, 'rygsamtalen.db'), 'migrations/sqlite');

test('a seeded database holds what was asked for, and enrolments that its events add up to', async () => {
	const dataDir = join(folder, 'one');
	const seeded = await seed({ ...plan, dataDir });
	expect(seeded.learners).toBe(120);
	expect(seeded.events).toBeGreaterThan(1_500);
	const db = open(dataDir);
	const { enrolments, events, members } = db.tables;
	const [stored] = await db.read.select({ total: count() }).from(events);
	expect(stored!.total).toBe(seeded.events);
	const [joined] = await db.read.select({ total: count() }).from(members);
	expect(joined!.total).toBe(120);
	const some = await db.read.select().from(enrolments).orderBy(asc(enrolments.userId)).limit(12);
	for (const before of some) {
		await db.tx((tx) => recount(db, tx, course, before.userId, EVER));
		const theirs = eq(enrolments.userId, before.userId);
		const [after] = await db.read.select().from(enrolments).where(theirs);
		expect(after).toEqual(before);
	}
	await db.close();
});

test('first answers are those that the events of a learner add up to, and all are counted', async () => {
	const dataDir = join(folder, 'answers');
	await seed({ ...plan, dataDir });
	const db = open(dataDir);
	const { enrolments, firstAnswers } = db.tables;
	const answersOf = (userId: string) =>
		db.read
			.select()
			.from(firstAnswers)
			.where(eq(firstAnswers.userId, userId))
			.orderBy(asc(firstAnswers.lesson), asc(firstAnswers.step), asc(firstAnswers.item));
	const some = await db.read.select().from(enrolments).orderBy(asc(enrolments.userId)).limit(12);
	let rows = 0;
	for (const { userId } of some) {
		const before = await answersOf(userId);
		await db.tx((tx) => recountFirstAnswers(db, tx, course, userId));
		expect(await answersOf(userId)).toEqual(before);
		rows += before.length;
	}
	expect(rows).toBeGreaterThan(12);
	expect(await catchUpFirstAnswers(db, [course])).toBe(0);
	await db.close();
});

test('the same seed makes the same database', async () => {
	const rows = [];
	for (const name of ['two', 'three']) {
		const dataDir = join(folder, name);
		await seed({ ...plan, learners: 20, dataDir });
		const db = open(dataDir);
		const { events } = db.tables;
		rows.push(await db.read.select().from(events).orderBy(asc(events.userId), asc(events.id)));
		await db.close();
	}
	expect(rows[0]).toEqual(rows[1]);
	expect(rows[0]!.length).toBeGreaterThan(0);
});
