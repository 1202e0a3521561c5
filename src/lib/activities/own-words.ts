import type { Activity } from '#lib/course/model.ts';
import { fromCodes, toCodes } from './codes.ts';
import type { ActivityType } from './contract.ts';
import { areKnown, invalid, isRecord, scored } from './guard.ts';
import type { OwnWordsResponse } from './own-words-schema.ts';

/** A definition as far as these rules look at it, in one language or in all. */
interface Listing {
	checklist: { id: string; text: unknown }[];
}

/** What such an activity shows before it is answered, beside what is its own. */
export interface OwnWordsView {
	context?: string;
	prompt: string;
	/** For comparing with, once the learner has written something: there is no single right answer to hide. */
	examples: { id: string; text: string; note: string }[];
	checklist: { id: string; text: string }[];
}

/** What of a definition in one language goes out in every such activity. */
export function ownWordsView(activity: {
	context?: string;
	prompt: string;
	models: { id: string; text: string; why: string }[];
	checklist: { id: string; text: string }[];
}): OwnWordsView {
	return {
		context: activity.context,
		prompt: activity.prompt,
		examples: activity.models.map(({ id, text, why }) => ({ id, text, note: why })),
		checklist: activity.checklist.map(({ id, text }) => ({ id, text })),
	};
}

/** The learner's own judgement of their own words: nothing to earn, nothing to lose. */
function score({ checklist }: Listing, response: unknown) {
	if (!isRecord(response) || !areKnown(response.checked, checklist))
		return invalid('ticks something that is not on the list');
	return scored(0, 0);
}

/**
 * How activities are counted and told of in which one types one's own words, compares them with
 * model answers and ticks what they do.
 */
export const ownWords: Omit<
	ActivityType<Activity & Listing, unknown, OwnWordsResponse>,
	'publicView'
> = {
	score,

	grade(activity, response) {
		const checked = new Set(response?.checked);
		const checklist = activity.checklist as { id: string; text: string }[];
		const open = checklist.filter(({ id }) => !checked.has(id));
		return {
			score: score(activity, response ?? { checked: [] }),
			marks: Object.fromEntries(
				checklist.map(({ id }) => [id, checked.has(id) ? 'strong' : 'workable']),
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
