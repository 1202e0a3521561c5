import type { Interaction } from '#lib/activities/contract.ts';
import type { ItemResult } from '#lib/progress/progress.ts';
import {
	complaint2004,
	fitsPattern2004,
	fitsType2004,
	time2004,
	timeinterval2004,
} from './cmi2004.ts';
import type { Answered, Field } from './dialect.ts';

/**
 * The fields of one `cmi.interactions.n` (SCORM RTE 2004, section 4.2.9) in the order in which to
 * write them. A conversation is neither right nor wrong unless nothing could have been said better.
 */
export function interactionFields2004({
	lesson,
	step,
	item,
	interaction,
	result,
	seconds,
	at,
}: Answered): Field[] {
	const { type } = interaction;
	const { response, pattern } = wording(interaction);
	const fields: Field[] = [
		['id', [...new Set([lesson, step, item])].join('_')],
		['type', type],
		['objectives.0.id', lesson],
		['timestamp', time2004(at)],
	];
	if (pattern && fitsPattern2004(type, pattern))
		fields.push(['correct_responses.0.pattern', pattern]);
	fields.push(['weighting', String(result.possible)]);
	if (response && fitsType2004(type, response)) fields.push(['learner_response', response]);
	fields.push(['result', outcome(type, result)]);
	if (seconds !== undefined) fields.push(['latency', timeinterval2004(seconds * 1000)]);
	return fields.filter(([name, value]) => !complaint2004(`cmi.interactions.0.${name}`, value));
}

function outcome(type: string, { earned, possible }: ItemResult): string {
	if (possible === 0) return 'neutral';
	if (earned >= possible) return 'correct';
	return type === 'performance' ? 'neutral' : 'incorrect';
}

/** Hyphens are taken by the specification and refused by Moodle. */
const id = (one: string) => one.replaceAll('-', '_');
const list = (ids: string[]) => ids.map(id).join('[,]');
const pairs = (all: [string, string][]) => all.map((pair) => pair.map(id).join('[.]')).join('[,]');

function wording(interaction: Interaction): { response: string; pattern?: string } {
	switch (interaction.type) {
		case 'choice':
		case 'sequencing':
			return { response: list(interaction.response), pattern: list(interaction.correct) };
		case 'matching':
		case 'performance':
			return { response: pairs(interaction.response), pattern: pairs(interaction.correct) };
		case 'numeric':
			return {
				response: String(interaction.response),
				pattern: `${interaction.min}[:]${interaction.max}`,
			};
		case 'likert':
			return { response: id(interaction.response) };
	}
}
