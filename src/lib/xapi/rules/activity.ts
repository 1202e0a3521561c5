import { inside, type Report, type Rule } from './problem.ts';
import { extensions, iri, languageMap, listOf, oneOf, shaped, text, type Json } from './shape.ts';

/** What an interaction of each type has components in (Data 2.4.4.1, "Interaction Components"). */
const COMPONENTS: Record<string, string[]> = {
	'true-false': [],
	choice: ['choices'],
	'fill-in': [],
	'long-fill-in': [],
	matching: ['source', 'target'],
	performance: ['steps'],
	sequencing: ['choices'],
	likert: ['scale'],
	numeric: [],
	other: [],
};
const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];

const component = shaped({
	what: 'an interaction component',
	properties: { id: text, description: languageMap },
	required: ['id'],
});

const components: Rule = (value, at, report) => {
	listOf(component, 'interaction components')(value, at, report);
	if (!Array.isArray(value)) return;
	const ids = value.map((one) => (one as Json | null)?.id);
	const seen = new Set<unknown>();
	const again = ids.findIndex((id) => typeof id === 'string' && seen.size === seen.add(id).size);
	if (again >= 0)
		report.problems.push({
			at: inside(inside(at, again), 'id'),
			message: `${JSON.stringify(ids[again])} is there already: expected an id that differs from the others`,
		});
};

function together(definition: Json, at: string, report: Report): void {
	const type = definition.interactionType;
	const used = LISTS.filter((name) => definition[name] !== undefined);
	if (type === undefined) {
		const lone =
			definition.correctResponsesPattern !== undefined ? 'correctResponsesPattern' : used[0];
		if (lone)
			report.problems.push({
				at: inside(at, 'interactionType'),
				message: `Missing: a definition with "${lone}" needs "interactionType"`,
			});
		return;
	}
	const fitting = typeof type === 'string' && COMPONENTS[type];
	if (!fitting) return;
	for (const name of used)
		if (!fitting.includes(name))
			report.problems.push({
				at: inside(at, name),
				message: `An interaction of type "${type}" has no "${name}": expected ${
					fitting.map((one) => `"${one}"`).join(' or ') || 'no components'
				}`,
			});
}

/** Data 2.4.4.1, "Activity Definition". */
export const definition = shaped({
	what: 'an activity definition',
	properties: {
		name: languageMap,
		description: languageMap,
		type: iri,
		moreInfo: iri,
		extensions,
		interactionType: oneOf(...Object.keys(COMPONENTS)),
		correctResponsesPattern: listOf(text, 'strings'),
		...Object.fromEntries(LISTS.map((name) => [name, components])),
	},
	also: together,
});

export const activity = shaped({
	what: 'an activity',
	properties: { objectType: oneOf('Activity'), id: iri, definition },
	required: ['id'],
});
