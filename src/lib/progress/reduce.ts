import { activitiesOf, type Activity, type Step } from '#lib/course/model.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { LearnerEvent } from './events.ts';
import { dayOf, practise } from './practice.ts';
import {
	isFinished,
	MAX_OPEN,
	noLessonProgress,
	noProgress,
	share,
	type Attempt,
	type ItemResult,
	type LessonProgress,
	type Progress,
	type StepProgress,
} from './progress.ts';

/** What the reducer must know: the steps of a lesson (undefined when unknown) and how to score. */
export interface ReduceContext {
	steps(lesson: string): Step[] | undefined;
	rules: RulesByType;
}

/**
 * Progress from a set of events, whatever the order in which they arrived; an event that stands
 * there twice counts once. Events about lessons, steps or activities that the course no longer has
 * are passed over, so that an edited course never breaks a learner's record.
 */
export function reduce(context: ReduceContext, events: LearnerEvent[]): Progress {
	const once = [...new Map(events.map((event) => [event.id, event])).values()];
	return inOrder(once).reduce((progress, event) => apply(context, progress, event), noProgress());
}

/** Progress after one more event. Pure: the input is not changed, unchanged parts are shared. */
export function apply(context: ReduceContext, progress: Progress, event: LearnerEvent): Progress {
	const step = context.steps(event.lesson)?.find((candidate) => candidate.id === event.step);
	if (!step) return progress;
	const before = progress.lessons[event.lesson] ?? noLessonProgress();
	const after = applyToLesson(context, before, step, event);
	return {
		...progress,
		lessons: { ...progress.lessons, [event.lesson]: after },
		last: { lesson: event.lesson, step: after.step ?? event.step },
		language: event.language,
		seconds: progress.seconds + ('seconds' in event ? (event.seconds ?? 0) : 0),
	};
}

function applyToLesson(
	context: ReduceContext,
	lesson: LessonProgress,
	step: Step,
	event: LearnerEvent,
): LessonProgress {
	switch (event.type) {
		case 'step-reached':
		case 'language-changed':
		case 'metaphor-used':
			return { ...lesson, step: step.id };
		case 'step-read':
			if (step.kind !== 'read' || lesson.read.includes(step.id)) return lesson;
			return { ...lesson, read: [...lesson.read, step.id] };
		case 'attempt-began':
			return withStep(lesson, step.id, (before) => began(context, before, step, event));
		case 'answered':
			if (step.kind === 'set' && step.role === 'practice')
				return practised(context, lesson, step, event);
			return practised(
				context,
				withStep(lesson, step.id, (before) => answered(context, before, step, event)),
				step,
				event,
			);
	}
}

/** What an answer means for practice; a final test and lone activities do not come back. */
function practised(
	context: ReduceContext,
	lesson: LessonProgress,
	step: Step,
	event: Extract<LearnerEvent, { type: 'answered' }>,
): LessonProgress {
	const activity = activitiesOf(step).find((candidate) => candidate.id === event.item);
	if (step.kind !== 'set' || step.role === 'test' || !activity) return lesson;
	const result = resultOf(context, activity, undefined, event.response);
	if (!result?.done || result.possible === 0) return lesson;
	const answer = {
		item: event.item,
		isRight: result.earned >= result.possible,
		day: dayOf(event.at),
		inPractice: step.role === 'practice',
	};
	return { ...lesson, practice: practise(lesson.practice, answer) };
}

function withStep(
	lesson: LessonProgress,
	step: string,
	change: (before: StepProgress) => StepProgress,
): LessonProgress {
	const before = lesson.steps[step] ?? { finished: 0, open: [] };
	const after = change(before);
	if (after === before) return lesson;
	return { ...lesson, step, steps: { ...lesson.steps, [step]: after } };
}

function began(
	context: ReduceContext,
	before: StepProgress,
	step: Step,
	event: Extract<LearnerEvent, { type: 'attempt-began' }>,
): StepProgress {
	if (before.open.some((attempt) => attempt.id === event.attempt)) return before;
	const known = new Map(activitiesOf(step).map((activity) => [activity.id, activity]));
	const items = [...new Set(event.items)].filter((item) => known.has(item));
	if (items.length === 0) return before;
	const attempt: Attempt = { id: event.attempt, items, results: {} };
	const only = known.get(items[0]!)!;
	if (event.from !== undefined && items.length === 1) {
		const result = resultOf(context, only, undefined, event.from);
		if (result && !result.done) attempt.results[only.id] = result;
	}
	return { ...before, open: [...before.open, attempt].slice(-MAX_OPEN) };
}

function answered(
	context: ReduceContext,
	before: StepProgress,
	step: Step,
	event: Extract<LearnerEvent, { type: 'answered' }>,
): StepProgress {
	const attempt = before.open.find((open) => open.id === event.attempt);
	const activity = activitiesOf(step).find((candidate) => candidate.id === event.item);
	if (!attempt || !activity || !attempt.items.includes(event.item)) return before;
	const earlier = attempt.results[event.item];
	// Quiz and test take the first answer; elsewhere one may try again until the attempt is finished.
	if (earlier?.done && step.kind === 'set' && step.role !== 'drill') return before;
	const result = resultOf(context, activity, earlier, event.response);
	if (!result) return before;
	const after: Attempt = {
		...attempt,
		results: { ...attempt.results, [event.item]: result },
	};
	if (!isFinished(after))
		return { ...before, open: before.open.map((open) => (open === attempt ? after : open)) };
	return finish({ ...before, open: before.open.filter((open) => open !== attempt) }, after);
}

function resultOf(
	context: ReduceContext,
	activity: Activity,
	earlier: ItemResult | undefined,
	next: unknown,
): ItemResult | undefined {
	const rules = context.rules(activity.type);
	if (!rules) return undefined;
	const response =
		earlier?.response !== undefined && rules.merge ? rules.merge(earlier.response, next) : next;
	const score = rules.score(activity, response);
	if (score.kind === 'invalid') return undefined;
	const { earned, possible } = score;
	return { response, earned, possible, done: score.kind === 'scored' };
}

function finish(before: StepProgress, attempt: Attempt): StepProgress {
	const better = !before.best || share(attempt) > share(before.best);
	return {
		...before,
		finished: before.finished + 1,
		first: before.first ?? attempt,
		best: better ? attempt : before.best,
		latest: attempt,
	};
}

/** Learner events in the order in which they happened. */
export function inOrder<T extends Pick<LearnerEvent, 'at' | 'id'>>(events: T[]): T[] {
	return [...events].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
