import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { learnerView } from './learner-view.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2027-03-01T12:00:00Z');

/** PostgreSQL in WebAssembly takes its time to start on a busy machine. */
const START = 60_000;

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	beforeAll(async () => {
		db = await open();
		world = await makeWorld(db, course.id);
	}, START);
	afterAll(() => db.close());

	const view = (groupId?: string) =>
		learnerView(db, [course], world.ids.member, 'en', now, groupId);

	test('who has begun nothing has nothing but what is asked of them', async () => {
		expect(await view()).toMatchObject({
			assignments: [{ id: world.assignment, standing: 'not-begun', done: 0, of: 3, lessons: [] }],
			courses: [],
			certificates: [],
			practiceDue: 0,
		});
	});

	test('lessons, attempts and the final test, each with when', async () => {
		const all = everything(course);
		await db.tx((tx) =>
			store(
				db,
				tx,
				world.ids.member,
				all.map((event) => ({ course, event })),
				now,
			),
		);
		const last = all.findLast(({ lesson }) => lesson === 'final-test')!;
		const { assignments, courses, practiceDue } = await view(world.group);
		expect(assignments[0]).toMatchObject({ standing: 'done', done: 3, of: 3, score: 100 });
		const [hello, bye] = courses[0]!.lessons;
		expect(hello).toMatchObject({ id: 'hello', title: expect.any(String), standing: 'done' });
		expect(hello!.attempts.map(({ percent }) => percent)).toEqual([0, hello!.best]);
		expect(bye!.attempts).toEqual([]);
		expect(courses[0]!.test).toMatchObject({
			standing: 'done',
			passMark: 50,
			best: 100,
			attempts: [{ percent: 0 }, { percent: 100, at: new Date(last.at) }],
			passedAt: expect.any(Date),
		});
		expect(practiceDue).toBeGreaterThan(0);
	});

	test('what another group asks for is not told', async () => {
		expect((await view(world.elsewhere)).assignments).toEqual([]);
	});

	test('certificates are told, with whether they still hold', async () => {
		const { certificates } = db.tables;
		const one = (id: string, revokedAt: Date | null) => ({
			...{ id, code: id, userId: world.ids.member, course: course.id, courseVersion: '1.0.0' },
			...{ since: id, states: {}, shows: { name: false, result: false }, revokedAt },
			...{ completedAt: now, issuedAt: now },
		});
		await db.tx((tx) => tx.insert(certificates).values([one('a', null), one('b', now)]));
		const told = new Map((await view()).certificates.map((each) => [each.id, each]));
		// With the one that was issued when the course was passed.
		expect(told.size).toBe(3);
		expect(told.get('a')).toMatchObject({ course: { title: 'Tiny course' }, isRevoked: false });
		expect(told.get('b')).toMatchObject({ isRevoked: true });
	});

	test('no word that a learner wrote or chose is in it', async () => {
		const text = JSON.stringify(await view());
		for (const key of ['response', 'items', 'text', 'path']) expect(text).not.toContain(`"${key}"`);
	});
});
