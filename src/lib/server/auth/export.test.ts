import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { leaveTraces, REFERRING, type Person } from '../../../../tests/support/traces.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Database, Tables } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { exportFile, LEFT_OUT, SECTIONS } from './export.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2027-03-01T12:00:00Z');

type Exported = Record<string, unknown[]> & { account: object };
async function exported(db: Database, id: string): Promise<Exported> {
	let text = '';
	for await (const piece of exportFile(db, [course], id, now)) text += piece;
	return JSON.parse(text) as Exported;
}

const someone = (): Person => {
	const id = crypto.randomUUID();
	return { id, email: `${id.slice(0, 8)}@example.org` };
};

test('no table that refers to people is forgotten', () => {
	const covered = new Set([...Object.values(SECTIONS).flatMap(({ of }) => of), ...leftOut()]);
	const forgotten = Object.keys(REFERRING).filter((name) => !covered.has(name as keyof Tables));
	expect(forgotten, 'put it into SECTIONS, or into LEFT_OUT with the reason').toEqual([]);
	expect(Object.values(LEFT_OUT).every((reason) => reason.length > 20)).toBe(true);
	// These are about people without referring to their row.
	expect([...covered]).toEqual(expect.arrayContaining(['audit', 'invitations', 'letters']));
});

function leftOut() {
	return Object.keys(LEFT_OUT) as (keyof Tables)[];
}

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterAll(() => db.close());

	test('every section has what is there, and nothing of anybody else', async () => {
		const [me, other] = [someone(), someone()];
		await leaveTraces(db, me);
		await db.tx(async (tx) => {
			const { assignments, enrolments } = db.tables;
			// Of a course that this server has; the rows made so far are of one that it has not.
			await tx.update(assignments).set({ course: course.id, startsOn: '2027-01-01', dueOn: null });
			await tx.update(assignments).set({ everyMonths: null, scope: 'course', lessons: [] });
			await tx.update(assignments).set({ withdrawnAt: null, forEveryone: true });
			await tx.update(db.tables.groups).set({ archivedAt: null });
			await tx
				.update(db.tables.organisations)
				.set({ archivedAt: null, timeZone: 'Europe/Copenhagen' });
			await tx.update(enrolments).set({ cells: {} });
			await tx.update(db.tables.statements).set({ body: statement('x') });
		});
		await leaveTraces(db, other);
		await db.tx((tx) => tx.update(db.tables.statements).set({ body: statement('x') }));
		const data = await exported(db, me.id);
		expect(Object.keys(data)).toEqual(['about', 'account', ...Object.keys(SECTIONS)]);
		for (const name of Object.keys(SECTIONS)) expect(data[name], name).not.toEqual([]);
		const text = JSON.stringify(data);
		expect(text).toContain(me.email);
		expect(text).not.toContain(other.id);
		expect(text).not.toContain(other.email);
	});

	test('no secret is in it', async () => {
		const me = someone();
		await leaveTraces(db, me);
		await db.tx((tx) => tx.update(db.tables.statements).set({ body: statement('x') }));
		const text = JSON.stringify(await exported(db, me.id));
		for (const secret of [
			'secretHash',
			'a secretHash',
			'tokenSealed',
			'a tokenHash',
			'fetchHash',
			'passwordHash',
		])
			expect(text).not.toContain(secret);
	});
});

const statement = (id: string) => JSON.stringify({ timestamp: '2027-01-01', object: { id } });

describe('a final test under way', () => {
	let db: Database;
	const me = someone();
	beforeAll(async () => {
		db = await openTestSqlite();
		await leaveTraces(db, me);
		await db.tx((tx) => tx.delete(db.tables.statements));
		await db.tx((tx) => tx.delete(db.tables.events));
	});
	afterAll(() => db.close());

	/** Of one who does everything; the test's last answer is held back. */
	const events = everything(course);
	const tests = events.filter(({ lesson }) => lesson === FINAL_TEST);
	const last = tests.at(-1)!;
	const score = (event: LearnerEvent) => (event.type === 'answered' ? 1 : undefined);
	const keep = (some: LearnerEvent[]) =>
		db.tx((tx) =>
			store(
				db,
				tx,
				me.id,
				some.map((event) => ({
					course,
					event,
					...(score(event) ? { score: { kind: 'scored', earned: 1, possible: 2 } as const } : {}),
				})),
				now,
			),
		);
	interface Told {
		lesson?: string;
		type?: string;
		attempt?: string;
		earned?: number;
		statement?: { object: { id: string; definition?: object }; result?: object };
	}
	async function told() {
		const data = (await exported(db, me.id)) as unknown as Record<string, Told[]>;
		const ofTest = data.statements!.filter(({ statement: one }) =>
			one!.object.id.includes(`/${FINAL_TEST}/test/`),
		);
		const answers = data.events!.filter(
			({ lesson, type }) => lesson === FINAL_TEST && type === 'answered',
		);
		return {
			withScore: answers.filter(({ earned }) => earned !== undefined).length,
			withoutScore: answers.filter(({ earned }) => earned === undefined).length,
			withResult: ofTest.filter(({ statement: one }) => one!.result).length,
			withoutResult: ofTest.filter(({ statement: one }) => !one!.result).length,
			open: JSON.stringify(ofTest.filter(({ statement: one }) => !one!.result)),
			elsewhere: data.events!.filter(({ lesson, earned }) => lesson !== FINAL_TEST && earned),
		};
	}

	test('tells neither points nor answers until it is finished', async () => {
		await keep(events.filter((event) => event !== last));
		const before = await told();
		// Two attempts of two items each: one finished, one with an answer to come.
		expect(before).toMatchObject({ withScore: 2, withoutScore: 1 });
		expect(before).toMatchObject({ withResult: 2, withoutResult: 1 });
		expect(before.open).not.toContain('correctResponsesPattern');
		expect(before.elsewhere.length).toBeGreaterThan(5);
		await keep([last]);
		expect(await told()).toMatchObject({
			withScore: 4,
			withoutScore: 0,
			withResult: 4,
			withoutResult: 0,
		});
	});
});
