import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { countingIn, everything } from '../../../../tests/support/everything.ts';
import { CONFIDENCE } from '#lib/course/parts.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { firstAnswers as answersIn } from '#lib/progress/first-answers.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import type { Cell, Sheet } from '../spreadsheets/sheet.ts';
import { activityFigures, activityFiguresSchema, placeDetail } from './activities.ts';
import { branchSheet, itemSheet } from './activity-sheets.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2028-01-01T00:00:00Z');

/** Somebody in the group who answers as `answers` says, and badly where it says nothing. */
async function learner(
	db: Database,
	groupId: string,
	answers: Record<string, unknown> = {},
): Promise<string> {
	const id = crypto.randomUUID();
	const person = { name: '', role: 'learner', isGuest: false, language: 'da' } as const;
	await db.tx(async (tx) => {
		await tx.insert(db.tables.users).values({ ...person, id, createdAt: now });
		await tx.insert(db.tables.members).values({ groupId, userId: id, joinedAt: now });
	});
	await send(db, id, answers);
	return id;
}

/** As `first-answers.ts` keeps them when events come; without the events, it is much quicker. */
async function send(db: Database, userId: string, answers: Record<string, unknown>) {
	const received = everything(course).map((event) => {
		const isGiven = event.type === 'answered' && event.item in answers;
		const given = isGiven ? { ...event, response: answers[event.item] } : event;
		return { event: given as LearnerEvent, receivedAt: now };
	});
	const rows = answersIn(countingIn(course), received);
	await db.tx((tx) =>
		tx
			.insert(db.tables.firstAnswers)
			.values(rows.map((row) => ({ ...row, userId, course: course.id }))),
	);
}

async function newGroup(db: Database): Promise<string> {
	const [organisationId, id] = [crypto.randomUUID(), crypto.randomUUID()];
	await db.tx(async (tx) => {
		await tx.insert(db.tables.organisations).values({
			id: organisationId,
			name: 'Department',
			timeZone: 'Europe/Copenhagen',
			createdAt: now,
		});
		await tx
			.insert(db.tables.groups)
			.values({ id, organisationId, name: 'Group', stuckDays: 14, createdAt: now });
	});
	return id;
}

const all = async ({ rows }: Sheet) => {
	const found: Cell[][] = [];
	for await (const row of rows) found.push(row);
	return found;
};

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterAll(() => db.close());
	test('figures are those of who is in the group now, on their first try', async () => {
		const group = await newGroup(db);
		const other = await newGroup(db);
		await learner(db, group);
		const leaving = await learner(db, group);
		await learner(db, group, { one: { options: ['hello'] } });
		await learner(db, other);
		const { members } = db.tables;
		await db.tx((tx) =>
			tx.delete(members).where(and(eq(members.groupId, group), eq(members.userId, leaving))),
		);

		const figures = await activityFigures(db, db.read, course, group, 'en');
		expect(v.parse(activityFiguresSchema, figures)).toEqual(figures);
		expect(figures.members).toBe(2);
		const of = (step: string) => figures.activities.find((one) => one.step === step);
		expect(of('check')).toMatchObject({ kind: 'quiz', answered: 2, share: (0 + 1 / 3) / 2 });
		expect(of('my-tea')).toMatchObject({ kind: 'reflection', answered: 2, share: null });
		expect(of('after')).toMatchObject({ kind: 'confidence', answered: 2, share: null });

		const at = { lesson: 'hello', step: 'check' };
		const detail = await placeDetail(db, db.read, course, group, at, 'en');
		if (detail.kind !== 'items') throw new Error('a quiz has items');
		const [one, many, three] = detail.items;
		expect(one).toMatchObject({ answered: 2, difficulty: 0.5, discrimination: null });
		expect(one!.parts[0]!.tallies.map(({ id, count }) => [id, count])).toEqual([
			['hello', 1],
			['bye', 1],
		]);
		expect(many).toMatchObject({ answered: 2, difficulty: 0 });
		expect(three).toMatchObject({ answered: 0, difficulty: null });
	});

	test('the database sums what discrimination needs', async () => {
		const group = await newGroup(db);
		// Three kinds of people: who is right twice, wrong twice, and right in one only.
		const right = { one: { options: ['hello'] }, many: { options: ['tea', 'milk'] } };
		for (let n = 0; n < 5; n++) await learner(db, group, right);
		for (let n = 0; n < 5; n++) await learner(db, group);
		for (let n = 0; n < 2; n++) await learner(db, group, { one: right.one });
		const at = { lesson: 'hello', step: 'check' };
		const detail = await placeDetail(db, db.read, course, group, at, 'en');
		if (detail.kind !== 'items') throw new Error('a quiz has items');
		// Both are the same: there are two items. Phi of (5, 2; 0, 5).
		const r = (5 * 5 - 2 * 0) / Math.sqrt(7 * 5 * 5 * 7);
		expect(detail.items[0]!.discrimination).toBeCloseTo(r);
		expect(detail.items[1]!.discrimination).toBeCloseTo(r);
	});

	test('confidence is told from five people on who answered both times', async () => {
		const group = await newGroup(db);
		for (let n = 0; n < 4; n++) await learner(db, group);
		const at = { lesson: CONFIDENCE, step: 'after' };
		const detail = () => placeDetail(db, db.read, course, group, at, 'en');
		expect(await detail()).toMatchObject({ kind: 'confidence', figures: { people: 4 } });
		expect(JSON.stringify(await detail())).not.toContain('statements');
		await learner(db, group, { confidence: { ratings: { greet: 2, part: 2 } } });
		expect(await detail()).toMatchObject({
			figures: { people: 5, statements: [{ id: 'greet', before: 6, after: 6 }, { id: 'part' }] },
		});
	});

	test('sheets hold a row for each answer and each thing that one can say', async () => {
		const group = await newGroup(db);
		await learner(db, group);
		const items = itemSheet(db, db.read, course, group, 'en');
		const rows = await all(items);
		for (const row of rows) expect(row).toHaveLength(items.columns.length);
		expect(rows.filter((row) => row[2] === 'one')).toEqual([
			[
				'Hello',
				'Check',
				'one',
				'choice',
				'What does one say first?',
				1,
				0,
				null,
				null,
				'Hello',
				true,
				0,
				0,
			],
			[
				'Hello',
				'Check',
				'one',
				'choice',
				'What does one say first?',
				1,
				0,
				null,
				null,
				'Goodbye',
				false,
				1,
				1,
			],
		]);
		expect(rows.some((row) => row[0] === 'How confident are you?')).toBe(false);
		const only = itemSheet(db, db.read, course, group, 'en', { lesson: 'hello', step: 'check' });
		expect(new Set((await all(only)).map((row) => row[1]))).toEqual(new Set(['Check']));
		const branches = branchSheet(db, db.read, course, group, 'en');
		const said = await all(branches);
		for (const row of said) expect(row).toHaveLength(branches.columns.length);
		expect(said.map((row) => [row[2], ...row.slice(6)])).toEqual([
			['1a', 1, 1, 0, null],
			['1b', 1, 1, 1, 0],
			['2a', 1, 1, 0, null],
			['2b', 1, 1, 1, null],
		]);
	});
});

test('there is nothing to see where nothing can be answered', async () => {
	const db = await testDatabases[0]![1]();
	const group = await newGroup(db);
	for (const at of [
		{ lesson: 'hello', step: 'welcome' },
		{ lesson: 'hello', step: 'practice' },
		{ lesson: 'nowhere', step: 'check' },
	])
		await expect(placeDetail(db, db.read, course, group, at, 'en')).rejects.toMatchObject({
			status: 404,
		});
	await db.close();
});
