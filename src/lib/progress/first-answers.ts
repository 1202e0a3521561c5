import type { LearnerEvent } from './events.ts';
import { noProgress, points, type Progress } from './progress.ts';
import { apply, inOrder, type ReduceContext } from './reduce.ts';

/** What somebody answered to an activity in the first finished attempt that it was part of. */
export interface FirstAnswer {
	lesson: string;
	step: string;
	item: string;
	/** JSON with its keys in one order, so that equal answers are equal texts; ids and numbers only. */
	response: string;
	earned: number;
	possible: number;
	/** Points of the attempt's other activities. */
	restEarned: number;
	restPossible: number;
	/** When the attempt was finished; a learner's clock that runs ahead counts only up to receipt. */
	at: Date;
}

/**
 * Stands for lesson, step and item in the one row of a learner and course that sums up. Its
 * response says, by `lesson/step`, the points of the first finished attempt there: `Summary`.
 * Figures of a whole course need only this row of each learner.
 */
export const SUMMARY = '';
/** By `lesson/step`: earned and possible points. */
export type Summary = Record<string, [earned: number, possible: number]>;

/** An attempt that was finished by one event. */
export interface Finished {
	lesson: string;
	step: string;
	/** Whether it was the first one of its step. */
	isFirst: boolean;
	answers: FirstAnswer[];
}

/**
 * The attempt that an event finished, with all of its answers; undefined when it finished none.
 * Practice has no attempts, so what is answered there never counts.
 *
 * @param before progress without the event, @param after with it, in the order of things
 */
export function finishedBy(
	before: Progress,
	after: Progress,
	{ type, lesson, step, at: claimed }: LearnerEvent,
	receivedAt: Date,
): Finished | undefined {
	const now = after.lessons[lesson]?.steps[step];
	if (type !== 'answered' || !now?.latest) return undefined;
	const finished = before.lessons[lesson]?.steps[step]?.finished ?? 0;
	if (now.finished === finished) return undefined;
	const at = new Date(Math.min(Date.parse(claimed), receivedAt.getTime()));
	const { items, results } = now.latest;
	const all = points(now.latest);
	const answers = items.map((item): FirstAnswer => {
		const { response, earned, possible } = results[item]!;
		const restEarned = all.earned - earned;
		const restPossible = all.possible - possible;
		const rest = { restEarned, restPossible };
		return { lesson, step, item, response: canonical(response), earned, possible, ...rest, at };
	});
	return { lesson, step, isFirst: finished === 0, answers };
}

/** First answers by where they stand, the row that sums up among them. */
export type Kept = Map<string, FirstAnswer>;

/** Adds what a finished attempt brings: answers that are the first of theirs, and the sums. */
export function keepFirst(kept: Kept, { lesson, step, isFirst, answers }: Finished): void {
	for (const answer of answers) {
		const key = keyOf(answer);
		if (!kept.has(key)) kept.set(key, answer);
	}
	const [{ at }] = answers as [FirstAnswer, ...FirstAnswer[]];
	if (isFirst)
		kept.set(keyOf(NO_SUMS), summed(kept.get(keyOf(NO_SUMS)), `${lesson}/${step}`, answers, at));
}

/** All first answers of a learner in a course; the same whatever the order in which events arrived. */
export function firstAnswers(
	context: ReduceContext,
	received: { event: LearnerEvent; receivedAt: Date }[],
): FirstAnswer[] {
	const receipt = new Map(received.map(({ event, receivedAt }) => [event.id, receivedAt]));
	const once = [...new Map(received.map(({ event }) => [event.id, event])).values()];
	const kept: Kept = new Map();
	let before = noProgress();
	for (const event of inOrder(once)) {
		const after = apply(context, before, event);
		const finished = finishedBy(before, after, event, receipt.get(event.id)!);
		if (finished) keepFirst(kept, finished);
		before = after;
	}
	return [...kept.values()];
}

/** Whether this is the row that sums up. */
export function isSummary({ lesson }: Pick<FirstAnswer, 'lesson'>): boolean {
	return lesson === SUMMARY;
}

const NO_SUMS = { lesson: SUMMARY, step: SUMMARY, item: SUMMARY };

function summed(
	before: FirstAnswer | undefined,
	place: string,
	answers: FirstAnswer[],
	at: Date,
): FirstAnswer {
	const sum = (of: 'earned' | 'possible') => answers.reduce((total, one) => total + one[of], 0);
	const [earned, possible] = [sum('earned'), sum('possible')];
	const sums = {
		...(before ? (JSON.parse(before.response) as Summary) : {}),
		[place]: [earned, possible],
	};
	return {
		...NO_SUMS,
		response: canonical(sums),
		earned: (before?.earned ?? 0) + earned,
		possible: (before?.possible ?? 0) + possible,
		restEarned: 0,
		restPossible: 0,
		at: before && before.at > at ? before.at : at,
	};
}

function keyOf({ lesson, step, item }: Pick<FirstAnswer, 'lesson' | 'step' | 'item'>): string {
	return `${lesson}/${step}/${item}`;
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}
