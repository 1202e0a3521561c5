import type { Course, Step } from '#lib/course/model.ts';
import { withPractice } from '#lib/course/parts.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { noProgress, type Progress } from '#lib/progress/progress.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import { unpackLesson } from '#lib/progress/suspend-lesson.ts';
import { resume, suspend } from '#lib/progress/suspend.ts';

/** Progress whose record keeper holds it as suspend data. */
export interface SuspendedProgress {
	readonly progress: Progress;
	/** Hands in a lesson's definitions, in any language; needed before its events are counted. */
	know(lesson: { id: string; steps: unknown[] }): void;
	/** The steps of a lesson, with its practice; undefined when it is not known. */
	steps(lesson: string): Step[] | undefined;
	/** Begins with what the record keeper has. @returns what is wrong with it, if anything */
	resume(text: string): ReturnType<typeof resume>['problem'];
	/** Counts an event. @returns whether it changed anything */
	apply(event: LearnerEvent): boolean;
	/** Suspend data, of at most so many characters where the record keeper takes fewer. */
	text(most?: number): string;
}

/**
 * @param course of its activities only ids and types are needed; `know` brings the rest
 * @param limit the most characters of suspend data
 */
export function suspendedProgress(
	course: Course,
	rules: RulesByType,
	limit: number,
): SuspendedProgress {
	const known = new Map<string, Step[]>();
	const context: ReduceContext = { steps: (lesson) => withPractice(known.get(lesson)), rules };
	let progress = noProgress();
	return {
		get progress() {
			return progress;
		},
		know({ id, steps }) {
			known.set(id, steps as Step[]);
			const lesson = progress.lessons[id];
			if (!lesson) return;
			const unpacked = unpackLesson(steps as Step[], lesson, rules);
			progress = { ...progress, lessons: { ...progress.lessons, [id]: unpacked } };
		},
		steps: context.steps,
		resume(text) {
			const found = resume(course, text);
			progress = found.progress;
			return found.problem;
		},
		apply(event) {
			const before = progress;
			progress = apply(context, progress, event);
			return progress !== before;
		},
		text: (most = limit) => suspend(course, progress, rules, most),
	};
}
