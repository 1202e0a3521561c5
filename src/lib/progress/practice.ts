import type { Practice } from './progress.ts';

/**
 * When what was learned comes back. A lesson returns about 1, 7 and 30 days after it was worked
 * through, each time with a few of its items; an item that was missed returns in the same session
 * until it is right, then by itself after about 1, 7 and 30 days. See `learning-design.md`,
 * "Retrieval schedule", for the intervals.
 */
export const INTERVALS = [1, 7, 30] as const;
const DAY = 86_400_000;

/** Whole days since 1970, UTC. */
export function dayOf(time: string | number): number {
	return Math.floor((typeof time === 'number' ? time : Date.parse(time)) / DAY);
}

/** The day on which a missed item comes back; 0 (at once) until it was right again. */
export function itemDue({ stage, day }: Practice['missed'][string]): number {
	return stage === 0 ? 0 : day + INTERVALS[stage - 1]!;
}

/** The day on which a lesson comes back; never after the last interval. */
export function lessonDue({ stage, day }: Practice): number {
	const interval = INTERVALS[stage];
	return interval === undefined ? Infinity : day + interval;
}

/** An answer to an item of a drill, quiz or practice. */
export interface Practised {
	item: string;
	isRight: boolean;
	day: number;
	/** Whether it was given in practice; the lesson itself only sets the clock. */
	inPractice: boolean;
}

/** What is known of a lesson's practice after one more answer. Pure. */
export function practise(before: Practice | undefined, answer: Practised): Practice {
	const { day, inPractice } = answer;
	const practice = before ?? { stage: 0, day, missed: {} };
	const missed = afterAnswer(practice.missed, answer);
	if (!inPractice)
		return { stage: practice.stage, day: practice.stage === 0 ? day : practice.day, missed };
	if (day < lessonDue(practice)) return { ...practice, missed };
	return { stage: practice.stage + (answer.isRight ? 1 : 0), day, missed };
}

function afterAnswer(
	missed: Practice['missed'],
	{ item, isRight, day }: Practised,
): Practice['missed'] {
	const was = missed[item];
	if (!isRight) return { ...missed, [item]: { stage: 0, day } };
	if (!was || day < itemDue(was)) return missed;
	const { [item]: _was, ...others } = missed;
	// Right after the last interval: it is known.
	return was.stage >= INTERVALS.length
		? others
		: { ...others, [item]: { stage: was.stage + 1, day } };
}
