import { fromCodes, toCodes } from '../codes.ts';
import type { ActivityType, Feedback, Mark } from '../contract.ts';
import { areKnown, invalid, isRecord, scored } from '../guard.ts';
import type { Choice, ChoiceResponse } from './schema.ts';

export interface ChoiceView {
	context?: string;
	prompt: string;
	select: 'one' | 'many';
	options: { id: string; text: string }[];
}

export const choice: ActivityType<Choice, ChoiceView, ChoiceResponse> = {
	publicView: ({ context, prompt, select, options }) => ({
		context,
		prompt,
		select: select as 'one' | 'many',
		options: options.map(({ id, text }) => ({ id, text })),
	}),

	/** One point for each right option chosen, less one for each wrong one, never below nothing. */
	score({ options, select }, response) {
		if (!isRecord(response) || !areKnown(response.options, options) || !response.options.length)
			return invalid('names an option that is not there, or none');
		if (select === 'one' && response.options.length > 1)
			return invalid('chooses several where one is asked for');
		const chosen = new Set(response.options);
		const right = options.filter((option) => option.right);
		const hits = right.filter((option) => chosen.has(option.id)).length;
		return scored(Math.max(0, hits - (chosen.size - hits)), right.length);
	},

	grade(activity, response) {
		const chosen = new Set(response?.options);
		const marks: Record<string, Mark> = {};
		const feedback: Feedback[] = [];
		for (const { id, text, right, feels, why, better } of activity.options) {
			const mark = chosen.has(id) ? (right ? 'strong' : 'costly') : right ? 'missed' : undefined;
			if (!mark) continue;
			marks[id] = mark;
			feedback.push({ about: text, mark, feels, why, better: better });
		}
		// What was chosen first, then what would have been right.
		feedback.sort((a, b) => Number(a.mark === 'missed') - Number(b.mark === 'missed'));
		const score = choice.score(activity, response ?? { options: [] });
		return { score, marks, feedback, state: undefined };
	},

	interaction: ({ options }, response) => ({
		type: 'choice',
		response: response.options,
		correct: options.filter((option) => option.right).map((option) => option.id),
		choices: options.map(({ id, text }) => ({ id, label: text })),
	}),

	pack: (response) => toCodes(response.options),
	unpack({ options }, numbers) {
		const ids = fromCodes(numbers, options);
		return ids && { options: ids };
	},
};
