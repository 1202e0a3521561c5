import { describe } from 'vitest';
import { ID as REGISTRATION } from '#lib/xapi/rules/testing.ts';
import { statement, voiding } from '../../testing.ts';
import { records, tryRows, type Row } from '../testing.ts';
import { bodyWith, NEW, ONE, one, UUID, VOIDED, withoutId } from './statements.ts';

/* The statements resource, request by request (xAPI 1.0.3 Communication 2.1; IEEE 9274.1.1, 4.1.6.1). */

const store = records();
const { ask } = store;

const given: Record<string, string> = {
	agent: '{"mbox":"mailto:ida@example.org"}',
	verb: 'https://example.org/verbs/did',
	activity: 'https://example.org/activities/one',
	registration: REGISTRATION,
	related_activities: 'true',
	related_agents: 'true',
	since: '2027-02-01T08:00:00Z',
	until: '2027-02-01T08:00:00Z',
	limit: '1',
	ascending: 'true',
};

const beside: Row[] = (
	[
		['XAPI-00151', { statementId: ONE }],
		['XAPI-00150', { voidedStatementId: VOIDED }],
	] as const
).flatMap(([requirement, id]): Row[] => [
	...Object.entries(given).map(([name, value]): Row => [
		requirement,
		`${name} has no meaning beside ${Object.keys(id).join()}`,
		{ method: 'GET', params: { ...id, [name]: value } },
		400,
		new RegExp(`^${name} has no meaning`),
	]),
	...['exact', 'ids', 'canonical'].map((format): Row => [
		requirement,
		`format ${format} may stand beside ${Object.keys(id).join()}`,
		{ method: 'GET', params: { ...id, format } },
		200,
		/^\{.*"verb":/,
	]),
	[
		requirement,
		`attachments may stand beside ${Object.keys(id).join()}`,
		{ method: 'GET', params: { ...id, attachments: 'true' } },
		200,
		/^--.*\r\nContent-Type: application\/json/,
	],
]);

const reads: Row[] = [
	['XAPI-00159, XAPI-00139', 'statements are had', { method: 'GET' }, 200, /^\{"statements":\[/],
	['XAPI-00154', 'as a result, without an id', { method: 'GET' }, 200, /\],"more":""\}$/],
	...Object.entries(given).map(([name, value]): Row => [
		'XAPI-00154',
		`as a result, with ${name}`,
		{ method: 'GET', params: { [name]: value } },
		200,
		/^\{"statements":\[.*\],"more":"/,
	]),
	[
		'XAPI-00156, XAPI-00158',
		'one is had by its id, whatever its case',
		{ method: 'GET', params: { statementId: ONE.toUpperCase() } },
		200,
		new RegExp(`^\\{"id":"${ONE}"`),
	],
	[
		'XAPI-00155, XAPI-00157',
		'a voided one is had by its id',
		{ method: 'GET', params: { voidedStatementId: VOIDED } },
		200,
		new RegExp(`^\\{"id":"${VOIDED}"`),
	],
	[
		'XAPI-00018, XAPI-00163',
		'a voided one is not had as another is',
		{ method: 'GET', params: { statementId: VOIDED } },
		404,
		/^There is no statement with this id/,
	],
	[
		'XAPI-00157',
		'nor is another had as a voided one is',
		{ method: 'GET', params: { voidedStatementId: ONE } },
		404,
		/^There is no voided statement/,
	],
	...['statementId', 'voidedStatementId', 'registration'].map((name): Row => [
		'XAPI-00012, XAPI-00029',
		`${name} is a UUID`,
		{ method: 'GET', params: { [name]: `${ONE}0` } },
		400,
		new RegExp(`^${name} must be a UUID`),
	]),
	...['attachments', 'ascending', 'related_agents', 'related_activities'].map((name): Row => [
		'XAPI-00012',
		`${name} is true or false`,
		{ method: 'GET', params: { [name]: 'True' } },
		400,
		new RegExp(`^${name} must be true or false`),
	]),
	[
		'XAPI-00150, XAPI-00151',
		'not both ids',
		{ method: 'GET', params: { statementId: ONE, voidedStatementId: VOIDED } },
		400,
		/^voidedStatementId/,
	],
	[
		'XAPI-00149',
		'nothing found is no failure',
		{ method: 'GET', params: { activity: 'https://example.org/activities/none' } },
		200,
		/^\{"statements":\[\],"more":""\}$/,
	],
	...beside,
];

const writes: Row[] = [
	[
		'XAPI-00139, XAPI-00147',
		'a statement is posted',
		{ method: 'POST', body: statement() },
		200,
		new RegExp(`^\\["${UUID}"\\]$`),
	],
	[
		'XAPI-00139, XAPI-00143, XAPI-00144',
		'a statement is put under its id',
		{ method: 'PUT', params: { statementId: NEW }, body: withoutId },
		204,
		/^$/,
	],
	[
		'XAPI-00145',
		'not without an id',
		{ method: 'PUT', body: { ...one, id: NEW } },
		400,
		/^statementId is missing/,
	],
	[
		'XAPI-00144',
		'nor under another one than its own',
		{ method: 'PUT', params: { statementId: NEW }, body: one },
		400,
		/^id must be the statementId/,
	],
	[
		'XAPI-00029',
		'an id of the address is a UUID',
		{ method: 'PUT', params: { statementId: `{${NEW}}` }, body: withoutId },
		400,
		/^statementId must be a UUID/,
	],
	['Communication 2.1.2', 'nothing is posted too', { method: 'POST', body: [] }, 200, /^\[\]$/],
	[
		'XAPI-00014',
		'JSON that is none',
		{ method: 'POST', body: '{"actor":{"mbox":"mailto:ida@example.org"}' },
		400,
		/line 1, column 43.*no JSON/,
	],
	['XAPI-00014', 'no object', { method: 'POST', body: '"statement"' }, 400, /expected a statement/],
	['XAPI-00014', 'nothing at all', { method: 'POST', body: '' }, 400, /no JSON/],
	...(
		[
			['the statement', JSON.stringify(one).replace('{', '{"verb":{},'), /^verb: "verb" is there/],
			['an agent', JSON.stringify(one).replace('"mbox"', '"mbox":"x","mbox"'), /^actor\.mbox: /],
			['a map', bodyWith('"result":{"extensions":{"x:a":1,"x:a":1}}'), /extensions\["x:a"\]: /],
			['a later one', `[${JSON.stringify(statement())},{"id":1,"id":2}]`, /^\[1\]\.id: /],
		] as const
	).map(([where, body, words]): Row => [
		'XAPI-00021',
		`no name comes twice: ${where}`,
		{ method: 'POST', body },
		400,
		words,
	]),
	[
		'XAPI-00015',
		'texts are UTF-8',
		{
			method: 'POST',
			body: new Uint8Array(Buffer.from(bodyWith('"result":{"response":"é"}'), 'latin1')),
		},
		400,
		/^body must be UTF-8/,
	],
	[
		'XAPI-00326',
		'one that is wrong spoils all',
		{ method: 'POST', body: [statement(), { ...one, verb: {} }] },
		400,
		/^\[1\]\.verb\.id: /,
	],
	[
		'2.0 4.1.6.1',
		'no id comes twice in one request',
		{ method: 'POST', body: [one, { ...one, id: ONE.toUpperCase() }] },
		400,
		/^\[1\]\.id: .*twice/,
		['2.0.0'],
	],
];

describe('reads', () =>
	tryRows(store, reads, {
		before: async (version) => {
			const all = [one, statement({ id: VOIDED }), voiding(VOIDED)];
			await ask('POST', 'statements', { body: all, version });
		},
	}));
describe('writes', () => tryRows(store, writes));
