import * as v from 'valibot';
import { GOALS } from '#lib/coach/contract.ts';
import { LANGUAGES } from '#lib/course/language.ts';
import { id, text } from '#lib/course/text.ts';
import { duplicate, type Complaint } from '../check.ts';
import { checklist, model, response, type OwnWordsResponse } from '../own-words-schema.ts';

/**
 * The patient says something; type what one would say next. The coach comments on it meanwhile, the
 * patient answers in kind, and then one compares with model answers and ticks what one's own wording
 * does. The typed words stay on the device; only the ticks are recorded.
 */
export const schema = v.strictObject({
	id,
	type: v.literal('ask'),
	/** What the words are for, which the coach goes by. */
	goal: v.picklist(GOALS),
	context: v.optional(text),
	/** Who speaks: "Karin, 52, teacher". */
	speaker: text,
	says: text,
	prompt: text,
	/** What the patient answers, by what kind of thing was said (`reply.ts`). */
	replies: v.strictObject({
		/** An open question. */
		open: text,
		/** A closed question. */
		closed: text,
		/** A reflection or validation. */
		heard: text,
		/** Information, advice and whatever else. */
		told: text,
		/** Alarming or dismissive words, whatever they do besides. */
		hurt: text,
	}),
	models: v.pipe(v.array(model), v.minLength(2), v.maxLength(4)),
	checklist,
});
export type Ask = v.InferOutput<typeof schema>;

export { response };
export type AskResponse = OwnWordsResponse;

/** Two kinds of words that get the same answer would teach that they are the same. */
export function check({ replies }: Ask): Complaint[] {
	const kinds = Object.keys(replies) as (keyof Ask['replies'])[];
	return LANGUAGES.flatMap((language) => {
		const twice = duplicate(kinds.map((kind) => replies[kind][language]));
		if (!twice) return [];
		return {
			path: ['replies', kinds[twice.index]!, language],
			message: 'says the same as another reply; let the patient answer each kind in its own way',
		};
	});
}
