import { lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import type { Standing } from '#lib/progress/completion.ts';
import type { Enrolment, UnitCell } from '#lib/progress/enrolment.ts';

/** What an assignment asks for. */
export interface Task {
	scope: 'course' | 'lessons' | 'final-test';
	/** Ids, where the scope is lessons. */
	lessons: string[];
	/** 0–100. */
	requiredScore: number | null;
	/** The most attempts at the final test in a round; null for any number. */
	attempts: number | null;
}

/** Where a learner stands with a task. */
export interface TaskStanding {
	standing: Standing;
	/** Lessons and final test done, of how many the task consists. */
	done: number;
	of: number;
	/** 0–100, of what the task asks for; null before there is one. */
	score: number | null;
	/** When everything was first done; null while it is not. A better score later does not move it. */
	doneAt: Date | null;
	/** Everything is done but the required score. */
	lacksScore: boolean;
	/** The final test is not passed and may not be tried again. */
	isOutOfAttempts: boolean;
}

/** Ids of the lessons, and of the final test, that a task consists of, in the course's order. Units that the course no longer has are left out. */
export function unitsOfTask(task: Task, map: Outline): string[] {
	const lessons = lessonsOfOutline(map).map(({ id }) => id);
	const test = map.finalTest ? [FINAL_TEST] : [];
	switch (task.scope) {
		case 'course':
			return [...lessons, ...test];
		case 'lessons':
			return lessons.filter((id) => task.lessons.includes(id));
		case 'final-test':
			return test;
	}
}

/** @param enrolment of the round that it is about; undefined where nothing was begun */
export function taskStanding(
	task: Task,
	map: Outline,
	enrolment: Pick<Enrolment, 'cells' | 'score' | 'testAttempts'> | undefined,
): TaskStanding {
	const units = unitsOfTask(task, map);
	const cells = units.flatMap((id) => enrolment?.cells[id] ?? []);
	const finished = cells.filter((cell) => cell.standing === 'done');
	const score = task.scope === 'course' ? (enrolment?.score ?? null) : meanOf(cells);
	const isComplete = units.length > 0 && finished.length === units.length;
	const reaches = task.requiredScore === null || (score ?? 0) >= task.requiredScore;
	const isDone = isComplete && reaches;
	const last = finished
		.map((cell) => cell.doneAt!)
		.sort()
		.at(-1);
	const testDone = enrolment?.cells[FINAL_TEST]?.standing === 'done' && reaches;
	return {
		standing: isDone ? 'done' : cells.length > 0 ? 'under-way' : 'not-begun',
		done: finished.length,
		of: units.length,
		score,
		doneAt: isDone && last ? new Date(last) : null,
		lacksScore: isComplete && !reaches,
		isOutOfAttempts:
			task.attempts !== null &&
			units.includes(FINAL_TEST) &&
			!testDone &&
			(enrolment?.testAttempts ?? 0) >= task.attempts,
	};
}

/** Of the units that have a score, whole, rounded down. */
function meanOf(cells: UnitCell[]): number | null {
	const scores = cells.flatMap(({ percent }) => percent ?? []);
	if (scores.length === 0) return null;
	return Math.floor(scores.reduce((sum, one) => sum + one, 0) / scores.length);
}

/** How somebody in a group is getting on, as an educator looks for them. */
export type Status = 'not-begun' | 'under-way' | 'stuck' | 'done';
export const STATUSES = ['stuck', 'not-begun', 'under-way', 'done'] as const satisfies Status[];

/** So many failed attempts at one quiz or test mean that somebody is stuck. */
export const MANY_FAILED = 3;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Stuck is who is under way and has completed no step for so many days, or failed one quiz (or the
 * final test) three times without passing it since.
 */
export function statusOf(
	{ standing }: Pick<TaskStanding, 'standing'>,
	enrolment: Pick<Enrolment, 'progressedAt' | 'failed'> | undefined,
	stuckDays: number,
	now: Date,
): Status {
	if (standing !== 'under-way' || !enrolment) return standing;
	const isIdle = now.getTime() - enrolment.progressedAt.getTime() > stuckDays * DAY;
	return isIdle || enrolment.failed >= MANY_FAILED ? 'stuck' : 'under-way';
}
