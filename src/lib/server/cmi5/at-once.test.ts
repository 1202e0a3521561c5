import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database, Queries } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { abandonSilent, SILENCE } from './abandon.ts';
import type { Cmi5Course } from './courses.ts';
import { judgeFor } from './judge.ts';
import { askingOf, fetchToken, sessionBy, tokenFor } from './sessions.ts';
import { makeCourse, makeLearner, PACKAGES, toldOf, Unit, verbsOf } from './testing.ts';

/*
 * What PostgreSQL lets happen at once: transactions read what was there before others, which are about
 * to end a session or to begin another one. The tests' PostgreSQL has one connection, so that what was
 * read before is put in the place of what would be read.
 */

/** Queries that read nothing but this. */
function reading(rows: object[], queries: Queries): Queries {
	const query = {
		...{ from: () => query, innerJoin: () => query, where: () => query },
		limit: () => Promise.resolve(rows),
		then: (done: (value: object[]) => unknown) => done(rows),
	};
	return replacing(queries, 'select', () => query);
}

function replacing(queries: Queries, name: keyof Queries, by: (table: object) => unknown): Queries {
	return new Proxy(queries, {
		get: (target, one) => (one === name ? by : (Reflect.get(target, one) as unknown)),
	});
}

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let course: Cmi5Course;
	beforeAll(async () => {
		db = await open();
		course = await makeCourse(db);
	}, 60_000);
	afterAll(() => db.close());

	const saidOf = async (unit: Unit) => verbsOf(await toldOf(db, unit.given('registration')));
	const later = () => new Date(Date.now() + SILENCE + 60_000);

	test('what a session says while it is being abandoned is not stored', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		await unit.begin();
		const before = (await sessionBy(db, db.read, unit.session))!;
		const judge = judgeFor(askingOf(before.session, before.registration), false);
		expect(await abandonSilent(db, later())).toBe(1);
		const after = (await sessionBy(db, db.read, unit.session))!;
		const value = unit.statement('completed', { completion: true, duration: 'PT5S' });
		const kept = {
			...{ at: 0, seq: 0, id: value.id, refersTo: null, voids: null, terms: [] },
			received: { text: JSON.stringify(value), value },
		};
		await expect(
			db.tx((tx) => judge(db, reading([before], tx), [kept], new Date())),
		).rejects.toMatchObject({ status: 403, message: expect.stringContaining('has ended') });
		expect(await sessionBy(db, db.read, unit.session)).toEqual(after);
		expect(await saidOf(unit)).toEqual(['launched', 'initialized', 'abandoned']);
	});

	test('a session that speaks at the last moment is not abandoned', async () => {
		const learner = await makeLearner(db);
		const unit = await Unit.open(db, course, learner, { now: new Date(Date.now() - SILENCE * 2) });
		const silent = (await sessionBy(db, db.read, unit.session))!;
		await unit.begin();
		const found = [{ session: silent.session, userId: learner }];
		expect(await abandonSilent({ ...db, read: reading(found, db.read) })).toBe(0);
		expect((await unit.preferences()).status).toBe(200);
		expect(await saidOf(unit)).toEqual(['launched', 'initialized']);
	});

	test('launches of a course wait for each other, before anything is looked at', async () => {
		const learner = await makeLearner(db);
		await Unit.open(db, course, learner);
		const { cmi5Registrations } = db.tables;
		const first: unknown[] = [];
		const tx: Database['tx'] = (work) =>
			db.tx((queries) => {
				const seen = (method: 'insert' | 'update' | 'select') => (table: object) => {
					first.push(method === 'update' && table === cmi5Registrations ? 'held' : method);
					return (queries[method] as (table: object) => unknown)(table);
				};
				const methods = ['insert', 'update', 'select'] as const;
				return work(methods.reduce((all, one) => replacing(all, one, seen(one)), queries));
			});
		await Unit.open({ ...db, tx, hold: () => Promise.resolve() }, course, learner);
		expect(first[0]).toBe('held');
	});

	test('a launch that comes to nothing leaves what the unit knows', async () => {
		const learner = await makeLearner(db);
		const unit = await Unit.open(db, course, learner, { languages: ['da'] });
		const { cmi5Sessions } = db.tables;
		const tx: Database['tx'] = (work) =>
			db.tx((queries) =>
				work(
					replacing(queries, 'insert', (table) => {
						if (table === cmi5Sessions) throw new Error('The disk is full');
						return queries.insert(table as typeof cmi5Sessions);
					}),
				),
			);
		await expect(Unit.open({ ...db, tx }, course, learner)).rejects.toThrow('The disk is full');
		const data = await unit.ask('GET', 'activities/state', unit.state('LMS.LaunchData'));
		expect(JSON.stringify(await data.json())).toContain(unit.session);
		expect(await saidOf(unit)).toEqual(['launched']);
	});

	test('who is deleted while a unit is launched is not launched', async () => {
		const learner = await makeLearner(db);
		const unit = await Unit.open(db, course, learner);
		const { registration } = (await sessionBy(db, db.read, unit.session))!;
		const gone = { ...registration, id: crypto.randomUUID() };
		await expect(
			Unit.open({ ...db, read: reading([gone], db.read) }, course, learner),
		).rejects.toThrow('Invalid URL');
	});

	test('of a list the statement that is wrong is named by its place among those that were sent', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		await unit.begin();
		const known = unit.statement('completed', { completion: true, duration: 'PT5S' });
		await unit.ask('POST', 'statements', {}, known);
		const wrong = unit.statement('completed', { completion: true, duration: 'PT5S' });
		const told = async (body: unknown) =>
			((await (await unit.ask('POST', 'statements', {}, body)).json()) as { error: string }).error;
		expect(await told([known, wrong])).toContain(': [1].verb');
		expect(await told([wrong])).toContain(': [0].verb');
		expect(await told(wrong)).toContain(': verb');
	});

	test('whatever keeps a token back is told in an answer that the package can read', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		const printed = vi.spyOn(console, 'error').mockReturnValue(undefined);
		const tell = (error: Error) =>
			tokenFor(
				{
					...db,
					read: replacing(db.read, 'select', () => {
						throw error;
					}),
				},
				unit.key,
				PACKAGES,
			);
		expect(await tell(Object.assign(new Error('x'), { code: '57P01' }))).toEqual({
			answer: { 'error-code': '3', 'error-text': expect.stringContaining('busy') },
			origin: PACKAGES,
		});
		expect((await tell(new Error('x'))).answer).toMatchObject({ 'error-code': '3' });
		printed.mockRestore();
		expect(await tokenFor(db, unit.key, null)).toEqual(await fetchToken(db, unit.key));
	});
});
