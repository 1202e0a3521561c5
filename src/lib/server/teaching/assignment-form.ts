import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import { m } from '#lib/paraglide/messages.js';
import { INTERVALS, REMINDERS } from '#lib/teaching/reminding.ts';
import { dayIn, isDay } from '#lib/teaching/rounds.ts';
import { unitsOfTask, type Task } from '#lib/teaching/standing.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Assignment } from './tasks.ts';

/** What an educator asks for, checked. */
export interface Wish extends Task {
	course: string;
	startsOn: string;
	dueOn: string | null;
	everyMonths: number | null;
	message: string;
	reminders: number[];
	/** Addresses of the members who are asked; null for the whole group. */
	people: string[] | null;
	/** Whether learners get a letter about it. */
	tell: boolean;
}

interface Situation {
	courses: Course[];
	/** Of the organisation. */
	timeZone: string;
	/** What is changed, where it is not a new one. */
	before?: Pick<Assignment, 'course' | 'startsOn' | 'dueOn'>;
	now: Date;
}

const text = (most: number, message: () => string) =>
	v.optional(v.pipe(v.string(), v.trim(), v.maxLength(most, message)), '');
const short = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), '');

const fields = v.looseObject({
	course: short,
	scope: v.optional(v.picklist(['course', 'lessons', 'final-test']), 'course'),
	startsOn: short,
	dueOn: short,
	repeat: short,
	months: short,
	requiredScore: short,
	attempts: short,
	message: text(2000, () => m.teach_assign_message_long()),
	whom: v.optional(v.picklist(['everyone', 'chosen']), 'everyone'),
	people: text(500_000, () => m.teach_assign_people_many()),
	tell: short,
});
type Fields = v.InferOutput<typeof fields>;
/** Says what is wrong with a field. */
type Complain = (field: string, message: string) => void;

/**
 * The form of an assignment. Lessons and reminders are ticks of their own, `lesson:<id>` and
 * `remind:<days>`. Days are days in the organisation's time zone.
 */
export function assignmentForm(situation: Situation) {
	return v.pipe(
		fields,
		v.rawTransform<Fields, Wish>(({ dataset, addIssue, NEVER }) => {
			let isGood = true;
			const complain: Complain = (key, message) => {
				isGood = false;
				const input = dataset.value;
				addIssue({
					message,
					path: [{ type: 'object', origin: 'value', input, key, value: input[key] }],
				});
			};
			const wish = wishOf(dataset.value, situation, complain);
			return isGood && wish ? wish : NEVER;
		}),
	);
}

function wishOf(given: Fields, situation: Situation, complain: Complain): Wish | undefined {
	const course = situation.courses.find(
		({ id }) => id === (situation.before?.course ?? given.course),
	);
	if (!course) {
		complain('course', m.teach_assign_course_unknown());
		return undefined;
	}
	// In the order of the form, so that what is wrong is told from top to bottom.
	const task = taskOf(given, course, complain);
	const people = peopleOf(given);
	if (given.whom === 'chosen' && people.length === 0)
		complain('people', m.teach_assign_people_missing());
	const everyMonths = monthsOf(given, complain);
	const days = daysOf(given, everyMonths, situation, complain);
	return {
		course: course.id,
		...task,
		...days,
		everyMonths,
		message: given.message.replaceAll('\r\n', '\n'),
		reminders: REMINDERS.filter((day) => given[`remind:${day}`] !== undefined),
		people: given.whom === 'chosen' ? people : null,
		tell: given.tell !== '',
	};
}

function taskOf(given: Fields, course: Course, complain: Complain): Task {
	const lessons = lessonsOf(course)
		.map(({ id }) => id)
		.filter((id) => given.scope === 'lessons' && given[`lesson:${id}`] !== undefined);
	if (given.scope === 'lessons' && lessons.length === 0)
		complain('lessons', m.teach_assign_lessons_missing());
	if (given.scope === 'final-test' && !course.finalTest)
		complain('scope', m.teach_assign_no_test());
	const requiredScore = numberOf(given.requiredScore, 0, 100, () =>
		complain('requiredScore', m.teach_assign_score_wrong()),
	);
	const attempts = numberOf(given.attempts, 1, 100, () =>
		complain('attempts', m.teach_assign_attempts_wrong()),
	);
	const task: Task = { scope: given.scope, lessons, requiredScore, attempts };
	const units = unitsOfTask(task, mapOf(course));
	if (requiredScore !== null && units.length > 0 && !hasScore(units, course))
		complain('requiredScore', m.teach_assign_no_score());
	return { ...task, attempts: units.includes(FINAL_TEST) ? attempts : null };
}

/** Whether there is anything in it that gives a score. */
function hasScore(units: string[], course: Course): boolean {
	const map = mapOf(course);
	const quizzes = map.chapters
		.flatMap(({ lessons }) => lessons)
		.filter(({ steps }) => steps.some(({ kind }) => kind === 'quiz'))
		.map(({ id }) => id);
	return units.some((id) => id === FINAL_TEST || quizzes.includes(id));
}

function monthsOf({ repeat, months }: Fields, complain: Complain): number | null {
	if (repeat === '') return null;
	const number = repeat === 'other' ? months : repeat;
	const found = numberOf(number, 1, 120, () => complain('months', m.teach_assign_months_wrong()));
	if (found === null && number === '') complain('months', m.teach_assign_months_wrong());
	return found;
}

function daysOf(
	given: Fields,
	everyMonths: number | null,
	{ timeZone, before, now }: Situation,
	complain: Complain,
): Pick<Wish, 'startsOn' | 'dueOn'> {
	const today = dayIn(timeZone, now).toString();
	const startsOn = given.startsOn || (before?.startsOn ?? today);
	const dueOn = given.dueOn || null;
	if (!isSomeDay(startsOn)) complain('startsOn', m.teach_assign_day_wrong());
	else if (dueOn !== null && !isSomeDay(dueOn)) complain('dueOn', m.teach_assign_day_wrong());
	else if (dueOn !== null) {
		// A day that has been agreed on may stay, also once it has passed.
		if (dueOn < today && dueOn !== before?.dueOn)
			complain('dueOn', m.teach_assign_due_past({ today }));
		else if (startsOn > dueOn) complain('startsOn', m.teach_assign_starts_after());
		else if (everyMonths !== null && overlaps(startsOn, dueOn, everyMonths))
			complain('dueOn', m.teach_assign_due_overlaps());
	}
	return { startsOn, dueOn };
}

function isSomeDay(day: string): boolean {
	return isDay(day) && day >= '2020-01-01' && day < '2100-01-01';
}

/** Whether it would come again before it is due. */
function overlaps(startsOn: string, dueOn: string, everyMonths: number): boolean {
	const next = Temporal.PlainDate.from(startsOn).add({ months: everyMonths });
	return Temporal.PlainDate.compare(dueOn, next) >= 0;
}

/** Addresses, however they are set apart: lines, spaces, commas, semicolons, `Ida Holm <ida@example.org>`. */
function peopleOf({ people }: Fields): string[] {
	const found = people
		.split(/[\s,;<>]+/)
		.filter((part) => part.includes('@'))
		.map((part) => part.toLowerCase());
	return [...new Set(found)];
}

function numberOf(text: string, least: number, most: number, wrong: () => void): number | null {
	if (text === '') return null;
	const number = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
	if (number >= least && number <= most) return number;
	wrong();
	return null;
}

/** What the form shows of an assignment that is there already. */
export function valuesOf(assignment: Assignment, addresses: string[]): Record<string, string> {
	const { everyMonths, requiredScore, attempts } = assignment;
	const isUsual = INTERVALS.some((one) => one === everyMonths);
	return {
		course: assignment.course,
		scope: assignment.scope,
		...Object.fromEntries(assignment.lessons.map((id) => [`lesson:${id}`, 'on'])),
		startsOn: assignment.startsOn,
		dueOn: assignment.dueOn ?? '',
		repeat: everyMonths === null ? '' : isUsual ? String(everyMonths) : 'other',
		months: everyMonths === null || isUsual ? '' : String(everyMonths),
		requiredScore: requiredScore === null ? '' : String(requiredScore),
		attempts: attempts === null ? '' : String(attempts),
		message: assignment.message,
		...Object.fromEntries(assignment.reminders.map((day) => [`remind:${day}`, 'on'])),
		whom: assignment.forEveryone ? 'everyone' : 'chosen',
		people: addresses.join('\n'),
	};
}
