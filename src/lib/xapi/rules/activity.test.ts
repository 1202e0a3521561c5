import { tryLines, type Line } from './testing.ts';

const PART = { id: 'a', description: { en: 'A' } };
const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
const TYPES: Record<string, string[]> = {
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
const DEFINITION = 'object.definition';

tryLines([
	['XAPI-00047', 'an activity has an id', 'object.id', undefined, 'object.id'],
	['XAPI-00047', 'an id is an IRI', 'object.id', 'ab=c://example.org', 'object.id'],
	[
		'XAPI-00047',
		'an id may have letters of all languages',
		'object.id',
		'https://example.org/øvelse/1',
	],
	[
		'XAPI-00047',
		'an id may be a URN',
		'object.id',
		'urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
	],
	['XAPI-00048', 'a definition is an object', DEFINITION, 'a drill', DEFINITION],
	['Data 2.4.4.1', 'a definition may be empty', DEFINITION, {}],
	['XAPI-00056', 'a name is a language map', `${DEFINITION}.name`, 'Drill', `${DEFINITION}.name`],
	[
		'XAPI-00059',
		'a description is a language map',
		`${DEFINITION}.description`,
		5,
		`${DEFINITION}.description`,
	],
	['XAPI-00060', 'a type is an IRI', `${DEFINITION}.type`, 'drill', `${DEFINITION}.type`],
	[
		'XAPI-00061',
		'more is told at an IRL',
		`${DEFINITION}.moreInfo`,
		'more',
		`${DEFINITION}.moreInfo`,
	],
	[
		'XAPI-00057',
		'extensions are an object',
		`${DEFINITION}.extensions`,
		'more',
		`${DEFINITION}.extensions`,
	],
	[
		'XAPI-00118',
		'keys of extensions are IRIs',
		`${DEFINITION}.extensions`,
		{ more: 1 },
		`${DEFINITION}.extensions.more`,
	],
	[
		'XAPI-00119',
		'extensions may be anything',
		`${DEFINITION}.extensions`,
		{
			'https://example.org/a': null,
			'https://example.org/b': '',
			'https://example.org/c': { d: [null] },
		},
	],
	[
		'XAPI-00010',
		'only known names',
		`${DEFINITION}.Type`,
		'https://example.org/t',
		`${DEFINITION}.Type`,
	],
	[
		'XAPI-00049',
		'an interaction is of a known type',
		DEFINITION,
		{ interactionType: 'Choice' },
		`${DEFINITION}.interactionType`,
	],
	[
		'XAPI-00049',
		'an interaction is of a known type',
		DEFINITION,
		{ interactionType: 'constructor' },
		`${DEFINITION}.interactionType`,
	],
	[
		'Data 2.4.4.1',
		'right responses are an array',
		DEFINITION,
		{ interactionType: 'other', correctResponsesPattern: 'a' },
		`${DEFINITION}.correctResponsesPattern`,
	],
	[
		'Data 2.4.4.1',
		'right responses are texts',
		DEFINITION,
		{ interactionType: 'other', correctResponsesPattern: ['a', 1] },
		`${DEFINITION}.correctResponsesPattern[1]`,
	],
	[
		'XAPI-00064',
		'right responses need a type',
		DEFINITION,
		{ correctResponsesPattern: [] },
		`${DEFINITION}.interactionType`,
	],
	[
		'Data 2.4.4.1',
		'components are an array',
		DEFINITION,
		{ interactionType: 'choice', choices: PART },
		`${DEFINITION}.choices`,
	],
	[
		'Data 2.4.4.1',
		'a component has an id',
		DEFINITION,
		{ interactionType: 'choice', choices: [{ description: {} }] },
		`${DEFINITION}.choices[0].id`,
	],
	[
		'Data 2.4.4.1',
		'an id is a text',
		DEFINITION,
		{ interactionType: 'choice', choices: [{ id: 1 }] },
		`${DEFINITION}.choices[0].id`,
	],
	[
		'Data 2.4.4.1',
		'an id is there once',
		DEFINITION,
		{ interactionType: 'choice', choices: [PART, PART] },
		`${DEFINITION}.choices[1].id`,
	],
	[
		'Data 2.4.4.1',
		'a description is a language map',
		DEFINITION,
		{ interactionType: 'choice', choices: [{ id: 'a', description: 'A' }] },
		`${DEFINITION}.choices[0].description`,
	],
]);

const fitting = (type: string): Line[] =>
	LISTS.map((list) => [
		'Data 2.4.4.1',
		'components fit the type',
		DEFINITION,
		{ interactionType: type, [list]: [PART] },
		TYPES[type]!.includes(list) ? undefined : `${DEFINITION}.${list}`,
	]);

tryLines(Object.keys(TYPES).flatMap(fitting));
tryLines(
	LISTS.map((list): Line => [
		'XAPI-00064',
		'components need a type',
		DEFINITION,
		{ [list]: [PART] },
		`${DEFINITION}.interactionType`,
	]),
);
