import { lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import { FINAL_TEST, TEST_STEP } from '#lib/course/parts.ts';
import {
	courseStanding,
	lessonStanding,
	quizPercent,
	stepStanding,
	testStanding,
	type Standing,
} from './completion.ts';
import type { LearnerEvent } from './events.ts';
import { percentOf, type Progress } from './progress.ts';

/** A lesson, or the final test, in the few figures that a table needs. */
export interface UnitCell {
	standing: Standing;
	/** Steps done, of how many. */
	done: number;
	of: number;
	/** 0–100, whole: the best attempt at its quizzes, or at the final test; absent before one is finished. */
	percent?: number;
	/** When it was first done, ISO 8601 in UTC; absent while it is not. */
	doneAt?: string;
}

/** A learner's standing in a course and when it came about. Made of events alone. */
export interface Enrolment {
	standing: Standing;
	stepsDone: number;
	steps: number;
	/** 0–100, of the course; null before a quiz (or the final test) is finished. */
	score: number | null;
	/** The most failed attempts at one quiz, or at the final test, that is not passed yet. */
	failed: number;
	/** Begun, whether finished or not. */
	testAttempts: number;
	/** Spent, by the learner's clock. */
	seconds: number;
	/** By unit id: lessons and, where there is one, the final test. Units not begun are absent. */
	cells: Record<string, UnitCell>;
	beganAt: Date;
	/** When something last happened. */
	lastAt: Date;
	/** When a step was last completed, or the course begun. */
	progressedAt: Date;
	doneAt: Date | null;
	/** When the final test was first passed. */
	testPassedAt: Date | null;
}

/**
 * An enrolment after one more event, taken in the order in which things happened.
 *
 * @param before undefined at the first event
 * @param progress after the event
 * @param receivedAt a learner's clock that runs ahead counts only up to here
 */
export function enrol(
	before: Enrolment | undefined,
	map: Outline,
	progress: Progress,
	event: LearnerEvent,
	receivedAt: Date,
): Enrolment {
	const at = new Date(Math.min(Date.parse(event.at), receivedAt.getTime()));
	const { standing, stepsDone, steps, score } = courseStanding(map, progress);
	const test = progress.lessons[FINAL_TEST]?.steps[TEST_STEP];
	const isPassed = testStanding(map, progress) === 'done';
	return {
		standing,
		stepsDone,
		steps,
		score: score ?? null,
		failed: mostFailed(map, progress)?.times ?? 0,
		testAttempts: test ? test.finished + test.open.length : 0,
		seconds: (before?.seconds ?? 0) + ('seconds' in event ? (event.seconds ?? 0) : 0),
		cells: cellsOf(map, progress, before?.cells, at),
		beganAt: before?.beganAt ?? at,
		lastAt: before && before.lastAt > at ? before.lastAt : at,
		progressedAt: before && stepsDone <= before.stepsDone ? before.progressedAt : at,
		doneAt: standing === 'done' ? (before?.doneAt ?? at) : null,
		testPassedAt: isPassed ? (before?.testPassedAt ?? at) : null,
	};
}

function cellsOf(
	map: Outline,
	progress: Progress,
	before: Record<string, UnitCell> = {},
	at: Date,
): Record<string, UnitCell> {
	const cells: Record<string, UnitCell> = {};
	const note = (id: string, { percent, ...cell }: Omit<UnitCell, 'doneAt'>) =>
		(cells[id] = {
			...cell,
			...(percent === undefined ? {} : { percent }),
			...(cell.standing === 'done' ? { doneAt: before[id]?.doneAt ?? at.toISOString() } : {}),
		});
	for (const lesson of lessonsOfOutline(map)) {
		const theirs = progress.lessons[lesson.id];
		if (!theirs) continue;
		const { standing, stepsDone, steps } = lessonStanding(lesson, theirs, map.passMark);
		note(lesson.id, { standing, done: stepsDone, of: steps, percent: quizPercent(lesson, theirs) });
	}
	const test = testStanding(map, progress);
	if (test && test !== 'not-begun') {
		const best = progress.lessons[FINAL_TEST]?.steps[TEST_STEP]?.best;
		const done = test === 'done' ? 1 : 0;
		note(FINAL_TEST, { standing: test, done, of: 1, percent: best && percentOf(best) });
	}
	return cells;
}

/** The quiz, or the final test, that was failed most often and is not passed yet; undefined when none was tried. */
export function mostFailed(
	map: Outline,
	{ lessons }: Pick<Progress, 'lessons'>,
): { lesson: string; step: string; times: number } | undefined {
	const tried = (lesson: string, step: string) => ({
		lesson,
		step,
		times: lessons[lesson]?.steps[step]?.finished ?? 0,
	});
	const failed = lessonsOfOutline(map).flatMap((lesson) =>
		lesson.steps
			.filter(
				(step) =>
					step.kind === 'quiz' && stepStanding(step, lessons[lesson.id], map.passMark) !== 'done',
			)
			.map((step) => tried(lesson.id, step.id)),
	);
	if (testStanding(map, { lessons }) === 'under-way') failed.push(tried(FINAL_TEST, TEST_STEP));
	const [first] = failed.filter(({ times }) => times > 0).sort((a, b) => b.times - a.times);
	return first;
}
