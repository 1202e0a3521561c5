import { fromCodes, toCodes } from '../codes.ts';
import type { ActivityType } from '../contract.ts';
import { areKnown, invalid, isRecord, scored } from '../guard.ts';
import type { Rewrite, RewriteResponse } from './schema.ts';

export interface RewriteView {
	context?: string;
	prompt: string;
	original?: string;
	/** For comparing with, once the learner has written something: there is no single right answer to hide. */
	examples: { id: string; text: string; note: string }[];
	checklist: { id: string; text: string }[];
}

export const rewrite: ActivityType<Rewrite, RewriteView, RewriteResponse> = {
	publicView: ({ context, prompt, original, models, checklist }) => ({
		context,
		prompt,
		original,
		examples: models.map(({ id, text, why }) => ({ id, text, note: why })),
		checklist: checklist.map(({ id, text }) => ({ id, text })),
	}),

	/** The learner's own judgement of their own words: nothing to earn, nothing to lose. */
	score({ checklist }, response) {
		if (!isRecord(response) || !areKnown(response.checked, checklist))
			return invalid('ticks something that is not on the list');
		return scored(0, 0);
	},

	grade(activity, response) {
		const checked = new Set(response?.checked);
		const open = activity.checklist.filter(({ id }) => !checked.has(id));
		return {
			score: rewrite.score(activity, response ?? { checked: [] }),
			marks: Object.fromEntries(
				activity.checklist.map(({ id }) => [id, checked.has(id) ? 'strong' : 'workable']),
			),
			feedback: open.map(({ text }) => ({ mark: 'workable', why: text })),
			state: undefined,
		};
	},

	interaction: ({ checklist }, { checked }) => ({
		type: 'performance',
		response: checklist.map(({ id }) => [id, checked.includes(id) ? 'yes' : 'no']),
		correct: checklist.map(({ id }) => [id, 'yes']),
	}),

	pack: (response) => toCodes(response.checked),
	unpack({ checklist }, numbers) {
		const ids = fromCodes(numbers, checklist);
		return ids && { checked: ids };
	},
};
