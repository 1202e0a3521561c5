import type { Interaction, Labelled } from '#lib/activities/contract.ts';
import { code } from '#lib/course/code.ts';
import type { ItemResult } from '#lib/progress/progress.ts';
import type { Answered, Field } from './dialect.ts';
import { complaint12, responseComplaint12, time12, timespan12 } from './cmi12.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LONGEST = 255;

/**
 * The fields of one `cmi.interactions.n` in the order in which to write them, without the prefix
 * (SCORM RTE 1.2, section 3.4.4, `cmi.interactions`). Fields whose value 1.2 cannot express are left
 * out. A conversation is neither correct nor wrong unless nothing could have been said better.
 */
export function interactionFields12({
	lesson,
	step,
	item,
	interaction,
	result,
	seconds,
	at,
}: Answered): Field[] {
	const { type, response, pattern } = wording(interaction);
	const fits = (value: string | undefined): value is string =>
		value !== undefined && value !== '' && responseComplaint12(type, value) === undefined;
	const fields: Field[] = [
		['id', [...new Set([lesson, step, item])].join('_')],
		['type', type],
		['time', time12(at)],
	];
	if (fits(pattern)) fields.push(['correct_responses.0.pattern', pattern]);
	fields.push(['weighting', String(result.possible)]);
	if (fits(response)) fields.push(['student_response', response]);
	fields.push(['result', outcome(type, result)]);
	if (seconds !== undefined) fields.push(['latency', timespan12(seconds * 1000)]);
	return fields.filter(([name, value]) => !complaint12(`cmi.interactions.0.${name}`, value));
}

function outcome(type: string, { earned, possible }: ItemResult): string {
	if (possible === 0) return 'neutral';
	if (earned >= possible) return 'correct';
	return type === 'performance' ? 'neutral' : 'wrong';
}

function wording(interaction: Interaction): { type: string; response?: string; pattern?: string } {
	const { type } = interaction;
	switch (type) {
		case 'choice':
		case 'sequencing': {
			const letters = (ids: string[]) => ids.map(letterIn(interaction.choices)).join(',');
			return {
				type,
				response: letters(interaction.response),
				pattern: letters(interaction.correct),
			};
		}
		case 'matching': {
			const source = letterIn(interaction.source);
			const target = letterIn(interaction.target);
			const pairs = (ids: [string, string][]) =>
				ids.map(([from, to]) => `${source(from)}.${target(to)}`).join(',');
			return { type, response: pairs(interaction.response), pattern: pairs(interaction.correct) };
		}
		case 'numeric': {
			const { response, min, max } = interaction;
			// A range has no wording in 1.2.
			return { type, response: String(response), ...(min === max ? { pattern: String(min) } : {}) };
		}
		case 'performance':
			return { type, response: told(interaction.response), pattern: told(interaction.correct) };
		case 'likert':
			return { type, response: letterIn(interaction.scale)(interaction.response) };
	}
}

/** The letter of an option, by its place as authored; '?' (which fits no type) beyond the 36th. */
function letterIn(options: Labelled[]): (id: string) => string {
	const letters = new Map(options.map((option, at) => [option.id, LETTERS[at] ?? '?']));
	return (id) => letters.get(id) ?? '?';
}

/** What was said, turn by turn; by number where the ids are too long for one field. */
function told(pairs: [string, string][]): string {
	const words = pairs.map((pair) => pair.join('.')).join(',');
	if (words.length <= LONGEST) return words;
	return pairs.map((pair) => pair.map(code).join('.')).join(',');
}
