import { rate } from '#lib/activities/rate/logic.ts';
import type { Rate, RateResponse } from '#lib/activities/rate/schema.ts';
import type { Localised } from '#lib/course/localise.ts';

/**
 * The fewest people of whom a mean of confidence is shown. Only opinions of oneself have this limit:
 * results of drills, quizzes and conversations an educator may see person by person on other pages.
 */
export const FEWEST = 5;

/** Equal pairs of ratings before and after the course, counted. */
export interface PairCount {
	before: unknown;
	after: unknown;
	count: number;
}

export interface ConfidenceFigures {
	/** How many have answered both times. */
	people: number;
	/** Absent when they are fewer than `FEWEST`. */
	statements?: { id: string; text: string; before: number; after: number }[];
}

/** Mean ratings of those who answered both times: only means, and only of enough people. */
export function confidenceFigures(
	activity: Localised<Rate>,
	pairs: PairCount[],
): ConfidenceFigures {
	const fitting = pairs.filter(({ before, after }) =>
		[before, after].every((one) => rate.score(activity, one as RateResponse).kind === 'scored'),
	) as (PairCount & { before: RateResponse; after: RateResponse })[];
	const people = fitting.reduce((total, { count }) => total + count, 0);
	if (people < FEWEST) return { people };
	const mean = (of: 'before' | 'after', id: string) =>
		fitting.reduce((total, pair) => total + pair.count * pair[of].ratings[id]!, 0) / people;
	return {
		people,
		statements: activity.items.map(({ id, text }) => ({
			id,
			text,
			before: mean('before', id),
			after: mean('after', id),
		})),
	};
}
