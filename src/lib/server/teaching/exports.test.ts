import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { toCsv } from '../spreadsheets/write.ts';
import { exportSheet, type Part, type Table } from './exports.ts';
import { followedGroup } from './rights.ts';

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
		const events = everything(course).map((event) => ({ course, event }));
		await db.tx(async (tx) => {
			await store(db, tx, world.ids.member, events, now);
			await tx.insert(db.tables.users).values({
				...{ id: 'åse', name: '=Åse', email: 'aase@example.org', profession: 'Fysioterapeut' },
				...{ role: 'learner', isGuest: false, language: 'da', createdAt: now },
			});
			await tx.insert(db.tables.members).values({
				...{ groupId: world.group, userId: 'åse', joinedAt: new Date('2027-02-28T23:30:00Z') },
			});
			const answer = (item: string, at: string) => ({
				...{ userId: world.ids.member, course: course.id, lesson: 'hello', step: 'check' },
				...{ item, response: '"secret words"', earned: 1, possible: 2 },
				...{ restEarned: 0, restPossible: 2, at: new Date(at) },
			});
			await tx
				.insert(db.tables.firstAnswers)
				.values([answer('b', '2027-01-10T10:00:00Z'), answer('a', '2027-01-10T11:00:00Z')])
				.onConflictDoNothing();
		});
	}, START);
	afterAll(() => db.close());

	async function rows(table: Table, part: Part = {}): Promise<Record<string, string>[]> {
		const followed = await followedGroup(db, db.read, world.ids.educator, world.group);
		const from = { db, courses: [course], ...followed, language: 'en' as const, now };
		const text = await new Response(toCsv(await exportSheet(from, table, part), 'en')).text();
		return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
	}

	test('progress: one row a learner, by name, a column for each lesson', async () => {
		const [first, second, ...more] = await rows('progress');
		expect(more).toEqual([]);
		expect(first).toMatchObject({
			...{ Name: "'=Åse", Status: 'Not begun', 'Steps completed': '0', 'Score (%)': '' },
			...{ Profession: 'Fysioterapeut', Begun: '', Done: '', 'Overdue (1 = yes)': '0' },
		});
		expect(second).toMatchObject({
			...{ Name: 'member', Status: 'Done', 'Score (%)': '100' },
			...{ Begun: '2027-01-10', 'Last active': '2027-01-10' },
		});
		const lessons = Object.keys(second!).filter((head) => head.endsWith('(% of steps)'));
		expect(lessons).toHaveLength(3);
		for (const head of lessons) expect([first![head], second![head]]).toEqual(['0', '100']);
	});

	test('answers: points and when, in the order in which they were given, never the answer', async () => {
		const found = await rows('answers');
		const mine = found.filter(({ Item }) => Item === 'a' || Item === 'b');
		expect(mine).toMatchObject([
			{
				...{ Name: 'member', Course: 'Tiny course', Item: 'b', 'Points earned': '1' },
				...{ 'Points possible': '2', 'Answered (UTC)': '2027-01-10T10:00:00.000Z' },
			},
			{ Item: 'a' },
		]);
		expect(JSON.stringify(found)).not.toContain('secret words');
	});

	test('members: who they are and since when, in the days of the organisation', async () => {
		const [first] = await rows('members');
		expect(first).toEqual({
			...{ Name: "'=Åse", 'E-mail': 'aase@example.org', Profession: 'Fysioterapeut' },
			'In the group since': '2027-03-01',
		});
	});

	test('items and branches: a row for each answer, of the course or of one place in it', async () => {
		const items = await rows('items', { course: course.id });
		expect(items.length).toBeGreaterThan(0);
		const check = await rows('items', { course: course.id, lesson: 'hello', step: 'check' });
		expect(check.length).toBeGreaterThan(0);
		expect(check.length).toBeLessThan(items.length);
		expect(Object.keys((await rows('branches'))[0]!)).toContain('Chose it');
		await expect(rows('items', { course: 'none' })).rejects.toMatchObject({ status: 404 });
	});
});
