import type { Interaction, Labelled } from '#lib/activities/contract.ts';
import type { Component, Definition } from './statement.ts';

/** What separates parts of a response (xAPI 1.0.3 Data, section 2.4.4.1, "Response Patterns"). */
const AND = '[,]';
const TO = '[.]';
const RANGE = '[:]';

/** A response and what would have been right, as record stores write them. */
export function written(interaction: Interaction): { response: string; correct?: string } {
	switch (interaction.type) {
		case 'choice':
		case 'sequencing':
			return {
				response: interaction.response.join(AND),
				correct: interaction.correct.join(AND),
			};
		case 'matching':
		case 'performance':
			return { response: pairs(interaction.response), correct: pairs(interaction.correct) };
		case 'numeric':
			return {
				response: String(interaction.response),
				correct: `${interaction.min}${RANGE}${interaction.max}`,
			};
		case 'likert':
			return { response: interaction.response };
	}
}

const pairs = (list: [string, string][]) => list.map((pair) => pair.join(TO)).join(AND);

/**
 * The interaction's part of an activity definition, its words in every language that `versions` has
 * (the same interaction, once a language).
 */
export function interactionDefinition(
	versions: Record<string, Interaction>,
): Omit<Definition, 'type'> {
	const [first] = Object.values(versions);
	if (!first) return {};
	const { correct } = written(first);
	const components = (pick: (one: Interaction) => Labelled[] | undefined) =>
		pick(first)?.map(({ id }): Component => {
			const words = Object.entries(versions).map(([language, one]) => [
				language,
				pick(one)?.find((part) => part.id === id)?.label ?? '',
			]);
			return { id, description: Object.fromEntries(words) as Record<string, string> };
		});
	const lists = {
		choices: components((one) => ('choices' in one ? one.choices : undefined)),
		source: components((one) => ('source' in one ? one.source : undefined)),
		target: components((one) => ('target' in one ? one.target : undefined)),
		scale: components((one) => ('scale' in one ? one.scale : undefined)),
	};
	return {
		interactionType: first.type,
		...(correct !== undefined ? { correctResponsesPattern: [correct] } : {}),
		...Object.fromEntries(Object.entries(lists).filter(([, list]) => list)),
	};
}
