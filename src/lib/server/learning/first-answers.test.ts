import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { firstAnswers as answersIn, type FirstAnswer } from '#lib/progress/first-answers.ts';
import { rulesFor } from '#lib/activities/registry.ts';
import { stepsOf } from '#lib/course/parts.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { catchUpFirstAnswers } from './first-answers.ts';
import { store } from './events.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const all = everything(course);
const now = new Date('2028-01-01T00:00:00Z');
const counting = {
	steps: (lesson: string) => stepsOf(course, lesson),
	rules: rulesFor,
};

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()));
afterAll(() => db.close());

async function learner(own: Database): Promise<string> {
	const id = crypto.randomUUID();
	const person = { name: '', role: 'learner', isGuest: true, language: 'da' } as const;
	await own.tx((tx) => tx.insert(own.tables.users).values({ ...person, id, createdAt: now }));
	return id;
}

const send = (own: Database, userId: string, events: LearnerEvent[], by = course) =>
	own.tx((tx) =>
		store(
			own,
			tx,
			userId,
			events.map((event) => ({ course: by, event })),
			now,
		),
	);

async function kept(own: Database, userId: string): Promise<FirstAnswer[]> {
	const { firstAnswers } = own.tables;
	const rows = await own.read
		.select()
		.from(firstAnswers)
		.where(and(eq(firstAnswers.userId, userId), eq(firstAnswers.course, course.id)))
		.orderBy(asc(firstAnswers.lesson), asc(firstAnswers.step), asc(firstAnswers.item));
	return rows.map(({ userId: _, course: __, ...answer }) => answer);
}

/** As the table should be, in its order. */
function counted(events: LearnerEvent[]): FirstAnswer[] {
	const place = ({ lesson, step, item }: FirstAnswer) => `${lesson}/${step}/${item}`;
	return answersIn(
		counting,
		events.map((event) => ({ event, receivedAt: now })),
	).sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

test.each(testDatabases)('the first answer stays, whatever comes later, on %s', async (_, open) => {
	const own = await open();
	const id = await learner(own);
	await send(own, id, all);
	const rows = await kept(own, id);
	expect(rows.map(({ lesson, step, item }) => `${lesson}/${step}/${item}`)).toEqual([
		'//',
		'confidence/after/confidence',
		'confidence/before/confidence',
		'final-test/test/test-first',
		'final-test/test/test-last',
		'hello/anna/anna',
		'hello/check/many',
		'hello/check/one',
		'hello/my-tea/my-tea',
		...['alarm', 'better', 'degrees', 'pairs', 'sort', 'steps'].map(
			(one) => `hello/warm-up/${one}`,
		),
	]);
	const of = (item: string) => rows.find((row) => row.item === item)!;
	expect(of('one')).toMatchObject({
		response: '{"options":["bye"]}',
		earned: 0,
		possible: 1,
		restEarned: 0,
		restPossible: 2,
	});
	expect(of('anna').response).toBe('{"path":["own-day","about-tea"]}');
	expect(JSON.parse(of('').response)).toMatchObject({
		'hello/check': [0, 3],
		'confidence/before': [0, 0],
	});
	await own.close();
});

test('however events arrive, and in whatever order, the same answers are kept', async () => {
	const histories = fc.tuple(
		fc.subarray(all, { minLength: 1 }),
		fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
		fc.boolean(),
		fc.boolean(),
	);
	await fc.assert(
		fc.asyncProperty(histories, async ([some, sizes, isLate, isWhole]) => {
			const id = await learner(db);
			const events = isWhole ? all : some;
			const left = [...events];
			const batches = [...sizes.map((size) => left.splice(0, size)), left];
			for (const batch of isLate ? batches.reverse() : batches)
				if (batch.length > 0) await send(db, id, batch);
			expect(await kept(db, id)).toEqual(counted(events));
		}),
		{ numRuns: 60 },
	);
});

test('neither practice nor free text leaves a trace', async () => {
	const id = await learner(db);
	const replayed = all.find((one) => one.type === 'attempt-began' && one.step === 'anna')!;
	const words = 'my very own words';
	const events = [
		{ ...replayed, id: crypto.randomUUID(), attempt: 'replay', from: { path: ['own-day'], words } },
		...[['sorry'], ['sorry', 'which-tea']].map((path, at) => ({
			...replayed,
			type: 'answered',
			id: crypto.randomUUID(),
			at: new Date(Date.parse(replayed.at) + 1 + at).toISOString(),
			attempt: 'replay',
			item: 'anna',
			items: undefined,
			response: { path: ['own-day', ...path] },
		})),
		{
			...replayed,
			type: 'answered',
			id: crypto.randomUUID(),
			step: 'practice',
			attempt: 'practice',
			item: 'one',
			response: { options: ['hello'] },
		},
	] as unknown as LearnerEvent[];
	await send(db, id, events);
	const rows = await kept(db, id);
	expect(rows.map(({ item }) => item)).toEqual(['', 'anna']);
	expect(JSON.stringify(rows)).not.toContain(words);
});

test('catches up with learners from before, where it was left off, and when a course has changed', async () => {
	const own = await openTestSqlite();
	const ids = [];
	for (let n = 0; n < 25; n++) ids.push(await learner(own));
	for (const id of ids) await send(own, id, all.slice(0, 60));
	const before = await kept(own, ids[0]!);
	expect(before.length).toBeGreaterThan(2);
	await own.tx((tx) => tx.delete(own.tables.firstAnswers));
	let turns = 0;
	expect(await catchUpFirstAnswers(own, [course], () => turns++ === 0)).toBe(20);
	expect(await catchUpFirstAnswers(own, [course])).toBe(5);
	expect(await kept(own, ids[0]!)).toEqual(before);
	expect(await kept(own, ids.at(-1)!)).toEqual(before);
	expect(await catchUpFirstAnswers(own, [course])).toBe(0);
	expect(await catchUpFirstAnswers(own, [{ ...course, version: '9.0.0' }])).toBe(25);
	await own.close();
});
