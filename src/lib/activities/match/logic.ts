import { recordFromCodes, toCodes } from '../codes.ts';
import type { ActivityType, Feedback, Mark } from '../contract.ts';
import { invalid, isComplete, isRecord, scored } from '../guard.ts';
import { shuffled } from '../shuffle.ts';
import type { Match, MatchResponse } from './schema.ts';

export interface MatchView {
	context?: string;
	prompt: string;
	left: { id: string; text: string }[];
	/** In an order that says nothing of the left side's. */
	right: { id: string; text: string }[];
}

export const match: ActivityType<Match, MatchView, MatchResponse> = {
	publicView: ({ id: activity, context, prompt, pairs }) => ({
		context,
		prompt,
		left: pairs.map(({ id, left }) => ({ id, text: left })),
		right: shuffled(
			pairs.map(({ id, right }) => ({ id, text: right })),
			activity,
		),
	}),

	/** One point for each pair. */
	score({ pairs }, response) {
		if (!isRecord(response) || !isComplete(response.matched, pairs, pairs))
			return invalid('does not give every line a partner');
		const { matched } = response;
		return scored(pairs.filter(({ id }) => matched[id] === id).length, pairs.length);
	},

	grade(activity, response) {
		const marks: Record<string, Mark> = {};
		const feedback: Feedback[] = [];
		for (const { id, left, right, why } of activity.pairs) {
			const mark = response?.matched[id] === id ? 'strong' : 'costly';
			marks[id] = mark;
			feedback.push({ about: `${left} → ${right}`, mark, why });
		}
		feedback.sort((a, b) => Number(a.mark === 'strong') - Number(b.mark === 'strong'));
		const score = match.score(activity, response ?? { matched: {} });
		return { score, marks, feedback, state: undefined };
	},

	interaction: ({ pairs }, { matched }) => ({
		type: 'matching',
		response: pairs.map(({ id }) => [id, matched[id]!]),
		correct: pairs.map(({ id }) => [id, id]),
		source: pairs.map(({ id, left }) => ({ id, label: left })),
		target: pairs.map(({ id, right }) => ({ id, label: right })),
	}),

	/** The partner of each line, by the alphabet of their ids. */
	pack: ({ matched }) =>
		toCodes(
			Object.keys(matched)
				.sort()
				.map((key) => matched[key]!),
		),
	unpack({ pairs }, numbers) {
		const keys = pairs.map(({ id }) => id).sort();
		const matched = recordFromCodes(
			numbers,
			keys.map((id) => ({ id })),
			pairs,
		);
		return matched && { matched };
	},
};
