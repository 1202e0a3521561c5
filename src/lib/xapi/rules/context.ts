import { activity } from './activity.ts';
import { actor, agent, group } from './actor.ts';
import { type Rule } from './problem.ts';
import { extensions, iri, languageTag, listOf, oneOf, shaped, text, uuid } from './shape.ts';

/** Data 2.4.4.3. */
export const statementRef = shaped({
	what: 'a statement reference',
	properties: { objectType: oneOf('StatementRef'), id: uuid },
	required: ['objectType', 'id'],
});

const activities = listOf(activity, 'activities');
/** One activity is as good as an array of one (Data 2.4.6.2). */
const oneOrMore: Rule = (value, at, report) =>
	(Array.isArray(value) ? activities : activity)(value, at, report);

const relevantTypes = listOf(iri, 'IRIs of types', { least: 1 });

const first = {
	registration: uuid,
	instructor: actor,
	team: group,
	contextActivities: shaped({
		what: '"contextActivities"',
		properties: {
			parent: oneOrMore,
			grouping: oneOrMore,
			category: oneOrMore,
			other: oneOrMore,
		},
	}),
	revision: text,
	platform: text,
	language: languageTag,
	statement: statementRef,
	extensions,
};

/** What 2.0 added (4.2.2.5): others who have to do with it, and in what role. */
const second = {
	contextAgents: listOf(
		shaped({
			what: 'a context agent',
			properties: { objectType: oneOf('contextAgent'), agent, relevantTypes },
			required: ['objectType', 'agent'],
		}),
		'context agents',
	),
	contextGroups: listOf(
		shaped({
			what: 'a context group',
			properties: { objectType: oneOf('contextGroup'), group, relevantTypes },
			required: ['objectType', 'group'],
		}),
		'context groups',
	),
};

/** Data 2.4.6, by version. */
export const context = {
	'1.0.3': shaped({ what: 'a context', properties: first }),
	'2.0.0': shaped({ what: 'a context', properties: { ...first, ...second } }),
};
