import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { catchUp, EVER, recount } from './enrolments.ts';
import { store } from './events.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const all = everything(course);
/** After everything that happens here, as clocks that run ahead do not count. */
const now = new Date('2028-01-01T00:00:00Z');

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()));
afterAll(() => db.close());

async function learner(own: Database): Promise<string> {
	const id = crypto.randomUUID();
	const person = { name: '', role: 'learner', isGuest: true, language: 'da' } as const;
	await own.tx((tx) => tx.insert(own.tables.users).values({ ...person, id, createdAt: now }));
	return id;
}

const send = (own: Database, userId: string, events: LearnerEvent[]) =>
	own.tx((tx) =>
		store(
			own,
			tx,
			userId,
			events.map((event) => ({ course, event })),
			now,
		),
	);

async function enrolment(own: Database, userId: string, since = EVER) {
	const { enrolments } = own.tables;
	const [row] = await own.read
		.select()
		.from(enrolments)
		.where(and(eq(enrolments.userId, userId), eq(enrolments.since, since)));
	return row;
}

test.each(testDatabases)(
	'who does everything is done, and it is known when, on %s',
	async (_, open) => {
		const own = await open();
		const id = await learner(own);
		await send(own, id, all);
		const last = new Date(all.at(-1)!.at);
		expect(await enrolment(own, id)).toMatchObject({
			standing: 'done',
			courseVersion: course.version,
			failed: 0,
			beganAt: new Date(all[0]!.at),
			lastAt: last,
			doneAt: expect.any(Date),
			testPassedAt: expect.any(Date),
			cells: { hello: { standing: 'done' }, 'final-test': { standing: 'done', percent: 100 } },
		});
		await own.close();
	},
);

test('however events arrive, and in whatever order, they are counted alike', async () => {
	const histories = fc.tuple(
		fc.subarray(all, { minLength: 1 }),
		fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
		fc.boolean(),
	);
	await fc.assert(
		fc.asyncProperty(histories, async ([events, sizes, isLate]) => {
			const id = await learner(db);
			const left = [...events];
			const batches = [...sizes.map((size) => left.splice(0, size)), left];
			for (const batch of isLate ? batches.reverse() : batches)
				if (batch.length > 0) await send(db, id, batch);
			const kept = await enrolment(db, id);
			await db.tx((tx) => recount(db, tx, course, id, EVER));
			expect(kept).toEqual(await enrolment(db, id));
			expect(kept!.seconds).toBe(
				events.reduce((sum, one) => sum + ('seconds' in one ? (one.seconds ?? 0) : 0), 0),
			);
		}),
		{ numRuns: 40 },
	);
});

test('what counts from a moment on is only what was done since', async () => {
	const id = await learner(db);
	await send(db, id, all);
	const middle = all[Math.floor(all.length / 2)]!.at;
	await db.tx((tx) => recount(db, tx, course, id, middle));
	expect(await enrolment(db, id, middle)).toMatchObject({
		standing: 'under-way',
		beganAt: new Date(middle),
	});
	await db.tx((tx) => recount(db, tx, course, id, '2027-12-31T23:59:59.000Z'));
	expect(await enrolment(db, id, '2027-12-31T23:59:59.000Z')).toBeUndefined();
});

test('three failed attempts at a quiz are told until it is passed', async () => {
	const id = await learner(db);
	const wrong = all.filter((one) => one.step === 'check').slice(0, 1);
	const [began] = wrong;
	if (began?.type !== 'attempt-began') throw new Error('the fixture has a quiz "check"');
	const failed = all.filter((one) => 'attempt' in one && one.attempt === began.attempt);
	const again = (n: number) =>
		failed.map((event, at) => ({
			...event,
			id: crypto.randomUUID(),
			attempt: `again-${n}`,
			at: new Date(Date.parse('2027-06-01') + n * 60_000 + at).toISOString(),
		})) as LearnerEvent[];
	await send(db, id, [1, 2, 3].flatMap(again));
	expect(await enrolment(db, id)).toMatchObject({ failed: 3 });
});

test('catches up with learners from before, and with another version of the course', async () => {
	const own = await openTestSqlite();
	const { enrolments } = own.tables;
	const ids = [await learner(own), await learner(own)];
	for (const id of ids) await send(own, id, all.slice(0, 20));
	const before = await enrolment(own, ids[0]!);
	await own.tx((tx) => tx.delete(enrolments));
	expect(await catchUp(own, [course])).toBe(2);
	expect(await enrolment(own, ids[0]!)).toEqual(before);
	expect(await catchUp(own, [course])).toBe(0);
	expect(await catchUp(own, [{ ...course, version: '9.0.0' }])).toBe(2);
	expect(await enrolment(own, ids[1]!)).toMatchObject({ courseVersion: '9.0.0' });
	await own.close();
});
