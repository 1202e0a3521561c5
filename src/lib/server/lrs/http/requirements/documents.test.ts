import { records, tryRows, type Row } from '../testing.ts';
import { AGENT, ALL, KINDS, NEW, on, stored, TEXT, type Kind, type On } from './documents.ts';

/*
 * Documents: state and the profiles of agents and activities, request by request (xAPI 1.0.3
 * Communication 2.2, 2.3, 2.6 and 2.7; IEEE 9274.1.1, 4.1.6.2, .5 and .6).
 */

const store = records();

const JSON_AS_TEXT = { body: '{"d":4}', headers: { 'content-type': 'text/plain' } };

/** A rule that every resource has, by the number that it has in each. */
type Rule = [
	says: string,
	numbers: Partial<Record<Kind, string>>,
	asked: [method: string, own?: On],
	status: number,
	words?: RegExp,
];

const GOOD: Rule[] = [
	[
		'a document is had',
		{
			state: 'XAPI-00230, XAPI-00188, XAPI-00192, XAPI-00217',
			agent: 'XAPI-00282, XAPI-00259, XAPI-00269, XAPI-00274',
			activity: 'XAPI-00311, XAPI-00288, XAPI-00290',
		},
		['GET'],
		200,
		/^\{"a":\{"b":1\}, "c":2\}$/,
	],
	[
		'of any kind',
		{ state: 'XAPI-00188', agent: 'XAPI-00259', activity: 'XAPI-00288' },
		['GET', { id: 'text' }],
		200,
		/^some words$/,
	],
	[
		'one that is not there is not found',
		{ state: 'XAPI-00192', agent: 'XAPI-00269', activity: 'XAPI-00288' },
		['GET', { id: 'none' }],
		404,
		/^There is no such document/,
	],
	[
		'a document is put',
		{ state: 'XAPI-00190', agent: 'XAPI-00273', activity: 'XAPI-00287, XAPI-00293' },
		['PUT', { id: 'new', ...NEW }],
		204,
		/^$/,
	],
	[
		'a document is posted where none is',
		{
			state: 'XAPI-00189, XAPI-00231, XAPI-00233',
			agent: 'XAPI-00272, XAPI-00283, XAPI-00280',
			activity: 'XAPI-00286, XAPI-00292, XAPI-00312, XAPI-00310',
		},
		['POST', { id: 'new' }],
		204,
		/^$/,
	],
	[
		'also one that is no JSON',
		{ state: 'XAPI-00233', agent: 'XAPI-00280', activity: 'XAPI-00310' },
		['POST', { id: 'new', ...TEXT }],
		204,
	],
	[
		'one is merged with what is there',
		{ state: 'XAPI-00234', agent: 'XAPI-00279', activity: 'XAPI-00308' },
		['POST'],
		204,
		/^$/,
	],
	[
		'one is taken away',
		{
			state: 'XAPI-00187, XAPI-00191, XAPI-00216',
			agent: 'XAPI-00271',
			activity: 'XAPI-00285, XAPI-00291',
		},
		['DELETE'],
		204,
		/^$/,
	],
	[
		'names are listed',
		{ state: 'XAPI-00193', agent: 'XAPI-00270', activity: 'XAPI-00289' },
		['GET', { id: null }],
		200,
		/^\["one","text"\]$/,
	],
	[
		'names are listed since a time',
		{
			state: 'XAPI-00195, XAPI-00221',
			agent: 'XAPI-00268, XAPI-00275',
			activity: 'XAPI-00303, XAPI-00294',
		},
		['GET', { id: null, params: { since: '2020-01-01T00:00:00Z' } }],
		200,
		/^\["one","text"\]$/,
	],
	[
		'and none since a later one',
		{ state: 'XAPI-00195', agent: 'XAPI-00275', activity: 'XAPI-00294' },
		['GET', { id: null, params: { since: '2999-01-01T00:00:00Z' } }],
		200,
		/^\[\]$/,
	],
	[
		'since has to be a time',
		{ state: 'XAPI-00204', agent: 'XAPI-00260', activity: 'XAPI-00295' },
		['GET', { id: null, params: { since: 'yesterday' } }],
		400,
		/^since must be a moment/,
	],
];

const POSTED: Rule[] = [
	[
		'JSON is not merged with what is none',
		{ state: 'XAPI-00232', agent: 'XAPI-00278', activity: 'XAPI-00309' },
		['POST', { id: 'text' }],
		400,
		/^Only JSON is merged: what is stored is text\/plain/,
	],
	[
		'nor what is none with JSON, whatever it looks like',
		{ state: 'XAPI-00232', agent: 'XAPI-00278', activity: 'XAPI-00309' },
		['POST', JSON_AS_TEXT],
		400,
		/^Only JSON is merged: .*what was sent is text\/plain/,
	],
	...['[1]', '"x"', '7', 'null', ''].map((body): Rule => [
		`only an object is merged: ${body}`,
		{ state: 'XAPI-00229', agent: 'XAPI-00281', activity: 'XAPI-00313' },
		['POST', { body }],
		400,
		/^What was sent (?:is no JSON object|cannot be read)/,
	]),
	[
		'JSON that is none is not merged',
		{ state: 'XAPI-00235', agent: 'XAPI-00284', activity: 'XAPI-00314' },
		['POST', { body: '{"d":' }],
		400,
		/^What was sent cannot be read as JSON/,
	],
	[
		'nor stored, where nothing is',
		{ state: 'XAPI-00235', agent: 'XAPI-00284', activity: 'XAPI-00314' },
		['POST', { id: 'new', body: '{d:4}' }],
		400,
		/^What was sent cannot be read as JSON/,
	],
];

/** By method, for `GET PUT POST DELETE` in this order; `-` where there is no such rule. */
const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];
const eachMethod = (says: string, kind: Kind, numbers: string[], own: On, words: RegExp): Rule[] =>
	METHODS.flatMap((method, at): Rule[] =>
		numbers[at] === '-'
			? []
			: [[`${says} (${method})`, { [kind]: numbers[at] }, [method, own], 400, words]],
	);

const WRONG: Rule[] = [
	...eachMethod(
		'the activity is named',
		'state',
		['XAPI-00208', 'XAPI-00210', 'XAPI-00209', 'XAPI-00207'],
		{ without: 'activityId' },
		/^activityId is missing/,
	),
	...eachMethod(
		'the activity is named',
		'activity',
		['XAPI-00296', 'XAPI-00299', 'XAPI-00298', 'XAPI-00297'],
		{ without: 'activityId' },
		/^activityId is missing/,
	),
	...(['state', 'activity'] as const).flatMap((kind) =>
		eachMethod(
			'the activity is an IRI',
			kind,
			['XAPI-00012', 'XAPI-00012', 'XAPI-00012', 'XAPI-00012'],
			{ params: { activityId: 'drill' } },
			/^activityId must be an IRI/,
		),
	),
	...eachMethod(
		'the agent is named',
		'state',
		['XAPI-00213', 'XAPI-00215', 'XAPI-00214', 'XAPI-00212'],
		{ without: 'agent' },
		/^agent is missing/,
	),
	...eachMethod(
		'the agent is named',
		'agent',
		['XAPI-00261', 'XAPI-00264', 'XAPI-00263', 'XAPI-00262'],
		{ without: 'agent' },
		/^agent is missing/,
	),
	...['ida', '', '{"mbox":"mailto:ida@example.org"', '"ida"', '[]', '{}', '{"mbox":"ida"}'].flatMap(
		(agent): Rule[] => [
			...eachMethod(
				`the agent is one, as JSON: ${agent}`,
				'state',
				['XAPI-00197', 'XAPI-00199', 'XAPI-00198', 'XAPI-00196'],
				{ params: { agent } },
				/^agent(?:\.mbox)?:? /,
			),
			...eachMethod(
				`the agent is one, as JSON: ${agent}`,
				'agent',
				['XAPI-00258', 'XAPI-00257', 'XAPI-00256', 'XAPI-00255'],
				{ params: { agent } },
				/^agent(?:\.mbox)?:? /,
			),
		],
	),
	...eachMethod(
		'an agent is no part of the profile of an activity',
		'activity',
		['XAPI-00304', 'XAPI-00324', 'XAPI-00324', 'XAPI-00324'],
		{ params: AGENT },
		/^agent is no parameter here/,
	),
	...eachMethod(
		'a registration is a UUID',
		'state',
		['XAPI-00201', 'XAPI-00203', 'XAPI-00202', 'XAPI-00200'],
		{ params: { registration: 'one' } },
		/^registration must be a UUID/,
	),
	...eachMethod(
		'the document is named',
		'state',
		['-', 'XAPI-00206', 'XAPI-00211', '-'],
		{ id: null },
		/^stateId is missing/,
	),
	...eachMethod(
		'the document is named',
		'agent',
		['-', 'XAPI-00267', 'XAPI-00266', 'XAPI-00265'],
		{ id: null },
		/^profileId is missing/,
	),
	...eachMethod(
		'the document is named',
		'activity',
		['-', 'XAPI-00302', 'XAPI-00301', 'XAPI-00300'],
		{ id: null },
		/^profileId is missing/,
	),
	...eachMethod(
		'a name is a text, not an empty one',
		'state',
		['XAPI-00225', 'XAPI-00228', 'XAPI-00226', 'XAPI-00224'],
		{ id: '' },
		/^stateId must not be empty/,
	),
	...eachMethod(
		'a name is a text, not an empty one',
		'agent',
		['XAPI-00012', 'XAPI-00277', 'XAPI-00276', 'XAPI-00012'],
		{ id: '' },
		/^profileId must not be empty/,
	),
	...eachMethod(
		'a name is a text, not an empty one',
		'activity',
		['XAPI-00012', 'XAPI-00307', 'XAPI-00306', 'XAPI-00305'],
		{ id: '' },
		/^profileId must not be empty/,
	),
	[
		'since is for lists that are read, not for what is taken away',
		{ state: 'XAPI-00205' },
		['DELETE', { id: null, params: { since: 'yesterday' } }],
		400,
		/^since is no parameter here/,
	],
];

const rowsOf = (rules: Rule[]) =>
	rules.flatMap(([says, numbers, [method, own], status, words]) =>
		ALL.flatMap((kind): Row[] => {
			const { [kind]: requirement } = numbers;
			const what = `${KINDS[kind].resource}: ${says}`;
			return requirement === undefined
				? []
				: [[requirement, what, on(kind, method, own), status, words]];
		}),
	);

tryRows(store, rowsOf([...GOOD, ...POSTED]), { before: stored(store) });
tryRows(store, rowsOf(WRONG));
