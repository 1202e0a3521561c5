import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite } from '../db/testing.ts';
import { changeEntry, logFile, logOf } from './log.ts';
import { keepNote, note } from './notes.ts';
import { keepReflection } from './reflections.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2027-03-01T12:00:00Z');
const place = { course: 'tiny', lesson: 'hello', activity: 'my-tea' };

let db: Database;
let world: World;
beforeAll(async () => {
	db = await openTestSqlite();
	world = await makeWorld(db, course.id);
}, 60_000);
afterAll(() => db.close());

const log = (who: 'member' | 'outsider' = 'member') => logOf(db, [course], world.ids[who], 'en');
let clock = now.getTime();
const write = (own: object, text: string) =>
	keepReflection(db, world.ids.member, { ...place, ...own, text }, new Date((clock += 1000)));

test('entries stand by course and lesson with what was asked; places that are gone stand last', async () => {
	await write({ lesson: 'long-ago', activity: 'gone' }, 'Old words.');
	await write({ course: 'another', lesson: 'one', activity: 'gone' }, 'Older ones.');
	await write({}, 'Green, please.');
	expect(await log()).toEqual([
		{
			course: course.title.en,
			lesson: 'Hello',
			entries: [expect.objectContaining({ prompt: expect.any(String), text: 'Green, please.' })],
		},
		expect.objectContaining({ course: course.title.en, lesson: 'long-ago' }),
		expect.objectContaining({ course: 'another', lesson: 'one' }),
	]);
	expect(await log('outsider')).toEqual([]);
});

test('nobody changes the words of another; one’s own are changed, and go when none are left', async () => {
	const [{ entries }] = (await log()) as [Awaited<ReturnType<typeof log>>[number]];
	const { id } = entries[0]!;
	const foreign = { id, text: 'Not yours.' };
	expect(await changeEntry(db, world.ids.outsider, foreign, now)).toBe(false);
	expect(await changeEntry(db, world.ids.educator, { id, text: '' }, now)).toBe(false);
	expect((await log())[0]!.entries[0]!.text).toBe('Green, please.');
	expect(await changeEntry(db, world.ids.member, { id, text: 'Black, please.' }, now)).toBe(true);
	expect((await log())[0]!.entries[0]!.text).toBe('Black, please.');
	expect(await changeEntry(db, world.ids.member, { id, text: ' ' }, now)).toBe(true);
	expect((await log()).map(({ lesson }) => lesson)).toEqual(['long-ago', 'one']);
	expect(await changeEntry(db, world.ids.member, { id, text: 'Again?' }, now)).toBe(false);
});

test('the file has every word of it', async () => {
	await write({}, 'First line.\n\n# Not a heading of ours');
	const file = logFile(await log(), 'en');
	expect(file).toContain(`## ${course.title.en}\n\n### Hello\n\n> `);
	expect(file).toContain('First line.');
	expect(file).toContain('Old words.');
	expect(file).toContain('*March 1, 2027*');
});

test('what is saved from the coach’s page stands by itself, each time anew', async () => {
	const mine = async () => (await log('outsider')).filter(({ entries }) => entries.length > 0);
	const { outsider } = world.ids;
	await keepNote(db, outsider, 'What has it done to your days?', new Date((clock += 1000)));
	await keepNote(db, outsider, 'What matters most?', new Date((clock += 1000)));
	expect(await mine()).toEqual([
		{
			course: 'Try your own question',
			lesson: 'What you have saved',
			entries: [
				expect.objectContaining({ text: 'What has it done to your days?' }),
				expect.objectContaining({ text: 'What matters most?' }),
			],
		},
	]);
	const [{ entries }] = (await mine()) as [Awaited<ReturnType<typeof log>>[number]];
	expect(await changeEntry(db, outsider, { id: entries[0]!.id, text: '' }, now)).toBe(true);
	expect((await mine())[0]!.entries.map(({ text }) => text)).toEqual(['What matters most?']);
});

test('a note without words is none', () => {
	expect(v.is(note, { text: ' \n' })).toBe(false);
	expect(v.is(note, { text: 'x'.repeat(10_001) })).toBe(false);
	expect(v.is(note, { text: 'Go on.' })).toBe(true);
});
