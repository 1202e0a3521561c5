import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../../tests/support/everything.ts';
import { openLetters } from '../../../../tests/support/letters.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { dayIn } from '#lib/teaching/rounds.ts';
import { loadCourse } from '../../../authoring/loader.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { setReminders } from '../learning/reminders.ts';
import { secretBox } from '../secret-box.ts';
import { isAnotherDay, reminderDue } from './reminder-days.ts';
import { sendReminders } from './reminders.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const box = secretBox('a key for tests of thirty-two letters');
const copenhagen = 'Europe/Copenhagen';
const HOUR = 3_600_000;
const at = (time: string) => new Date(`${time}Z`);
/** Before anything that happens here. */
const asked = at('2027-01-01T12:00:00');

describe.each(testDatabases)('reminders on %s', (_, openDb) => {
	let db: Database;
	let world: World;
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
		await change({ dueOn: '2027-03-10', reminders: [7, 1, -1], createdAt: asked });
		await db.tx((tx) => tx.update(db.tables.members).set({ joinedAt: asked }));
	});

	const change = (set: object, id = world.assignment) =>
		db.tx((tx) =>
			tx.update(db.tables.assignments).set(set).where(eq(db.tables.assignments.id, id)),
		);
	const another = async (set: object, groupId = world.group) => {
		const id = crypto.randomUUID();
		const [row] = await db.read
			.select()
			.from(db.tables.assignments)
			.where(eq(db.tables.assignments.id, world.assignment));
		await db.tx((tx) => tx.insert(db.tables.assignments).values({ ...row!, id, groupId, ...set }));
		return id;
	};
	const send = (now: Date) =>
		sendReminders({ db, box, courses: [course], origin: 'https://kursus.example.dk', now });
	const letters = () => openLetters(db, box);

	test('come on their days, in the morning there, in the learner’s language, with the day as a file', async () => {
		expect(await send(at('2027-03-02T12:00:00'))).toBe(0);
		expect(await send(at('2027-03-03T05:59:00'))).toBe(0);
		expect(await send(at('2027-03-03T06:00:00'))).toBe(1);
		expect(await send(at('2027-03-03T07:00:00'))).toBe(0);
		const [letter] = await letters();
		expect(letter).toMatchObject({
			kind: 'reminder',
			userId: world.ids.member,
			subject: 'Tiny course: to be done by Wednesday, March 10, 2027',
			attachments: [{ filename: 'due-date.ics' }],
			unsubscribe: 'https://kursus.example.dk/en/account/settings',
		});
		expect(letter!.text).toContain('https://kursus.example.dk/en');
		expect(letter!.attachments![0]!.content).toContain('DTSTART;VALUE=DATE:20270310');
		// The day before, and the day after.
		expect(await send(at('2027-03-09T06:30:00'))).toBe(1);
		expect(await send(at('2027-03-10T06:30:00'))).toBe(0);
		expect(await send(at('2027-03-11T06:30:00'))).toBe(1);
		expect((await letters()).at(-1)!.subject).toBe(
			'Tiny course was due on Wednesday, March 10, 2027',
		);
		expect(await send(at('2027-03-12T06:30:00'))).toBe(0);
	});

	test('do not come to who is done, shut out, or no longer asked', async () => {
		const day = at('2027-03-09T08:00:00');
		const { users, groups } = db.tables;
		const shut = (disabledAt: Date | null) =>
			db.tx((tx) => tx.update(users).set({ disabledAt }).where(eq(users.id, world.ids.member)));
		await shut(day);
		expect(await send(day)).toBe(0);
		await shut(null);
		await change({ withdrawnAt: day });
		expect(await send(day)).toBe(0);
		await change({ withdrawnAt: null, forEveryone: false });
		expect(await send(day)).toBe(0);
		await change({ forEveryone: true });
		const archive = (archivedAt: Date | null) =>
			db.tx((tx) => tx.update(groups).set({ archivedAt }).where(eq(groups.id, world.group)));
		await archive(day);
		expect(await send(day)).toBe(0);
		await archive(null);
		const events = everything(course).map((event) => ({ course, event }));
		await db.tx((tx) => store(db, tx, world.ids.member, events, day));
		expect(await send(day)).toBe(0);
		await change({ requiredScore: 100, scope: 'lessons', lessons: ['bye'] });
		expect(await send(day)).toBe(1);
	});

	test('of several assignments, and of practice, are one letter', async () => {
		const events = everything(course)
			.filter(({ lesson }) => lesson === 'hello')
			.map((event) => ({ course, event }));
		await db.tx((tx) => store(db, tx, world.ids.member, events, at('2027-01-11T00:00:00')));
		await setReminders(db, world.ids.member, true, 'https://kursus.example.dk');
		await another({ scope: 'final-test', dueOn: '2027-03-16' });
		expect(await send(at('2027-03-09T08:00:00'))).toBe(1);
		const [letter, ...others] = await letters();
		expect(others).toEqual([]);
		expect(letter!.subject).toBe('2 assignments are waiting for you');
		expect(letter!.text).toContain('ready for practice');
		expect(letter!.text.match(/BEGIN:VEVENT/g)).toBeNull();
		expect(letter!.attachments![0]!.content.match(/BEGIN:VEVENT/g)).toHaveLength(2);
		// Nor does practice come by itself later that day, nor at its end.
		for (const time of ['12:00', '18:00', '22:30'])
			expect(await send(at(`2027-03-09T${time}:00`))).toBe(0);
	});

	test('that were missed by a day are made up for; older ones are not', async () => {
		expect(await send(at('2027-03-04T08:00:00'))).toBe(1);
		await change({ dueOn: '2027-05-10' });
		expect(await send(at('2027-05-05T08:00:00'))).toBe(0);
	});

	test('of a later round come again', async () => {
		await change({ startsOn: '2027-01-01', everyMonths: 12 });
		expect(await send(at('2027-03-09T08:00:00'))).toBe(1);
		expect(await send(at('2028-03-09T08:00:00'))).toBe(1);
	});

	test('tell that a later round has begun, also where none is asked for and no day is set', async () => {
		await change({ startsOn: '2027-01-01', everyMonths: 12, reminders: [] });
		expect(await send(at('2027-03-09T08:00:00'))).toBe(0);
		expect(await send(at('2028-01-01T08:00:00'))).toBe(1);
		expect(await send(at('2028-01-02T08:00:00'))).toBe(0);
		const [letter] = await letters();
		expect(letter!.subject).toBe('Tiny course: time for a new round');
		expect(letter!.text).toContain('to be done by Friday, March 10, 2028');
		await change({ dueOn: null });
		expect(await send(at('2029-01-01T08:00:00'))).toBe(1);
		expect((await letters()).at(-1)!.attachments ?? []).toEqual([]);
	});

	test('are not sent twice by two servers at once', async () => {
		const day = at('2027-03-09T08:00:00');
		const sent = await Promise.all([send(day), send(day), send(day)]);
		expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1);
	});

	test('come in batches to a large group, once each', async () => {
		const ids = Array.from({ length: 602 }, () => crypto.randomUUID());
		await db.tx(async (tx) => {
			for (let from = 0; from < ids.length; from += 400) {
				const some = ids.slice(from, from + 400);
				await tx.insert(db.tables.users).values(
					some.map((id) => ({
						id,
						name: '',
						email: `${id}@example.org`,
						role: 'learner' as const,
						isGuest: false,
						language: 'da',
						createdAt: asked,
					})),
				);
				await tx
					.insert(db.tables.members)
					.values(some.map((userId) => ({ groupId: world.group, userId, joinedAt: asked })));
			}
		});
		expect(await send(at('2027-03-09T08:00:00'))).toBe(603);
		expect(new Set((await letters()).map(({ to }) => to)).size).toBe(603);
		expect(await send(at('2027-03-09T09:00:00'))).toBe(0);
	});

	test('whenever it runs, nobody has two letters a day, nor the same reminder twice', async () => {
		const zones = [copenhagen, 'Pacific/Auckland', 'America/Los_Angeles'] as const;
		const runs = _ === 'SQLite' ? 25 : 2;
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...zones),
				fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { minLength: 20, maxLength: 60 }),
				fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
				async (timeZone, minutes, shifts) => {
					const { assignments, letters: table, members, organisations, remindersSent } = db.tables;
					await db.tx(async (tx) => {
						for (const one of [table, remindersSent, assignments, members]) await tx.delete(one);
						await tx
							.update(organisations)
							.set({ timeZone })
							.where(eq(organisations.id, world.organisation));
						const theirs = { userId: world.ids.member, joinedAt: asked };
						await tx.insert(members).values([
							{ ...theirs, groupId: world.group },
							{ ...theirs, groupId: world.elsewhere },
						]);
						await tx.insert(assignments).values(
							shifts.map((shift, n) => ({
								id: crypto.randomUUID(),
								groupId: n % 2 === 0 ? world.group : world.elsewhere,
								course: course.id,
								scope: 'course' as const,
								lessons: [],
								startsOn: '2027-01-01',
								// Around the change of clocks in two of the zones.
								dueOn: `2027-03-${String(22 + (shift % 9)).padStart(2, '0')}`,
								message: '',
								reminders: [7, 3, 1, 0, -1],
								forEveryone: true,
								createdAt: asked,
								changedAt: asked,
							})),
						);
					});
					const begin = at('2027-03-14T00:00:00').getTime();
					for (const minute of minutes.sort((a, b) => a - b))
						await send(new Date(begin + minute * 60_000));
					const sent = await letters();
					for (const zone of [timeZone, copenhagen]) {
						const days = sent.map(({ createdAt }) => dayIn(zone, createdAt).toString());
						expect(new Set(days).size).toBe(days.length);
					}
					const gaps = sent.slice(1).map((one, n) => +one.createdAt - +sent[n]!.createdAt);
					for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(20 * HOUR);
					// Each letter says something that none before it said.
					const said = await db.read.select().from(remindersSent);
					expect(new Set(said.map(({ sentAt }) => +sentAt)).size).toBe(sent.length);
				},
			),
			{ numRuns: runs },
		);
	});
});

describe('the reminder of a moment', () => {
	const round = { number: 0, startsOn: '2027-03-01', dueOn: '2027-03-10' };
	const due = (reminders: number[], now: string, createdAt = asked) =>
		reminderDue({ reminders, createdAt }, round, copenhagen, at(now));
	test('is the newest whose day has come; it stands for the one of yesterday', () => {
		expect(due([2, 1], '2027-03-09T08:00:00')).toEqual({
			daysBefore: 1,
			missed: [2],
			day: '2027-03-09',
			begins: false,
		});
	});
	test('is none on the day on which one was asked, nor before it begins', () => {
		expect(due([7], '2027-03-03T20:00:00', at('2027-03-03T09:00:00'))).toBeUndefined();
		expect(due([14], '2027-02-24T12:00:00')).toBeUndefined();
	});
	test('keeps to the morning when the clocks change', () => {
		const summer = { number: 0, startsOn: '2027-03-01', dueOn: '2027-03-29' };
		const found = (now: string) =>
			reminderDue({ reminders: [1], createdAt: asked }, summer, copenhagen, at(now));
		expect(found('2027-03-28T04:59:00')).toBeUndefined();
		expect(found('2027-03-28T05:00:00')).toMatchObject({ day: '2027-03-28' });
	});
	test('is another day only where it is one in every zone', () => {
		const last = at('2027-03-09T19:00:00');
		expect(isAnotherDay(last, [copenhagen], at('2027-03-10T15:00:00'))).toBe(true);
		expect(isAnotherDay(last, [copenhagen], at('2027-03-10T06:00:00'))).toBe(false);
		expect(isAnotherDay(last, [copenhagen, 'Pacific/Auckland'], at('2027-03-10T10:59:00'))).toBe(
			false,
		);
		expect(isAnotherDay(undefined, [copenhagen], last)).toBe(true);
	});
});
