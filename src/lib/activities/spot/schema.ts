import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import { id, text } from '#lib/course/text.ts';
import type { Complaint } from '../check.ts';
import { pieces } from './pieces.ts';

/**
 * Mark the words in an utterance that do something: alarm, close, dismiss.
 * The utterance marks what can be chosen as `[words](id)`; each id is described under `targets`,
 * and `hit` says whether it should be marked. The same ids stand in every language.
 */
export const schema = v.strictObject({
	id,
	type: v.literal('spot'),
	context: v.optional(text),
	prompt: text,
	/** Who speaks: "A colleague", "Karin". */
	speaker: text,
	/** Whether the coach may add to the feedback: it reads clinicians' words, not a patient's. */
	coach: v.optional(v.boolean(), true),
	utterance: text,
	targets: v.pipe(
		v.array(
			v.strictObject({
				id,
				hit: v.boolean(),
				feels: v.optional(text),
				why: text,
				better: v.optional(text),
			}),
		),
		v.minLength(2),
		v.maxLength(10),
	),
});
export type Spot = v.InferOutput<typeof schema>;

export const response = v.strictObject({ marked: v.pipe(v.array(id), v.maxLength(10)) });
export type SpotResponse = v.InferOutput<typeof response>;

export function check(spot: Spot): Complaint[] {
	const targets = spot.targets.map((target) => target.id);
	const complaints: Complaint[] = [];
	for (const language of LANGUAGES) {
		const marked = pieces(spot.utterance[language]).flatMap((piece) => piece.target ?? []);
		for (const target of targets)
			if (!marked.includes(target))
				complaints.push({
					path: ['utterance', language],
					message: `does not mark "${target}"; write [words](${target}) around its words`,
				});
		for (const target of marked)
			if (!targets.includes(target))
				complaints.push({
					path: ['utterance', language],
					message: `marks "${target}", which is not under targets`,
				});
	}
	if (!spot.targets.some((target) => target.hit))
		complaints.push({
			path: ['targets'],
			message: 'nothing is to be marked; set `hit: true` on at least one target',
		});
	return complaints;
}
