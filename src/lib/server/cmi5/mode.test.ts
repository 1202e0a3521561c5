import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOT_BEGUN, type Mode, type Standing } from '#lib/cmi5/session.ts';
import type { Au } from '#lib/cmi5/structure.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { listCourses, type Cmi5Course } from './courses.ts';
import { mayBrowse, modeFor } from './mode.ts';
import { isOver, ownView } from './own.ts';
import { makeCourse, makeLearner, Unit } from './testing.ts';

const COMPLETION = { completion: true, duration: 'PT5S' };

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let course: Cmi5Course;
	beforeAll(async () => {
		db = await open();
		course = await makeCourse(db);
	}, 60_000);
	afterAll(() => db.close());

	async function done(learner: string, at: number): Promise<void> {
		const unit = await Unit.open(db, course, learner, { at });
		await unit.begin();
		expect((await unit.say('completed', COMPLETION)).status).toBe(200);
		await unit.say('terminated', { duration: 'PT6S' });
	}

	test('where a learner stands decides: to do a unit, then to look back', async () => {
		const learner = await makeLearner(db);
		const mode = (at: number) => modeFor(db, course, at, learner);
		expect(await mode(0)).toBe('Normal');
		await done(learner, 0);
		expect(await mode(0)).toBe('Review');
		// This one wants to be passed.
		await done(learner, 1);
		expect(await mode(1)).toBe('Normal');
		// One that asks for nothing may be gone on with: whatever is said of it still counts as said.
		await done(learner, 2);
		expect(await mode(2)).toBe('Normal');
		expect(await mode(9)).toBe('Normal');
		expect(await modeFor(db, course, 0, await makeLearner(db))).toBe('Normal');
	});

	test.each(['Browse', 'Review'] as Mode[])('launched to %s, nothing counts', async (mode) => {
		const learner = await makeLearner(db);
		const before = (await listCourses(db)).find(({ id }) => id === course.id)!.learners;
		const unit = await Unit.open(db, course, learner, { mode });
		await unit.begin();
		const completed = await unit.say('completed', COMPLETION);
		expect([completed.status, await completed.text()]).toEqual([
			403,
			expect.stringContaining(mode === 'Browse' ? '10.2.2.0-9' : '10.2.2.0-11'),
		]);
		expect((await unit.say('terminated', { duration: 'PT6S' })).status).toBe(200);
		const view = await ownView(db, course, learner, 'en');
		expect(view).toMatchObject({ isSatisfied: false, done: 0, units: 2, optional: 1 });
		expect(JSON.stringify(view).match(/"state":"[^"]*"/g)).toEqual(
			Array<string>(3).fill('"state":"not-begun"'),
		);
		expect(await modeFor(db, course, 0, learner)).toBe('Normal');
		const after = (await listCourses(db)).find(({ id }) => id === course.id)!.learners;
		expect(after).toBe(before);
	});
});

test.each([
	['learner', false],
	['educator', true],
	['administrator', true],
])('whether one who is %s may look around: %s', (role, may) => {
	expect(mayBrowse({ role })).toBe(may);
});

test.each<[Pick<Au, 'moveOn' | 'masteryScore'>, Partial<Standing>, boolean]>([
	[{ moveOn: 'Completed' }, { completed: true }, true],
	// It has a test that may still be passed.
	[{ moveOn: 'Completed', masteryScore: 0.8 }, { completed: true, failed: true }, false],
	[{ moveOn: 'Completed', masteryScore: 0.8 }, { completed: true, passed: true }, true],
	[{ moveOn: 'CompletedOrPassed' }, { completed: true }, false],
	[{ moveOn: 'CompletedOrPassed' }, { passed: true }, true],
	[{ moveOn: 'CompletedAndPassed' }, { passed: true }, false],
	[{ moveOn: 'NotApplicable' }, { passed: true }, false],
])('whether nothing is left to reach: %j, %j', (au, standing, isIt) => {
	expect(isOver(au, { ...NOT_BEGUN, begun: true, ...standing })).toBe(isIt);
});
