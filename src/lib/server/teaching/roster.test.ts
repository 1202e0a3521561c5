import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { enrol, type Enrolment } from '#lib/progress/enrolment.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { noProgress } from '#lib/progress/progress.ts';
import { apply } from '#lib/progress/reduce.ts';
import { taskStanding, type Task } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { countingIn } from '../learning/courses.ts';
import { mapOf } from '../learning/enrolments.ts';
import { store } from '../learning/events.ts';
import { standingIn } from './people.ts';
import { followedGroup } from './rights.ts';
import { readRosterQuery, roster } from './roster.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const other = { ...course, id: 'other' };
const now = new Date('2027-03-01T12:00:00Z');
const all = everything(course);
/** PostgreSQL in WebAssembly takes its time to start on a busy machine. */
const START = 60_000;

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	const ids: Record<string, string> = {};

	async function join(name: string, events: LearnerEvent[]) {
		const id = (ids[name] = crypto.randomUUID());
		const person = { name, role: 'learner', isGuest: false, language: 'da' } as const;
		await db.tx(async (tx) => {
			await tx
				.insert(db.tables.users)
				.values({ ...person, id, email: `${name}@example.org`, createdAt: now });
			await tx
				.insert(db.tables.members)
				.values({ groupId: world.group, userId: id, joinedAt: now });
			const own = events.map((event) => ({
				course,
				event: { ...event, id: crypto.randomUUID() },
			}));
			if (own.length > 0) await store(db, tx, id, own, now);
		});
	}

	beforeAll(async () => {
		db = await open();
		world = await makeWorld(db, course.id);
		await join('åse', all);
		await join('bo', moved(all.slice(0, 5), '2027-02-27'));
		await join('ida', all.slice(0, 9));
		await join('ann', moved(failures(3), '2027-02-26'));
	}, START);
	afterAll(() => db.close());

	const page = async (query = '', courses = [course, other]) => {
		const followed = await followedGroup(db, db.read, world.ids.educator, world.group);
		const read = readRosterQuery(new URLSearchParams(query));
		return roster(db, courses, followed, read, 'da', now);
	};
	const names = async (query: string) => (await page(query)).rows.map(({ name }) => name);
	const change = (set: object) =>
		db.tx((tx) =>
			tx
				.update(db.tables.assignments)
				.set(set)
				.where(eq(db.tables.assignments.id, world.assignment)),
		);

	test('four figures count everybody once, whatever is filtered', async () => {
		const figures = { 'not-begun': 1, 'under-way': 1, stuck: 2, done: 1 };
		expect(await page()).toMatchObject({ figures, people: 5, found: 5, overdue: 0 });
		expect(await page('status=stuck&q=ida')).toMatchObject({ figures, people: 5, found: 1 });
	});

	test('who is stuck is told with the reason', async () => {
		const { attention } = await page();
		expect(attention).toEqual({
			total: 2,
			first: [
				{
					...{ id: ids.ann, name: 'ann', hasBegun: true },
					reasons: [{ kind: 'failed', times: 3, unit: 'hello' }],
				},
				{ id: ids.ida, name: 'ida', hasBegun: true, reasons: [{ kind: 'idle', days: 50 }] },
			],
		});
	});

	test('everybody has a cell for each lesson and the final test', async () => {
		const { columns, rows } = await page();
		expect(columns.map(({ id }) => id)).toEqual(['hello', 'bye', 'final-test']);
		const cells = (name: string) => rows.find((row) => row.name === name)!.cells;
		expect(cells('member')).toEqual([null, null, null]);
		expect(cells('åse')[2]).toMatchObject({ standing: 'done', percent: 100 });
		expect(cells('bo')[0]).toMatchObject({ standing: 'under-way' });
	});

	test('sorted by what is asked for, in the order of the language; who has no such figure is last', async () => {
		expect(await names('')).toEqual(['ann', 'bo', 'ida', 'member', 'åse']);
		expect(await names('order=desc')).toEqual(['åse', 'member', 'ida', 'bo', 'ann']);
		expect(await names('sort=status')).toEqual(['ann', 'ida', 'member', 'bo', 'åse']);
		expect((await names('sort=progress&order=desc'))[0]).toBe('åse');
		expect(await names('sort=active&order=desc')).toEqual(['bo', 'ann', 'åse', 'ida', 'member']);
		expect((await names('sort=active')).at(-1)).toBe('member');
		expect((await names('sort=score&order=desc'))[0]).toBe('åse');
		expect(await names('sort=nonsense&page=x&status=y')).toHaveLength(5);
	});

	test('found by name and by e-mail; a page beyond the last one is the last', async () => {
		expect(await names('q=ÅSE')).toEqual(['åse']);
		expect(await names('q=ida@example')).toEqual(['ida']);
		expect(await names('q=nobody')).toEqual([]);
		expect(await page('page=9')).toMatchObject({ page: 1, pages: 1 });
	});

	test('an assignment comes first, then courses; one that is not there is not found', async () => {
		const { subjects, subject } = await page('of=nonsense');
		expect(subjects.map(({ key }) => key)).toEqual([
			world.assignment,
			'course:tiny',
			'course:other',
		]);
		expect(subject).toEqual(subjects[0]);
		expect((await page('of=course:other')).figures).toMatchObject({ 'not-begun': 5 });
	});

	test('overdue is who is not done once the due day is over', async () => {
		await change({ dueOn: '2027-02-27' });
		const { overdue, attention } = await page();
		expect(overdue).toBe(4);
		expect(attention.first.find(({ name }) => name === 'member')).toMatchObject({
			hasBegun: false,
			reasons: [{ kind: 'overdue', days: 2 }],
		});
		expect(await names('status=overdue')).toEqual(['ann', 'bo', 'ida', 'member']);
		await change({ dueOn: null });
	});

	test('of some lessons only these are counted', async () => {
		await change({ scope: 'lessons', lessons: ['hello'] });
		const { columns, rows, figures } = await page();
		expect(columns.map(({ id }) => id)).toEqual(['hello']);
		expect(figures.done).toBe(1);
		expect(rows.find(({ name }) => name === 'åse')).toMatchObject({ steps: 5, of: 5 });
		await change({ scope: 'course', lessons: [] });
	});

	test('those who are not asked are not in it', async () => {
		await change({ forEveryone: false });
		await db.tx((tx) =>
			tx.insert(db.tables.assignees).values({ assignmentId: world.assignment, userId: ids.ida! }),
		);
		expect(await names('')).toEqual(['ida']);
		await change({ forEveryone: true });
	});

	test('without an assignment it begins with the course that somebody has begun', async () => {
		await change({ withdrawnAt: now });
		expect((await page('', [other, course])).subject.key).toBe('course:tiny');
		await change({ withdrawnAt: null });
	});
});

/** The same, so that it begins on a day. */
function moved(events: LearnerEvent[], day: string): LearnerEvent[] {
	const by = Date.parse(day) - Date.parse(events[0]!.at);
	return events.map((event) => ({
		...event,
		at: new Date(Date.parse(event.at) + by).toISOString(),
	}));
}

/** Somebody who gives the wrong answers to the quiz of "hello" so many times. */
function failures(times: number): LearnerEvent[] {
	const began = all.find((one) => one.step === 'check')!;
	const once = all.filter(
		(one) => 'attempt' in one && 'attempt' in began && one.attempt === began.attempt,
	);
	return Array.from({ length: times }, (_, n) =>
		once.map((event, at) => ({
			...event,
			attempt: `again-${n}`,
			at: new Date(Date.UTC(2027, 1, 1) + n * 60_000 + at * 1000).toISOString(),
		})),
	).flat() as LearnerEvent[];
}

test('the columns of an enrolment tell of a whole course what its cells tell', () => {
	const map = mapOf(course);
	const counting = countingIn(course);
	const tasks = fc.record({
		scope: fc.constant('course' as const),
		lessons: fc.constant<string[]>([]),
		requiredScore: fc.option(fc.nat(100)),
		attempts: fc.option(fc.integer({ min: 1, max: 3 })),
	});
	fc.assert(
		fc.property(fc.subarray(all, { minLength: 1 }), tasks, (events, task: Task) => {
			let progress = noProgress();
			let enrolment: Enrolment | undefined;
			for (const event of events) {
				progress = apply(counting, progress, event);
				enrolment = enrol(enrolment, map, progress, event, now);
			}
			const { steps: _steps, ...told } = standingIn(task, map, { ...enrolment!, cells: null });
			expect(taskStanding(task, map, enrolment)).toMatchObject(told);
		}),
		{ numRuns: 300 },
	);
});
