import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { tasksOf } from './tasks.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
/** After everything that happens here. */
const now = new Date('2027-03-01T12:00:00Z');

let db: Database;
let world: World;
beforeAll(async () => {
	db = await openTestSqlite();
	world = await makeWorld(db, course.id);
});
afterAll(() => db.close());

const tasks = (who: keyof World['ids'], at = now) =>
	tasksOf(db, db.read, [course], world.ids[who], at);
const change = (set: object) =>
	db.tx((tx) =>
		tx.update(db.tables.assignments).set(set).where(eq(db.tables.assignments.id, world.assignment)),
	);

test('a member is asked, and nobody else', async () => {
	expect(await tasks('outsider')).toEqual([]);
	expect(await tasks('educator')).toEqual([]);
	const [task, ...others] = await tasks('member');
	expect(others).toEqual([]);
	expect(task).toMatchObject({
		isOpen: true,
		isOverdue: false,
		round: { number: 0, since: '' },
		standing: { standing: 'not-begun', done: 0 },
	});
});

test('it is overdue once the due day is over where the organisation is, until it is done', async () => {
	await change({ dueOn: '2027-02-28' });
	expect((await tasks('member', new Date('2027-02-28T22:59:59Z')))[0]!.isOverdue).toBe(false);
	expect((await tasks('member', new Date('2027-02-28T23:00:00Z')))[0]!.isOverdue).toBe(true);
	const events = everything(course).map((event) => ({ course, event }));
	await db.tx((tx) => store(db, tx, world.ids.member, events, now));
	expect((await tasks('member'))[0]).toMatchObject({
		isOverdue: false,
		standing: { standing: 'done' },
	});
});

test('the next round begins with nothing', async () => {
	await change({ everyMonths: 14 });
	const [task] = await tasks('member', new Date('2027-03-02T12:00:00Z'));
	expect(task).toMatchObject({
		round: { number: 1, startsOn: '2027-03-01', dueOn: '2028-04-28' },
		standing: { standing: 'not-begun' },
	});
});

test('it is no longer asked once it is withdrawn', async () => {
	await change({ withdrawnAt: now });
	expect(await tasks('member')).toEqual([]);
});
