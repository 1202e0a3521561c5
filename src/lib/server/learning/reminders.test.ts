import { expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { activitiesOf, findLesson } from '#lib/course/model.ts';
import { responseTo } from '../../../../tests/support/answers.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { openLetters } from '../../../../tests/support/letters.ts';
import { secretBox } from '../secret-box.ts';
import { sendReminders } from '../teaching/reminders.ts';
import { receive } from './events.ts';
import { setReminders, wantsReminders } from './reminders.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const HOUR = 3_600_000;
const start = Date.UTC(2027, 0, 10, 9);
const later = (hours: number) => new Date(start + hours * HOUR);

const box = secretBox('a key for tests of thirty-two letters');

/** Somebody who has finished the first lesson and missed nothing. */
async function learner(db: Database): Promise<void> {
	await db.tx((tx) =>
		tx.insert(db.tables.users).values({
			id: 'p',
			email: 'p@example.org',
			name: 'P',
			role: 'learner',
			isGuest: false,
			language: 'en',
			createdAt: later(0),
		}),
	);
	let clock = start;
	const event = (own: object) => ({
		v: 1,
		id: crypto.randomUUID(),
		at: new Date(clock++).toISOString(),
		course: 'tiny',
		courseVersion: '1.0.0',
		language: 'en',
		lesson: 'hello',
		...own,
	});
	const events = findLesson(tiny, 'hello')!.steps.flatMap((step) => {
		if (step.kind === 'read') return [event({ type: 'step-read', step: step.id })];
		const attempt = crypto.randomUUID();
		const items = activitiesOf(step);
		return [
			event({ type: 'attempt-began', step: step.id, attempt, items: items.map(({ id }) => id) }),
			...items.map((item) =>
				event({
					type: 'answered',
					step: step.id,
					attempt,
					item: item.id,
					response:
						responseTo(item, 'right') ??
						(item.type === 'reflect' ? { written: true } : { checked: [] }),
				}),
			),
		];
	});
	const courses = () => tiny;
	const receipt = await receive(db, courses, { id: 'p' }, { learner: 'p', events }, 'en');
	expect(receipt.refused).toEqual([]);
}

test.each(testDatabases)(
	'a letter comes once something is due, once a day at most, on %s',
	async (_, open) => {
		const db = await open();
		await learner(db);
		const send = (hours: number) =>
			sendReminders({ db, box, courses: [tiny], origin: 'http://localhost', now: later(hours) });

		// Nobody asked for letters.
		expect(await send(48)).toBe(0);
		await setReminders(db, 'p', true, 'https://kursus.example.dk');
		expect(await wantsReminders(db, 'p')).toBe(true);
		// Nothing is due on the day itself.
		expect(await send(1)).toBe(0);
		expect(await send(48)).toBe(1);
		expect(await send(49)).toBe(0);
		expect(await send(73)).toBe(1);
		expect((await openLetters(db, box))[0]).toMatchObject({
			kind: 'practice',
			unsubscribe: 'https://kursus.example.dk/en/account/settings',
			to: 'p@example.org',
			subject: '2 questions are ready for practice',
			text: expect.stringContaining('https://kursus.example.dk/en/courses/tiny/practice'),
		});

		await setReminders(db, 'p', false, '');
		expect(await send(200)).toBe(0);
		await db.close();
	},
);
