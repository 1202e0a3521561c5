import {
	BASE,
	EXTENSIONS,
	PROFILE,
	PROFILE_VERSION,
	TYPES,
	VERBS,
	type TypeName,
	type Verb,
} from './iris.ts';
import type { LanguageMap } from './statement.ts';

type Words = LanguageMap & { en: string; da: string };

/** The activity types that are ours: what they are called and what they stand for. */
const OWN_TYPES: Partial<Record<TypeName, [name: Words, definition: Words]>> = {
	page: [
		{ en: 'Page', da: 'Side' },
		{
			en: 'A part of a lesson that is read.',
			da: 'En del af en lektion, som læses.',
		},
	],
	drill: [
		{ en: 'Drill', da: 'Øvelse' },
		{
			en: 'Items that train one skill; each may be tried again, and there is no pass mark.',
			da: 'Opgaver, der øver én færdighed; hver kan prøves igen, og der er ingen beståelsesgrænse.',
		},
	],
	practice: [
		{ en: 'Practice', da: 'Genopfriskning' },
		{
			en: 'Items of a lesson that come back after a while. Stands among the groupings of an answer given in practice.',
			da: 'Opgaver fra en lektion, der kommer igen efter nogen tid. Står blandt grupperingerne af et svar, der er givet under genopfriskning.',
		},
	],
	vignette: [
		{ en: 'Vignette', da: 'Samtale' },
		{
			en: 'A branching conversation with a patient. Each choice in it is answered as an interaction of its own, whose parent is the vignette.',
			da: 'En forgrenet samtale med en patient. Hvert valg i den besvares som sin egen interaktion med samtalen som overordnet aktivitet.',
		},
	],
	reflection: [
		{ en: 'Reflection', da: 'Refleksion' },
		{
			en: 'The learner writes for themselves. That it was done is told, what was written never.',
			da: 'Deltageren skriver til sig selv. Det fortælles, at det er gjort, aldrig hvad der blev skrevet.',
		},
	],
	metaphor: [
		{ en: 'Metaphor', da: 'Metafor' },
		{
			en: 'A picture that one moves to understand or to explain something.',
			da: 'Et billede, man bevæger for at forstå eller forklare noget.',
		},
	],
};

interface Extension {
	iri: string;
	name: Words;
	definition: Words;
	verbs: Verb[];
	schema: object;
}

const percent = { type: 'integer', minimum: 0, maximum: 100 };

const OWN_EXTENSIONS: Extension[] = [
	{
		iri: EXTENSIONS.meters,
		name: { en: 'Meters', da: 'Målere' },
		definition: {
			en: 'How much trust, understanding and worry the patient has after the choice, each 0–100.',
			da: 'Hvor meget tillid, forståelse og bekymring patienten har efter valget, hver 0–100.',
		},
		verbs: ['answered', 'completed'],
		schema: { type: 'object', additionalProperties: percent },
	},
	{
		iri: EXTENSIONS.quality,
		name: { en: 'Quality', da: 'Kvalitet' },
		definition: {
			en: 'How much the choice helps the conversation.',
			da: 'Hvor meget valget hjælper samtalen.',
		},
		verbs: ['answered'],
		schema: { enum: ['strong', 'workable', 'costly'] },
	},
	{
		iri: EXTENSIONS.skill,
		name: { en: 'Skill', da: 'Færdighed' },
		definition: {
			en: 'The id of the conversational move that the choice is.',
			da: 'Id for det samtalegreb, valget er.',
		},
		verbs: ['answered'],
		schema: { type: 'string' },
	},
	{
		iri: EXTENSIONS.repair,
		name: { en: 'Repair', da: 'Genopretning' },
		definition: {
			en: 'True where the choice makes up for the one before it.',
			da: 'Sand, hvor valget retter op på det foregående.',
		},
		verbs: ['answered'],
		schema: { const: true },
	},
	{
		iri: EXTENSIONS.ending,
		name: { en: 'Ending', da: 'Slutning' },
		definition: {
			en: 'Which ending the conversation had, and of what kind.',
			da: 'Hvilken slutning samtalen fik, og af hvilken slags.',
		},
		verbs: ['completed'],
		schema: {
			type: 'object',
			required: ['id', 'kind'],
			properties: {
				id: { type: 'string' },
				kind: { enum: ['shared-plan', 'thin', 'elsewhere'] },
			},
		},
	},
	{
		iri: EXTENSIONS.skills,
		name: { en: 'Skills met', da: 'Færdigheder vist' },
		definition: {
			en: 'The ids of the skills that the learner showed in the conversation.',
			da: 'Id for de færdigheder, deltageren viste i samtalen.',
		},
		verbs: ['completed'],
		schema: { type: 'array', items: { type: 'string' } },
	},
];

interface Template {
	name: string;
	label: Words;
	definition: Words;
	verb: Verb;
	type?: TypeName;
	/** What must be in a statement, as JSONPath. */
	included?: string[];
}

const at = (extension: string) => `$.result.extensions['${extension}']`;
const SCORE = '$.result.score.scaled';

export const TEMPLATES: Template[] = [
	...(['course', 'lesson', 'assessment'] as const).flatMap((type): Template[] => [
		template('initialized', type, {
			en: 'The learner began or came back.',
			da: 'Deltageren begyndte eller kom tilbage.',
		}),
		template(
			'terminated',
			type,
			{ en: 'The learner left.', da: 'Deltageren gik.' },
			'$.result.duration',
		),
	]),
	...(['course', 'lesson'] as const).flatMap((type): Template[] => [
		template(
			'progressed',
			type,
			{ en: 'More of it is done than before.', da: 'Mere af det er gjort end før.' },
			at(EXTENSIONS.progress),
		),
		template(
			'completed',
			type,
			{ en: 'All of it is done.', da: 'Det hele er gjort.' },
			'$.result.completion',
		),
	]),
	template('passed', 'course', {
		en: 'The course is completed, with what it asks for reached.',
		da: 'Kurset er gennemført, og det, det kræver, er nået.',
	}),
	...(['passed', 'failed'] as const).map((verb) =>
		template(
			verb,
			'assessment',
			{
				en: 'An attempt at a quiz or the final test was finished.',
				da: 'Et forsøg på en quiz eller slutprøven blev afsluttet.',
			},
			SCORE,
		),
	),
	template(
		'completed',
		'drill',
		{ en: 'Every item of a drill was done.', da: 'Alle opgaver i en øvelse blev løst.' },
		'$.result.completion',
	),
	template(
		'answered',
		'interaction',
		{
			en: 'An item was answered, or a choice was made in a conversation.',
			da: 'En opgave blev besvaret, eller et valg blev truffet i en samtale.',
		},
		'$.result.response',
	),
	template(
		'completed',
		'vignette',
		{ en: 'A conversation came to its end.', da: 'En samtale nåede sin slutning.' },
		at(EXTENSIONS.ending),
		at(EXTENSIONS.skills),
	),
	template(
		'completed',
		'reflection',
		{ en: 'The learner wrote for themselves.', da: 'Deltageren skrev til sig selv.' },
		'$.result.completion',
	),
	template(
		'completed',
		'interaction',
		{
			en: 'An item without a response that may leave was done.',
			da: 'En opgave uden et svar, der må forlade kurset, blev løst.',
		},
		'$.result.completion',
	),
	template('experienced', 'page', {
		en: 'A page was read to its end.',
		da: 'En side blev læst til ende.',
	}),
	template('interacted', 'metaphor', {
		en: 'The learner moved a metaphor.',
		da: 'Deltageren bevægede en metafor.',
	}),
	template('preferred', 'course', {
		en: 'The learner went on in another language, that of the context.',
		da: 'Deltageren fortsatte på et andet sprog, som er kontekstens.',
	}),
];

function template(verb: Verb, type: TypeName, definition: Words, ...included: string[]): Template {
	const name = `${verb}-${type}`;
	return { name, label: { en: name, da: name }, definition, verb, type, included };
}

/**
 * The profile of our statements as JSON-LD ("xAPI Profiles", part two: structure specification,
 * version 1.0).
 *
 * @param generatedAtTime when this version was made, ISO 8601
 */
export function profileDocument(generatedAtTime = '2026-11-23T00:00:00Z'): object {
	const inScheme = PROFILE_VERSION;
	const iriOf = ({ name }: Template) => `${PROFILE}/templates/${name}`;
	return {
		'@context': 'https://w3id.org/xapi/profiles/context',
		id: PROFILE,
		type: 'Profile',
		conformsTo: 'https://w3id.org/xapi/profiles#1.0',
		prefLabel: {
			en: 'Conversations in health care',
			da: 'Samtaler i sundhedsvæsenet',
		},
		definition: {
			en: 'What a learner does in a course on talking with patients: lessons read, conversations led choice by choice, items answered, tests passed.',
			da: 'Hvad en deltager gør i et kursus om samtalen med patienter: lektioner læst, samtaler ført valg for valg, opgaver besvaret, prøver bestået.',
		},
		versions: [{ id: PROFILE_VERSION, generatedAtTime }],
		author: { type: 'Organization', name: 'Rygsamtalen', url: BASE },
		concepts: [
			...Object.entries(OWN_TYPES).map(([name, [prefLabel, definition]]) => ({
				id: TYPES[name as TypeName],
				type: 'ActivityType',
				inScheme,
				prefLabel,
				definition,
			})),
			...OWN_EXTENSIONS.map(({ iri, name, definition, verbs, schema }) => ({
				id: iri,
				type: 'ResultExtension',
				inScheme,
				prefLabel: name,
				definition,
				recommendedVerbs: verbs.map((verb) => VERBS[verb]),
				inlineSchema: JSON.stringify(schema),
			})),
		],
		templates: TEMPLATES.map((one) => ({
			id: iriOf(one),
			type: 'StatementTemplate',
			inScheme,
			prefLabel: one.label,
			definition: one.definition,
			verb: VERBS[one.verb],
			objectActivityType: TYPES[one.type!],
			rules: [
				{ location: '$.context.contextActivities.category[*].id', any: [PROFILE_VERSION] },
				...(one.included ?? []).map((location) => ({ location, presence: 'included' })),
			],
		})),
		patterns: [
			{
				id: `${PROFILE}/patterns/visits`,
				type: 'Pattern',
				primary: true,
				inScheme,
				prefLabel: { en: 'Visits', da: 'Besøg' },
				definition: {
					en: 'A learner comes and goes as they like, in any order of lessons.',
					da: 'En deltager kommer og går, som det passer, og tager lektionerne i den orden, det passer.',
				},
				oneOrMore: `${PROFILE}/patterns/anything`,
			},
			{
				id: `${PROFILE}/patterns/anything`,
				type: 'Pattern',
				inScheme,
				alternates: TEMPLATES.map(iriOf),
			},
		],
	};
}
