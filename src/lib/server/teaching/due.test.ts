import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { loadCourse } from '../../../authoring/loader.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { dueFor } from './due.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2027-03-01T12:00:00Z');

let db: Database;
let world: World;
beforeAll(async () => {
	db = await openTestSqlite();
	world = await makeWorld(db, course.id);
	await change({ dueOn: '2027-03-04', message: 'Before the seminar' });
});
afterAll(() => db.close());

const due = (at = now) => dueFor(db, [course], world.ids.member, 'en', at);
const change = (set: object) =>
	db.tx((tx) =>
		tx.update(db.tables.assignments).set(set).where(eq(db.tables.assignments.id, world.assignment)),
	);

test('it says what, for whom, by when, and where to go on', async () => {
	expect(await due()).toMatchObject([
		{
			course: { id: 'tiny', title: 'Tiny course' },
			scope: 'course',
			dueOn: '2027-03-04',
			daysLeft: 3,
			isOverdue: false,
			startsOn: null,
			done: 0,
			of: 3,
			askedBy: [{ assignment: world.assignment, message: 'Before the seminar' }],
			next: { kind: 'course' },
		},
	]);
	expect((await due(new Date('2027-03-06T12:00:00Z')))[0]).toMatchObject({
		daysLeft: -2,
		isOverdue: true,
	});
});

test('days are counted where the organisation is', async () => {
	// 23:30 in Copenhagen, then half past midnight.
	expect((await due(new Date('2027-03-01T22:30:00Z')))[0]!.daysLeft).toBe(3);
	expect((await due(new Date('2027-03-01T23:30:00Z')))[0]!.daysLeft).toBe(2);
});

test('two groups that ask for the same make one entry: earliest day, highest score, both named', async () => {
	await change({ requiredScore: 60 });
	const { assignments, members } = db.tables;
	const other = crypto.randomUUID();
	await db.tx(async (tx) => {
		await tx
			.insert(members)
			.values({ groupId: world.elsewhere, userId: world.ids.member, joinedAt: now });
		await tx.insert(assignments).values({
			id: other,
			groupId: world.elsewhere,
			course: 'tiny',
			scope: 'course',
			lessons: [],
			startsOn: '2026-01-01',
			dueOn: '2027-03-02',
			requiredScore: 40,
			message: '',
			reminders: [],
			forEveryone: true,
			createdAt: now,
			changedAt: now,
		});
	});
	const list = await due();
	expect(list).toHaveLength(1);
	expect(list[0]).toMatchObject({ dueOn: '2027-03-02', requiredScore: 60 });
	expect(list[0]!.askedBy.map(({ assignment }) => assignment)).toEqual([other, world.assignment]);

	// One that only begins later is told apart, and comes last.
	await db.tx((tx) =>
		tx.update(assignments).set({ startsOn: '2027-03-02' }).where(eq(assignments.id, other)),
	);
	expect((await due()).map(({ startsOn }) => startsOn)).toEqual([null, '2027-03-02']);
	await db.tx((tx) => tx.delete(assignments).where(eq(assignments.id, other)));
});

test('lessons are named, and the first that is not done is where to go on', async () => {
	await change({ scope: 'lessons', lessons: ['bye', 'hello'], requiredScore: null });
	expect((await due())[0]).toMatchObject({
		lessons: ['Hello', 'Goodbye'],
		next: { kind: 'lesson', lesson: 'hello' },
	});
	const events = everything(course).filter(({ lesson }) => lesson === 'hello');
	await db.tx((tx) =>
		store(
			db,
			tx,
			world.ids.member,
			events.map((event) => ({ course, event })),
			now,
		),
	);
	expect((await due())[0]).toMatchObject({ done: 1, of: 2, next: { lesson: 'bye' } });
});

test('what is done is not due', async () => {
	const events = everything(course).map((event) => ({ course, event }));
	await db.tx((tx) => store(db, tx, world.ids.member, events, now));
	expect(await due()).toEqual([]);
});
