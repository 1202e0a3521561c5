import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../../tests/support/everything.ts';
import { openLetters } from '../../../../tests/support/letters.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import type { Course, FinalTest } from '#lib/course/model.ts';
import { noProgress } from '#lib/progress/progress.ts';
import { loadCourse } from '../../../authoring/loader.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { beginTest } from '../learning/final-test.ts';
import { secretBox } from '../secret-box.ts';
import { attemptsOf } from './attempts.ts';
import type { Wish } from './assignment-form.ts';
import { listAssignments } from './assignment-list.ts';
import {
	assignmentOr404,
	changeAssignment,
	createAssignment,
	withdrawAssignment,
	type Desk,
} from './assignments.ts';
import { findMembers } from './asked.ts';
import { followedGroup } from './rights.ts';
import { countRounds } from './rounds.ts';
import { tasksOf } from './tasks.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course! as Course & {
	finalTest: FinalTest;
};
const courses = [course];
const box = secretBox('a key for tests of thirty-two letters');
const now = new Date('2027-03-01T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const wish: Wish = {
	course: 'tiny',
	scope: 'course',
	lessons: [],
	startsOn: '2027-03-01',
	dueOn: '2027-03-31',
	everyMonths: null,
	requiredScore: null,
	attempts: null,
	message: 'Before the seminar',
	reminders: [7, 1, -1],
	people: null,
	tell: true,
};

describe.each(testDatabases)('assignments on %s', (_, openDb) => {
	let db: Database;
	let world: World;
	let desk: Desk;
	beforeAll(async () => {
		db = await openDb();
	}, 60_000);
	afterAll(() => db.close());
	beforeEach(async () => {
		await db.tx(async (tx) => {
			const { letters, organisations, users } = db.tables;
			for (const table of [letters, organisations, users]) await tx.delete(table);
		});
		world = await makeWorld(db, course.id);
		await db.tx((tx) => tx.delete(db.tables.assignments));
		const found = await followedGroup(db, db.read, world.ids.educator, world.group);
		desk = {
			db,
			box,
			courses,
			origin: 'https://kursus.example.dk',
			actor: world.ids.educator,
			...found,
			now,
		};
	});

	const create = async (set: Partial<Wish> = {}, at: Desk = desk) => {
		const made = await createAssignment(at, { ...wish, ...set });
		if ('refused' in made) throw new Error(made.refused);
		return assignmentOr404(db, db.read, at.group.id, made.id);
	};
	const elsewhere = async (): Promise<Desk> => ({
		...desk,
		actor: world.ids.foreign,
		...(await followedGroup(db, db.read, world.ids.foreign, world.elsewhere)),
	});
	const join = (userId: string, groupId: string) =>
		db.tx((tx) => tx.insert(db.tables.members).values({ userId, groupId, joinedAt: now }));
	const finish = (userId: string, keep: (lesson: string) => boolean = () => true) => {
		const events = everything(course)
			.filter(({ lesson }) => keep(lesson))
			.map((event) => ({ course, event }));
		return db.tx((tx) => store(db, tx, userId, events, now));
	};
	const list = (at = now) => listAssignments(db, courses, desk.group, desk.organisation, at);

	test('members are told, in their language, with the due day as a file; it is on record', async () => {
		const { id } = await create({ requiredScore: 80, attempts: 2 });
		const [letter, ...others] = await openLetters(db, box);
		expect(others).toEqual([]);
		expect(letter).toMatchObject({
			kind: 'assignment',
			userId: world.ids.member,
			subject: 'New assignment: Tiny course',
		});
		for (const words of [
			'Before the seminar',
			'Wednesday, March 31, 2027',
			'80%',
			'https://kursus.example.dk/en',
		]) {
			expect(letter!.text).toContain(words);
			expect(letter!.html).toContain(words);
		}
		const { contentType, content } = letter!.attachments![0]!;
		expect(contentType).toBe('text/calendar; charset=utf-8; method=PUBLISH');
		for (const line of [
			'METHOD:PUBLISH',
			`UID:${id}-0@kursus.example.dk`,
			'SEQUENCE:0',
			'DTSTART;VALUE=DATE:20270331',
		])
			expect(content).toContain(line);
		const [deed] = await db.read
			.select()
			.from(db.tables.audit)
			.where(eq(db.tables.audit.subjectId, id));
		expect(deed).toMatchObject({ action: 'assignment.created', actor: world.ids.educator });
	});

	test('who has done it already is not told', async () => {
		await finish(world.ids.member);
		await create();
		expect(await openLetters(db, box)).toEqual([]);
		expect(await list()).toMatchObject([{ done: 1, of: 1, state: 'open' }]);
	});

	test('chosen members are asked, and nobody is who is not in the group', async () => {
		await join(world.ids.outsider, world.group);
		const outsider = `outsider-${world.ids.outsider}@example.org`;
		expect(
			await createAssignment(desk, { ...wish, people: [outsider, 'nobody@example.org'] }),
		).toMatchObject({ field: 'people', refused: expect.stringContaining('nobody@example.org') });
		expect(await list()).toEqual([]);
		expect(
			await db.read
				.select()
				.from(db.tables.audit)
				.where(eq(db.tables.audit.actor, world.ids.educator)),
		).toEqual([]);
		await create({ people: [outsider] });
		expect((await openLetters(db, box)).map(({ to }) => to)).toEqual([outsider]);
		expect(await list()).toMatchObject([{ done: 0, of: 1 }]);
		const tasks = (who: 'member' | 'outsider') =>
			tasksOf(db, db.read, courses, world.ids[who], now);
		expect(await tasks('member')).toEqual([]);
		expect(await tasks('outsider')).toHaveLength(1);
	});

	test('a changed due day is told, and moves the day in the calendar', async () => {
		const before = await create();
		const changed = { ...desk, now: later(90) };
		await changeAssignment(changed, before, { ...wish, dueOn: '2027-04-15' });
		const [, letter] = await openLetters(db, box);
		expect(letter!.subject).toBe('Changed assignment: Tiny course');
		const { content } = letter!.attachments![0]!;
		expect(content).toContain(`UID:${before.id}-0@kursus.example.dk`);
		expect(content).toContain('SEQUENCE:5400');
		expect(content).toContain('DTSTART;VALUE=DATE:20270415');
	});

	test('withdrawn, nobody is asked any more; what was done stays', async () => {
		await finish(world.ids.member, (lesson) => lesson === 'hello');
		const before = await create();
		await withdrawAssignment({ ...desk, now: later(1) }, before, true);
		expect(await tasksOf(db, db.read, courses, world.ids.member, now)).toEqual([]);
		const [, letter] = await openLetters(db, box);
		expect(letter!.attachments![0]!.content).toContain('STATUS:CANCELLED');
		const { enrolments } = db.tables;
		expect(await db.read.select().from(enrolments)).toHaveLength(1);
		const after = await assignmentOr404(db, db.read, world.group, before.id);
		expect(await changeAssignment(desk, after, wish)).toHaveProperty('refused');
		expect((await list())[0]).toMatchObject({ state: 'withdrawn', clashes: [] });
	});

	test('work in a later round counts once a change has begun that round', async () => {
		// Done in January; the round that the change makes begins in February.
		await finish(world.ids.member, (lesson) => lesson === 'hello');
		const before = await create({ startsOn: '2026-02-01', dueOn: null });
		const change = (startsOn: string) =>
			changeAssignment(desk, before, { ...wish, startsOn, dueOn: null, everyMonths: 12 });
		const standing = async () =>
			(await tasksOf(db, db.read, courses, world.ids.member, now))[0]!.standing;
		expect((await standing()).done).toBe(1);
		await change('2026-01-05');
		expect((await standing()).done).toBe(0);
		expect(await countRounds(db, courses, { only: before.id, now })).toBe(1);
		expect(await standing()).toMatchObject({ done: 1, standing: 'under-way' });
		// Counted once; and a round before which all of it lies has nothing to count.
		expect(await countRounds(db, courses, { now })).toBe(0);
		await change('2026-02-01');
		expect(await countRounds(db, courses, { now })).toBe(0);
		expect((await standing()).done).toBe(0);
	});

	test('figures are those of each task', async () => {
		await join(world.ids.outsider, world.group);
		await finish(world.ids.member);
		await finish(world.ids.outsider, (lesson) => lesson === 'bye');
		await create({ scope: 'lessons', lessons: ['bye'] });
		await create({ scope: 'lessons', lessons: ['hello', 'bye'] });
		await create({ scope: 'final-test' });
		await create({ scope: 'final-test', requiredScore: 100 });
		await create({ scope: 'course' });
		const done = Object.fromEntries(
			(await list()).map(({ assignment: { scope, lessons, requiredScore }, done }) => [
				`${scope} ${lessons.join()} ${requiredScore}`,
				done,
			]),
		);
		expect(done).toEqual({
			'lessons bye null': 2,
			'lessons hello,bye null': 1,
			'final-test  null': 1,
			'final-test  100': 1,
			'course  null': 1,
		});
	});

	test('two groups that ask the same people by other terms: both are told, by counts alone', async () => {
		await join(world.ids.member, world.elsewhere);
		const there = await elsewhere();
		await create({ dueOn: '2027-03-20' });
		await create({ dueOn: '2027-03-20' }, there);
		expect((await list())[0]!.clashes).toEqual([]);
		const other = await create({ dueOn: '2027-03-10', requiredScore: 80 }, there);
		expect((await list())[0]!.clashes).toEqual([
			{ members: 1, dueOn: '2027-03-10', requiredScore: 80 },
		]);
		const theirs = await listAssignments(
			db,
			courses,
			there.group,
			there.organisation,
			now,
			other.id,
		);
		expect(theirs[0]!.clashes).toEqual([{ members: 1, dueOn: '2027-03-20', requiredScore: null }]);
		// Who is not asked there is not counted.
		await create({ people: [], dueOn: '2027-03-05' });
		const chosen = (await list()).find(({ assignment }) => assignment.dueOn === '2027-03-05');
		expect(chosen).toMatchObject({ of: 0, clashes: [] });
	});

	test('members are found by name and address, in their group alone', async () => {
		const found = (text: string) => findMembers(db, db.read, world.group, text);
		expect(await found('MEMBER-')).toHaveLength(1);
		expect(await found('out')).toEqual([]);
		expect(await found('%')).toEqual([]);
		expect(await found('')).toEqual([]);
	});

	describe('attempts at the final test', () => {
		const attempts = (who = world.ids.member) => attemptsOf(db, db.read, course, who, now);
		const begin = (minutes: number) =>
			beginTest(
				db,
				course,
				{ id: world.ids.member },
				noProgress(),
				{
					course: 'tiny',
					attempt: crypto.randomUUID(),
					at: later(minutes).toISOString(),
					language: 'en',
				},
				later(minutes),
			);

		test('are limited where an assignment says so, and the educator may allow more', async () => {
			expect(await attempts()).toBeUndefined();
			const limited = await create({ scope: 'final-test', attempts: 1 });
			expect(await attempts()).toEqual({ left: 1, of: 1 });
			expect(await begin(1)).toEqual({});
			expect(await attempts()).toEqual({ left: 0, of: 1 });
			expect(await begin(2)).toHaveProperty('refused');
			// The most generous one holds; one that sets no limit does not say anything of it.
			await create({ scope: 'course', attempts: null });
			expect(await attempts()).toEqual({ left: 0, of: 1 });
			await changeAssignment(desk, limited, { ...wish, scope: 'final-test', attempts: 2 });
			expect(await attempts()).toEqual({ left: 1, of: 2 });
			expect(await begin(3)).toEqual({});
			await create({ scope: 'course', attempts: 5 });
			expect(await attempts()).toEqual({ left: 3, of: 5 });
		});

		test('are not limited before it begins, by lessons, nor for who has passed', async () => {
			await create({ scope: 'final-test', attempts: 1, startsOn: '2027-03-20' });
			expect(await attempts()).toBeUndefined();
			await create({ scope: 'final-test', attempts: 1 });
			await finish(world.ids.member, (lesson) => lesson === FINAL_TEST);
			expect(await attempts()).toBeUndefined();
			const [row] = await db.read
				.select()
				.from(db.tables.enrolments)
				.where(
					and(
						eq(db.tables.enrolments.userId, world.ids.member),
						eq(db.tables.enrolments.since, ''),
					),
				);
			expect(row!.testAttempts).toBe(2);
		});

		test('one that is under way is gone on with, also the last one', async () => {
			await create({ scope: 'final-test', attempts: 1 });
			await begin(1);
			const progress = {
				...noProgress(),
				lessons: { [FINAL_TEST]: { steps: { test: { open: [{}] } } } },
			} as unknown as ReturnType<typeof noProgress>;
			const body = {
				course: 'tiny',
				attempt: crypto.randomUUID(),
				at: later(5).toISOString(),
				language: 'en' as const,
			};
			expect(await beginTest(db, course, { id: world.ids.member }, progress, body)).toEqual({});
		});
	});
});
