import { CONFIDENCE, FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
import type { Progress } from '#lib/progress/progress.ts';

/**
 * Whether the learner is in the middle of an activity: an attempt is open at the step on screen, or
 * they are practising, which has no attempts that last.
 */
export function isBusy(
	progress: Progress,
	{ lesson, step }: { lesson?: string | undefined; step?: string | undefined },
): boolean {
	if (lesson === undefined) return false;
	if (lesson === PRACTICE) return true;
	const steps = progress.lessons[lesson]?.steps ?? {};
	const alone = lesson === FINAL_TEST || lesson === CONFIDENCE;
	const shown = alone ? Object.values(steps) : [steps[step ?? '']];
	return shown.some((one) => (one?.open.length ?? 0) > 0);
}
