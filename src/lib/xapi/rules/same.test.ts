import { expect, it } from 'vitest';
import { isSameStatement } from './index.ts';
import { ACTIVITY, AGENT, ATTACHMENT, ID, put, STATEMENT, SUB_STATEMENT } from './testing.ts';

const SIGNATURE = { ...ATTACHMENT, usageType: 'http://adlnet.gov/expapi/attachments/signature' };
const WARD = (...member: object[]) => ({ objectType: 'Group', member });
const BO = { mbox: 'mailto:bo@example.org' };
const timed = (timestamp: string) => ({ ...STATEMENT, timestamp });
const lasting = (duration: string) => put('result.duration', duration);
const around = (parent: unknown) => put('context.contextActivities.parent', parent);

const SAME: [why: string, one: object, other: object][] = [
	[
		'what the record store sets',
		STATEMENT,
		{
			...STATEMENT,
			id: ID,
			stored: '2026-05-04T17:00:00Z',
			authority: AGENT,
			version: '1.0.0',
			timestamp: '2026-05-04T17:00:00Z',
		},
	],
	['the order of names', STATEMENT, { object: ACTIVITY, verb: STATEMENT.verb, actor: AGENT }],
	['the case of an id', { ...STATEMENT, id: ID }, { ...STATEMENT, id: ID.toUpperCase() }],
	[
		'the case of a registration',
		put('context.registration', ID),
		put('context.registration', ID.toUpperCase()),
	],
	['the definition of an activity', STATEMENT, put('object.definition', { name: { en: 'Drill' } })],
	['a type that goes without saying', STATEMENT, put('object', { id: ACTIVITY.id })],
	['the type of an agent', STATEMENT, put('actor.objectType', 'Agent')],
	['words of a verb', STATEMENT, put('verb.display', { da: 'svarede' })],
	['the case of a domain', STATEMENT, put('actor.mbox', 'mailto:kim@EXAMPLE.org')],
	['the order of members', put('actor', WARD(AGENT, BO)), put('actor', WARD(BO, AGENT))],
	[
		'the zone of a timestamp',
		timed('2026-05-04T17:00:00.000Z'),
		timed('2026-05-04T19:00:00+02:00'),
	],
	['milliseconds only', timed('2026-05-04T17:00:00.1234Z'), timed('2026-05-04T17:00:00.123Z')],
	['hundredths of a second', lasting('P1DT12H36M0.1237S'), lasting('P1DT12H36M0.12S')],
	['no hundredths at all', lasting('PT5.004S'), lasting('PT5S')],
	['one activity or an array of one', around(ACTIVITY), around([{ id: ACTIVITY.id }])],
	['a signature', STATEMENT, { ...STATEMENT, attachments: [SIGNATURE] }],
	['how a number is written', put('result.score.raw', 5), put('result.score.raw', 5.0)],
	[
		'the same within a sub-statement',
		put('object', SUB_STATEMENT),
		put('object', put('object.definition', {}, SUB_STATEMENT)),
	],
];

it.each(SAME)('does not mind %s', (_why, one, other) => {
	expect(isSameStatement(one, other)).toBe(true);
	expect(isSameStatement(other, one)).toBe(true);
	expect(isSameStatement(put('context.language', 'da', one), other)).toBe(false);
});

const OTHER: [what: string, change: object][] = [
	['actor', put('actor', BO)],
	['name of the actor', put('actor.name', 'Kim')],
	['verb', put('verb.id', 'https://example.org/verbs/other')],
	['object', put('object.id', 'https://example.org/other')],
	['kind of object', put('object', { objectType: 'StatementRef', id: ID })],
	['result', put('result.success', true)],
	['extensions', put('result.extensions', { 'https://example.org/a': 1 })],
	['context', around(ACTIVITY)],
	['attachments', { ...STATEMENT, attachments: [ATTACHMENT] }],
];

it.each(OTHER)('minds another %s', (_what, change) => {
	expect(isSameStatement(STATEMENT, change)).toBe(false);
	expect(
		isSameStatement(put('object', SUB_STATEMENT), put('object', { ...SUB_STATEMENT, ...change })),
	).toBe(false);
});

it('minds another time, another duration and another order of what is ordered', () => {
	expect(isSameStatement(timed('2026-05-04T17:00:00Z'), timed('2026-05-04T17:00:01Z'))).toBe(false);
	expect(isSameStatement(lasting('PT60S'), lasting('PT1M'))).toBe(false);
	const list = (...values: number[]) =>
		put('result.extensions', { 'https://example.org/a': values });
	expect(isSameStatement(list(1, 2), list(2, 1))).toBe(false);
	expect(
		isSameStatement({ ...STATEMENT, id: ID }, { ...STATEMENT, id: ID.replace('6', '7') }),
	).toBe(false);
	expect(isSameStatement(STATEMENT, 'statement')).toBe(false);
});
