import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { assignmentForm, valuesOf } from './assignment-form.ts';
import type { Assignment } from './tasks.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const { finalTest: _test, ...withoutTest } = { ...course, id: 'plain' };
const courses = [course, withoutTest];
/** It is the 2nd in Copenhagen already. */
const now = new Date('2027-03-01T23:30:00Z');

function read(given: Record<string, string>, before?: Assignment) {
	const schema = assignmentForm({ courses, timeZone: 'Europe/Copenhagen', before, now });
	const parsed = v.safeParse(schema, { course: 'tiny', ...given });
	if (parsed.success) return { wish: parsed.output };
	return { wrong: parsed.issues.map((issue) => v.getDotPath(issue)) };
}

test('an assignment is read from its form', () => {
	expect(
		read({
			scope: 'lessons',
			'lesson:bye': 'on',
			'lesson:hello': 'on',
			'lesson:unheard-of': 'on',
			startsOn: '2027-03-02',
			dueOn: '2027-03-31',
			repeat: 'other',
			months: '18',
			requiredScore: '0',
			attempts: '3',
			message: ' Before the seminar.\r\nYours ',
			'remind:7': 'on',
			'remind:-1': 'on',
			whom: 'chosen',
			people: 'Ida Holm <IDA@example.org>; bo@example.org\nida@example.org',
			tell: 'on',
		}),
	).toEqual({
		wish: {
			course: 'tiny',
			scope: 'lessons',
			lessons: ['hello', 'bye'],
			startsOn: '2027-03-02',
			dueOn: '2027-03-31',
			everyMonths: 18,
			requiredScore: 0,
			// There is no final test among them.
			attempts: null,
			message: 'Before the seminar.\nYours',
			reminders: [7, -1],
			people: ['ida@example.org', 'bo@example.org'],
			tell: true,
		},
	});
	expect(read({ attempts: '2' }).wish).toMatchObject({
		scope: 'course',
		attempts: 2,
		startsOn: '2027-03-02',
		dueOn: null,
		everyMonths: null,
		requiredScore: null,
		people: null,
		tell: false,
	});
});

describe('it is refused, and the field named, when', () => {
	test.each<[string, Record<string, string>, string]>([
		['there is no such course', { course: 'none' }, 'course'],
		['no lesson is chosen', { scope: 'lessons' }, 'lessons'],
		['the course has no final test', { course: 'plain', scope: 'final-test' }, 'scope'],
		['the due day has passed there', { dueOn: '2027-03-01' }, 'dueOn'],
		['a day does not exist', { dueOn: '2027-02-29' }, 'dueOn'],
		['a day is no day', { startsOn: 'tomorrow' }, 'startsOn'],
		['a day is out of this world', { dueOn: '9999-12-31' }, 'dueOn'],
		['it begins after it is due', { startsOn: '2027-04-02', dueOn: '2027-04-01' }, 'startsOn'],
		['it comes again before it is due', { dueOn: '2027-09-02', repeat: '6' }, 'dueOn'],
		['months are not a number', { repeat: 'other', months: 'often' }, 'months'],
		['months are missing', { repeat: 'other' }, 'months'],
		['the score is above 100', { requiredScore: '101' }, 'requiredScore'],
		['the score is no whole number', { requiredScore: '79.5' }, 'requiredScore'],
		[
			'nothing in it gives a score',
			{ scope: 'lessons', 'lesson:bye': 'on', requiredScore: '50' },
			'requiredScore',
		],
		['there is no attempt', { attempts: '0' }, 'attempts'],
		['nobody is named', { whom: 'chosen', people: 'Ida' }, 'people'],
		['the message is too long', { message: 'x'.repeat(2001) }, 'message'],
	])('%s', (_, given, field) => {
		expect(read(given)).toEqual({ wrong: [field] });
	});

	test('and several things at once are all told', () => {
		expect(read({ scope: 'lessons', dueOn: '2026-01-01', requiredScore: 'x' }).wrong).toEqual([
			'lessons',
			'requiredScore',
			'dueOn',
		]);
	});
});

describe('what is there already', () => {
	const before: Assignment = {
		id: 'a',
		groupId: 'g',
		course: 'tiny',
		scope: 'lessons',
		lessons: ['bye'],
		startsOn: '2026-09-01',
		dueOn: '2026-10-01',
		everyMonths: 18,
		requiredScore: null,
		attempts: null,
		message: 'Please',
		reminders: [7, 0, -1],
		forEveryone: false,
		createdBy: null,
		createdAt: now,
		changedAt: now,
		withdrawnAt: null,
	};
	test('comes back from its form as it was, also a due day that has passed', () => {
		const values = valuesOf(before, ['bo@example.org']);
		expect(read({ ...values, tell: 'on' }, before).wish).toEqual({
			course: 'tiny',
			scope: 'lessons',
			lessons: ['bye'],
			startsOn: '2026-09-01',
			dueOn: '2026-10-01',
			everyMonths: 18,
			requiredScore: null,
			attempts: null,
			message: 'Please',
			reminders: [7, 0, -1],
			people: ['bo@example.org'],
			tell: true,
		});
	});
	test('may not be moved to another day that has passed, nor to another course', () => {
		const values = valuesOf(before, ['bo@example.org']);
		expect(read({ ...values, dueOn: '2026-10-02' }, before)).toEqual({ wrong: ['dueOn'] });
		expect(read({ ...values, course: 'plain' }, before).wish?.course).toBe('tiny');
	});
});
