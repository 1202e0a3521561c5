import type { LearnerEvent } from './events.ts';
import { noProgress, percentOf, type Progress } from './progress.ts';
import { apply, inOrder, type ReduceContext } from './reduce.ts';

/** An attempt that was finished: at a quiz, a drill, an activity or the final test. */
export interface FinishedAttempt {
	lesson: string;
	step: string;
	/** 0–100, whole, rounded down. */
	percent: number;
	/** When its last answer was given, by the learner's clock, ISO 8601 in UTC. */
	at: string;
}

/**
 * Progress as `reduce` counts it, and every finished attempt on the way, oldest first. Progress itself
 * keeps only the first, the best and the latest one of each step.
 */
export function reduceWithAttempts(
	context: ReduceContext,
	events: LearnerEvent[],
): { progress: Progress; attempts: FinishedAttempt[] } {
	const attempts: FinishedAttempt[] = [];
	let progress = noProgress();
	for (const event of inOrder(events)) {
		const { lesson, step, at } = event;
		const before = progress.lessons[lesson]?.steps[step]?.finished ?? 0;
		progress = apply(context, progress, event);
		const now = progress.lessons[lesson]?.steps[step];
		if (now?.latest && now.finished > before)
			attempts.push({ lesson, step, percent: percentOf(now.latest), at });
	}
	return { progress, attempts };
}
