import {
	lessonsOfOutline,
	type LessonOutline,
	type Outline,
	type StepOutline,
} from '#lib/course/outline.ts';
import { FINAL_TEST, TEST_STEP } from '#lib/course/parts.ts';
import { percentOf, points, share, type LessonProgress, type Progress } from './progress.ts';

export type Standing = 'not-begun' | 'under-way' | 'done';

/**
 * A reading step is done when read; a quiz when its best attempt reached the pass mark; any other
 * activity or drill when one attempt was finished.
 */
export function stepStanding(
	step: StepOutline,
	progress: LessonProgress | undefined,
	passMark: number,
): Standing {
	if (step.kind === 'read') return progress?.read.includes(step.id) ? 'done' : 'not-begun';
	const attempts = progress?.steps[step.id];
	if (!attempts) return 'not-begun';
	const passed = attempts.best && (step.kind !== 'quiz' || share(attempts.best) * 100 >= passMark);
	if (passed) return 'done';
	return attempts.finished > 0 || attempts.open.length > 0 ? 'under-way' : 'not-begun';
}

export interface LessonStanding {
	standing: Standing;
	stepsDone: number;
	steps: number;
	/** Estimated minutes of the steps that are not done. */
	minutesLeft: number;
}

export function lessonStanding(
	lesson: LessonOutline,
	progress: LessonProgress | undefined,
	passMark: number,
): LessonStanding {
	const left = lesson.steps.filter((step) => stepStanding(step, progress, passMark) !== 'done');
	const stepsDone = lesson.steps.length - left.length;
	return {
		standing: left.length === 0 ? 'done' : progress ? 'under-way' : 'not-begun',
		stepsDone,
		steps: lesson.steps.length,
		minutesLeft: left.reduce((sum, step) => sum + step.minutes, 0),
	};
}

export interface CourseStanding extends LessonStanding {
	lessonsDone: number;
	lessons: number;
	/** Of the final test, where there is one. */
	test?: Standing;
	/**
	 * 0–100, whole: the best attempt at the final test; in a course without one the mean of the best
	 * attempts at all quizzes. Undefined before any of these is finished.
	 */
	score: number | undefined;
}

/** A final test is done when it is passed. */
export function testStanding(
	course: Outline,
	progress: Pick<Progress, 'lessons'>,
): Standing | undefined {
	if (!course.finalTest) return undefined;
	const tried = progress.lessons[FINAL_TEST]?.steps[TEST_STEP];
	if (tried?.best && share(tried.best) * 100 >= course.finalTest.passMark) return 'done';
	return tried && tried.finished + tried.open.length > 0 ? 'under-way' : 'not-begun';
}

/** Where a learner stands in a course. It is done when every lesson is, and the final test. */
export function courseStanding(course: Outline, progress: Progress): CourseStanding {
	const lessons = lessonsOfOutline(course);
	const each = lessons.map((lesson) =>
		lessonStanding(lesson, progress.lessons[lesson.id], course.passMark),
	);
	const lessonsDone = each.filter((lesson) => lesson.standing === 'done').length;
	const test = testStanding(course, progress);
	const all = [...each.map((lesson) => lesson.standing), ...(test ? [test] : [])];
	const testLeft = test !== undefined && test !== 'done';
	return {
		standing: all.every((one) => one === 'done')
			? 'done'
			: all.some((one) => one !== 'not-begun')
				? 'under-way'
				: 'not-begun',
		...(test ? { test } : {}),
		lessonsDone,
		lessons: lessons.length,
		stepsDone: each.reduce((sum, lesson) => sum + lesson.stepsDone, test === 'done' ? 1 : 0),
		steps: each.reduce((sum, lesson) => sum + lesson.steps, test ? 1 : 0),
		minutesLeft: each.reduce(
			(sum, lesson) => sum + lesson.minutesLeft,
			testLeft ? course.finalTest!.minutes : 0,
		),
		score: test ? testScore(progress) : quizScore(lessons, progress),
	};
}

function testScore(progress: Progress): number | undefined {
	const best = progress.lessons[FINAL_TEST]?.steps[TEST_STEP]?.best;
	return best && percentOf(best);
}

/**
 * Mean over the course's quizzes of the best attempt's share; a quiz not yet finished counts as 0,
 * so that the score never falls by going on.
 */
function quizScore(lessons: LessonOutline[], progress: Progress): number | undefined {
	const quizzes = lessons.flatMap((lesson) =>
		lesson.steps
			.filter((step) => step.kind === 'quiz')
			.map((step) => progress.lessons[lesson.id]?.steps[step.id]?.best),
	);
	if (!quizzes.some(Boolean)) return undefined;
	const sum = quizzes.reduce((total, best) => total + (best ? share(best) : 0), 0);
	return Math.round((100 * sum) / quizzes.length);
}

/** The best attempt at a lesson's quizzes in whole per cent, all of them together; undefined before one is finished. */
export function quizPercent(
	lesson: LessonOutline,
	progress: LessonProgress | undefined,
): number | undefined {
	const best = lesson.steps
		.filter((step) => step.kind === 'quiz')
		.map((step) => progress?.steps[step.id]?.best);
	if (!best.some(Boolean)) return undefined;
	const sum = best.reduce((total, one) => total + (one ? share(one) : 0), 0);
	return Math.floor((100 * sum) / best.length + 1e-9);
}

/** The step to open a lesson at: where the learner was, else the first one not done, else the first. */
export function resumeStep(
	lesson: LessonOutline,
	progress: LessonProgress | undefined,
	passMark: number,
): string {
	const was = lesson.steps.find((step) => step.id === progress?.step);
	const open = lesson.steps.find((step) => stepStanding(step, progress, passMark) !== 'done');
	return (was ?? open ?? lesson.steps[0]!).id;
}

/** Points of the best attempt at a step, for showing. */
export function bestPoints(
	progress: LessonProgress | undefined,
	stepId: string,
): { earned: number; possible: number } | undefined {
	const best = progress?.steps[stepId]?.best;
	return best && points(best);
}
