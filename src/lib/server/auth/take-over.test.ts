import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import courses from 'virtual:courses';
import { everything } from '../../../../tests/support/everything.ts';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite } from '../db/testing.ts';
import { EVER } from '../learning/enrolments.ts';
import { store } from '../learning/events.ts';
import { register, signIn } from './accounts.ts';
import { isRefusal } from './outcome.ts';
import { readSession } from './sessions.ts';

const course = courses[0]!;
const now = new Date('2027-03-01T12:00:00Z');
const form = {
	name: 'Ida',
	email: 'ida@example.org',
	password: 'en lang adgangskode',
	profession: '',
};

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()), 60_000);
afterAll(() => db.close());

const [first, second] = course.chapters.flatMap(({ lessons }) => lessons).map(({ id }) => id);
const all = everything(course);
const of = (lesson: string | undefined) => all.filter((event) => event.lesson === lesson);
const keep = (userId: string, events: LearnerEvent[], among: Course = course) =>
	db.tx((tx) =>
		store(
			db,
			tx,
			userId,
			events.map((event) => ({ course: among, event })),
			now,
		),
	);

async function enrolment(userId: string, id = course.id, since = EVER) {
	const { enrolments } = db.tables;
	const [row] = await db.read
		.select()
		.from(enrolments)
		.where(
			and(eq(enrolments.userId, userId), eq(enrolments.course, id), eq(enrolments.since, since)),
		);
	return row;
}

test('what a guest has done is counted with what the account had done, also from then on', async () => {
	const made = await register(db, form, null, 'da', now);
	if (isRefusal(made)) throw new Error(made.refused);
	const { user } = (await readSession(db, made.session.token, now))!;
	await keep(user.id, of(first));
	const other = { ...course, id: 'another' };
	await keep(
		user.id,
		of(first).map((event) => ({ ...event, id: crypto.randomUUID(), course: other.id })),
		other,
	);
	await db.tx((tx) =>
		tx.insert(db.tables.users).values({
			id: 'guest',
			name: '',
			role: 'learner',
			isGuest: true,
			language: 'da',
			createdAt: now,
		}),
	);
	const [last, ...rest] = of(second).reverse();
	await keep('guest', rest.reverse());
	await signIn(db, form, { id: 'guest', isGuest: true }, now);

	const cells = async () => Object.keys((await enrolment(user.id))!.cells);
	expect(await cells()).toEqual([first, second]);
	await keep(user.id, [last!]);
	expect(await cells()).toEqual([first, second]);
	expect((await enrolment(user.id))!.cells[second!]!.standing).toBe('done');
	// The guest did nothing there: it stays as it was.
	expect(await enrolment(user.id, other.id)).toMatchObject({ standing: 'under-way' });
});
