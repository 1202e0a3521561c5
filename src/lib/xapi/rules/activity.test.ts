import { tryLines, type Line } from './testing.ts';

const PART = { id: 'a', description: { en: 'A' } };
const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
/** Of each list: its number, and a type of interaction that has it. */
const COMPONENTS = [
	['XAPI-00055', 'choices', 'choice'],
	['XAPI-00055', 'choices', 'sequencing'],
	['XAPI-00054', 'scale', 'likert'],
	['XAPI-00053', 'source', 'matching'],
	['XAPI-00052', 'target', 'matching'],
	['XAPI-00051', 'steps', 'performance'],
] as const;
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
		'XAPI-00050',
		'right responses are an array',
		DEFINITION,
		{ interactionType: 'other', correctResponsesPattern: 'a' },
		`${DEFINITION}.correctResponsesPattern`,
	],
	[
		'XAPI-00050',
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
]);

tryLines(
	COMPONENTS.flatMap(([requirement, list, interactionType]): Line[] => {
		const at = `${DEFINITION}.${list}`;
		const line = (number: string, says: string, value: unknown, found?: string): Line => [
			number,
			says,
			DEFINITION,
			{ interactionType, [list]: value },
			found,
		];
		return [
			line(requirement, 'components are an array', [PART, { id: 'b' }]),
			line(requirement, 'components are an array', PART, at),
			line(requirement, 'components are an array', 'a', at),
			line('XAPI-00063', 'a component is an object', [PART, 'b'], `${at}[1]`),
			line('XAPI-00063', 'a component is an object', [[PART]], `${at}[0]`),
			line('XAPI-00058', 'a component has an id', [{ description: {} }], `${at}[0].id`),
			line('XAPI-00058', 'an id is a text', [{ id: 1 }], `${at}[0].id`),
			line('XAPI-00058', 'an id is there once', [PART, { id: 'b' }, PART], `${at}[2].id`),
			line('XAPI-00058', 'an id in another case is another', [PART, { id: 'A' }]),
			line(
				'XAPI-00062',
				'a description is a map',
				[{ ...PART, description: 'A' }],
				`${at}[0].description`,
			),
			line(
				'XAPI-00062',
				'its keys are tags',
				[{ id: 'a', description: { 'a b': 'A' } }],
				`${at}[0].description["a b"]`,
			),
		];
	}),
);

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
