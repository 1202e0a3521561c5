import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { outline, lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import { dayIn, daysBetween } from '#lib/teaching/rounds.ts';
import { unitsOfTask, type Task } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { tasksOf, type AssignedTask } from './tasks.ts';

/** Something that a learner is asked to do and has not done, as their own pages show it. */
export interface Due {
	/** Tells it apart in a list. */
	key: string;
	course: { id: string; title: string };
	scope: Task['scope'];
	/** Titles of the lessons asked for, where the scope is lessons. */
	lessons: string[];
	/** The earliest due day of all who ask, `2027-02-01`; null where there is none. */
	dueOn: string | null;
	/** Whole days to the due day by the calendar of whoever set it; negative when it is late. */
	daysLeft: number | null;
	isOverdue: boolean;
	/** Set where it has not begun: the day on which it does. */
	startsOn: string | null;
	/** 0–100; the highest of all who ask. */
	requiredScore: number | null;
	/** 0–100; null before there is one. */
	score: number | null;
	/** Everything is done but the required score. */
	lacksScore: boolean;
	isOutOfAttempts: boolean;
	/** Lessons and final test done, of how many. */
	done: number;
	of: number;
	/** Who asks: one for each assignment, the earliest first. */
	askedBy: { assignment: string; group: string; organisation: string; message: string }[];
	/** Where to go on: the course's map, a lesson or the final test. */
	next: { kind: 'course' } | { kind: 'lesson'; lesson: string } | { kind: 'final-test' };
}

/**
 * What a learner is asked to do and has not done: what is open first, by due day, then what begins
 * later. Two groups that ask for the same make one entry: the earliest due day and the highest score
 * hold, and both groups are named.
 */
export async function dueFor(
	db: Pick<Database, 'tables' | 'read'>,
	courses: Course[],
	userId: string,
	language: Language,
	now = new Date(),
): Promise<Due[]> {
	const tasks = await tasksOf(db, db.read, courses, userId, now);
	const open = tasks.filter(({ standing }) => standing.standing !== 'done');
	const groups = Map.groupBy(open, keyOf);
	const due = [...groups].flatMap(([key, same]) => {
		const course = courses.find(({ id }) => id === same[0]!.assignment.course);
		return course ? [entry(key, same, outline(course, language), now)] : [];
	});
	return [...due.filter((one) => !one.startsOn), ...due.filter((one) => one.startsOn)];
}

/** The same for all who ask for the same; what begins later stands by itself. */
function keyOf({ assignment, isOpen }: AssignedTask): string {
	const { course, scope, lessons } = assignment;
	const asked = scope === 'lessons' ? [...lessons].sort().join(',') : '';
	return [course, scope, asked, isOpen ? '' : assignment.id].join('/');
}

/** @param same in the order of their due days */
function entry(key: string, same: AssignedTask[], course: Outline, now: Date): Due {
	const first = same[0]!;
	// Who did most of it in the one may have begun anew in the other: the least is what is true of both.
	const least = same.reduce((a, b) => (b.standing.done < a.standing.done ? b : a));
	const { assignment, organisation, round } = first;
	const required = same.flatMap((task) => task.assignment.requiredScore ?? []);
	const today = dayIn(organisation.timeZone, now).toString();
	return {
		key,
		course: { id: course.id, title: course.title },
		scope: assignment.scope,
		lessons: lessonsOfOutline(course)
			.filter(({ id }) => assignment.scope === 'lessons' && assignment.lessons.includes(id))
			.map(({ title }) => title),
		dueOn: round.dueOn,
		daysLeft: round.dueOn === null ? null : daysBetween(today, round.dueOn),
		isOverdue: first.isOverdue,
		startsOn: first.isOpen ? null : round.startsOn,
		requiredScore: required.length > 0 ? Math.max(...required) : null,
		score: least.standing.score,
		lacksScore: same.every(({ standing }) => standing.lacksScore),
		isOutOfAttempts: same.some(({ assignment: one }) => one.attempts !== null) && outOf(same),
		done: least.standing.done,
		of: least.standing.of,
		askedBy: same.map(({ assignment: { id, message }, group, organisation: { name } }) => ({
			assignment: id,
			group: group.name,
			organisation: name,
			message,
		})),
		next: nextOf(least, course),
	};
}

/** Of several limits the most generous one holds. */
function outOf(same: AssignedTask[]): boolean {
	return same
		.filter(({ assignment }) => assignment.attempts !== null)
		.every(({ standing }) => standing.isOutOfAttempts);
}

function nextOf({ assignment, enrolment }: AssignedTask, course: Outline): Due['next'] {
	const left = unitsOfTask(assignment, course).filter(
		(id) => enrolment?.cells[id]?.standing !== 'done',
	);
	if (left[0] === FINAL_TEST || assignment.scope === 'final-test') return { kind: 'final-test' };
	if (assignment.scope === 'course' || left[0] === undefined) return { kind: 'course' };
	return { kind: 'lesson', lesson: left[0] };
}
