import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld } from '../../../../tests/support/world.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from './events.ts';
import { recountLessons } from './lesson-standings.ts';
import { ownCertificates, ownCourses, ownRecord } from './own-page.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const all = everything(course);
/** After everything that happens here. */
const now = new Date('2027-03-01T12:00:00Z');
const [first, second] = course.chapters.flatMap(({ lessons }) => lessons);

test.each(testDatabases)('a learner’s own pages tell where they are on %s', async (_, open) => {
	const db = await open();
	const { ids } = await makeWorld(db, course.id);
	const keep = (events: typeof all) =>
		db.tx((tx) =>
			store(
				db,
				tx,
				ids.member,
				events.map((event) => ({ course, event })),
				now,
			),
		);
	const courses = () => ownCourses(db, [course], ids.member, 'en', now);
	const nextOf = async () => (await courses())[0]!.next;
	expect(await courses()).toEqual([]);

	const hello = all.filter(({ lesson }) => lesson === first!.id);
	await keep(hello.slice(0, 2));
	const at = hello[1]!.step;
	expect(await nextOf()).toMatchObject({ kind: 'lesson', id: first!.id, step: { id: at } });
	await keep(hello.slice(2));
	// What was last done is done: it goes on with what is left.
	expect(await nextOf()).toEqual({
		kind: 'lesson',
		id: second!.id,
		title: second!.title.en,
	});
	await keep(all.filter(({ lesson }) => lesson === second!.id));
	expect(await nextOf()).toEqual({ kind: 'final-test' });
	const [counted] = await courses();
	expect(counted).toMatchObject({ lessonsDone: 2, standing: 'under-way' });
	expect(counted!.practiceDue).toBeGreaterThan(0);

	// What was counted by another version of the course is not believed; the events are asked.
	const { lessonStandings } = db.tables;
	const stale = { courseVersion: 'old', progress: { read: [], steps: {} } };
	await db.tx((tx) =>
		tx.update(lessonStandings).set(stale).where(eq(lessonStandings.userId, ids.member)),
	);
	expect((await courses())[0]!.practiceDue).toBe(counted!.practiceDue);
	await db.tx((tx) => recountLessons(db, tx, course, ids.member));

	await keep(all.filter(({ lesson }) => lesson === FINAL_TEST));
	expect((await courses())[0]).toMatchObject({ standing: 'done', next: { kind: 'course' } });
	const [record] = await ownRecord(db, [course], ids.member, 'en', 'Final test');
	expect(record!.units.map(({ title, standing }) => [title, standing])).toEqual([
		[first!.title.en, 'done'],
		[second!.title.en, 'done'],
		['Final test', 'done'],
	]);
	expect(record!.units.every(({ doneAt }) => doneAt instanceof Date)).toBe(true);
	expect(record!.seconds).toBe(
		all
			.filter(({ lesson }) => lesson !== 'confidence')
			.reduce((sum, event) => sum + ('seconds' in event ? (event.seconds ?? 0) : 0), 0),
	);
	expect(await ownCourses(db, [course], ids.outsider, 'en', now)).toEqual([]);
	expect(await ownCertificates(db, [course], ids.outsider, 'en')).toEqual([]);
	await db.close();
});
