/**
 * A learner's progress in one course: plain data, always derived from events by `reduce`, or
 * restored from an LMS's suspend data.
 */
export interface Progress {
	/** By lesson id. Lessons not begun are absent. */
	lessons: Record<string, LessonProgress>;
	/** Where the learner was last. */
	last?: { lesson: string; step: string };
	/** The language last used. */
	language?: string;
	/** Time spent, by the learner's clock. */
	seconds: number;
}

export interface LessonProgress {
	/** The step to resume at. */
	step?: string;
	/** Ids of the reading steps read to the end. */
	read: string[];
	/** By step id: the attempts at an activity or set. */
	steps: Record<string, StepProgress>;
	/** What is to be practised of it, once a drill or quiz item was answered. */
	practice?: Practice;
}

export interface Practice {
	/** How many times the lesson has come back. */
	stage: number;
	/** The day (whole days since 1970, UTC) from which the next interval runs. */
	day: number;
	/** Items that were missed: how often each was right since (0: not yet), and when it was answered last. */
	missed: Record<string, { stage: number; day: number }>;
}

export interface StepProgress {
	/** How many attempts were finished. */
	finished: number;
	/** The first finished attempt. */
	first?: Attempt;
	/** The finished attempt with the highest share of points; the earlier one of two equals. */
	best?: Attempt;
	/** The finished attempt that came last. */
	latest?: Attempt;
	/** Attempts under way, oldest first; at most `MAX_OPEN`, the newest is the one to go on with. */
	open: Attempt[];
}

export interface Attempt {
	id: string;
	/** Ids of the activities of this attempt, in order. */
	items: string[];
	/** By activity id: what was answered so far. */
	results: Record<string, ItemResult>;
}

export interface ItemResult {
	/** Absent when restored from suspend data that had no room for it. */
	response?: unknown;
	/** A response as suspend data holds it, until the lesson's definitions are there to unpack it. */
	packed?: number[];
	earned: number;
	possible: number;
	/** False between two turns of a vignette. */
	done: boolean;
}

/** More open attempts than this can only come from many devices at once; the oldest are dropped. */
export const MAX_OPEN = 3;

export function noProgress(): Progress {
	return { lessons: {}, seconds: 0 };
}

export function noLessonProgress(): LessonProgress {
	return { read: [], steps: {} };
}

/** Points over all activities of an attempt. `possible` counts answered ones only until it is finished. */
export function points(attempt: Attempt): { earned: number; possible: number } {
	let earned = 0;
	let possible = 0;
	for (const result of Object.values(attempt.results)) {
		earned += result.earned;
		possible += result.possible;
	}
	return { earned, possible };
}

/** Share of points, 0–1; 1 where there is nothing to earn (a reflection). */
export function share(attempt: Attempt): number {
	const { earned, possible } = points(attempt);
	return possible === 0 ? 1 : earned / possible;
}

/** Whole per cent, rounded down, so that nobody is shown a pass mark that was missed. */
export function percentOf(attempt: Attempt): number {
	return Math.floor(100 * share(attempt) + 1e-9);
}

export function isFinished(attempt: Attempt): boolean {
	return attempt.items.every((item) => attempt.results[item]?.done);
}
