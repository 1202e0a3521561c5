import { describe, expect, it } from 'vitest';
import { checkAgent } from './index.ts';
import { AGENT, BOTH, placesOf, put, STATEMENT, SUB_STATEMENT, tryLines } from './testing.ts';

const SHA1 = { mbox_sha1sum: 'cd9b00a5611f94eaa7b1661edab976068e364975' };
const OPENID = { openid: 'https://openid.example.org/kim' };
const ACCOUNT = { account: { homePage: 'https://example.org', name: 'kim' } };
const IFIS = [AGENT, SHA1, OPENID, ACCOUNT];
const GROUP = { objectType: 'Group', name: 'Ward 3' };

type Case = [requirement: string, says: string, actor: unknown, found?: string];

/** `found` is a path below the actor: empty for the actor itself. */
const AGENTS: Case[] = [
	...IFIS.map((ifi): Case => ['XAPI-00034', 'one identifier is right', { ...ifi, name: 'Kim' }]),
	['XAPI-00034', 'an agent has an identifier', { name: 'Kim' }, ''],
	...IFIS.flatMap((one, index) =>
		IFIS.slice(index + 1).map((other): Case => [
			'XAPI-00034',
			'an agent has no two identifiers',
			{ objectType: 'Agent', ...one, ...other },
			'',
		]),
	),
	['XAPI-00033', 'a name is a text', { ...AGENT, name: ['Kim'] }, 'name'],
	['XAPI-00036', 'an agent has no members', { ...AGENT, member: [] }, 'member'],
	[
		'XAPI-00031',
		'the type is spelt as the specification does',
		{ ...AGENT, objectType: 'agent' },
		'objectType',
	],
	['XAPI-00032', 'the type is a text', { ...AGENT, objectType: 123 }, 'objectType'],
	['XAPI-00038', 'an mbox is a mailto IRI', { mbox: 'kim@example.org' }, 'mbox'],
	['XAPI-00038', 'an mbox is a mailto IRI', { mbox: 'mailto:kim' }, 'mbox'],
	[
		'XAPI-00038',
		'an mbox is one address',
		{ mbox: 'mailto:kim@example.org,bo@example.org' },
		'mbox',
	],
	['XAPI-00038', 'an mbox is a text', { mbox: 5 }, 'mbox'],
	['XAPI-00039', 'a sum has 40 hexadecimal digits', { mbox_sha1sum: 'cd9b' }, 'mbox_sha1sum'],
	['XAPI-00040', 'an OpenID is an IRI', { openid: 'openid.example.org/kim' }, 'openid'],
	[
		'XAPI-00042',
		'an account has a home page',
		put('account.homePage', undefined, ACCOUNT),
		'account.homePage',
	],
	[
		'XAPI-00042',
		'a home page is an IRL',
		put('account.homePage', 'example.org', ACCOUNT),
		'account.homePage',
	],
	['XAPI-00043', 'an account has a name', put('account.name', undefined, ACCOUNT), 'account.name'],
	['XAPI-00043', 'a name of an account is a text', put('account.name', 7, ACCOUNT), 'account.name'],
	['XAPI-00041', 'an account has no other members', put('account.id', 7, ACCOUNT), 'account.id'],
];

const GROUPS: Case[] = [
	['XAPI-00035', 'a group may be anonymous', { ...GROUP, member: [AGENT, ACCOUNT] }],
	['XAPI-00035', 'an anonymous group has members', GROUP, 'member'],
	['XAPI-00035', 'an anonymous group is not empty', { ...GROUP, member: [] }, 'member'],
	['XAPI-00036', 'members are an array', { ...GROUP, ...AGENT, member: AGENT }, 'member'],
	[
		'XAPI-00036',
		'members are no groups',
		{ ...GROUP, member: [{ ...GROUP, ...AGENT }] },
		'member[0].objectType',
	],
	['XAPI-00036', 'members are agents', { ...GROUP, member: [AGENT, { name: 'Bo' }] }, 'member[1]'],
	...IFIS.map((ifi): Case => ['XAPI-00037', 'a group may be identified', { ...GROUP, ...ifi }]),
	['XAPI-00037', 'an identified group may have no members', { ...GROUP, ...AGENT, member: [] }],
	['XAPI-00037', 'a group has no two identifiers', { ...GROUP, ...AGENT, ...OPENID }, ''],
	['XAPI-00037', 'identifiers have their form', { ...GROUP, mbox: 'ward3' }, 'mbox'],
];

const typeIn = (actor: unknown) => (actor as { objectType?: unknown }).objectType;

/** Where a statement has an actor of what kinds, and how an actor is put there. */
const PLACES: [string, Case[], (actor: unknown) => object][] = [
	['actor', [...AGENTS, ...GROUPS], (actor) => ({ ...STATEMENT, actor })],
	['context.instructor', [...AGENTS, ...GROUPS], (one) => put('context.instructor', one)],
	['context.team', GROUPS, (team) => put('context.team', team)],
	['authority', AGENTS, (authority) => ({ ...STATEMENT, authority })],
	[
		'object.actor',
		[...AGENTS, ...GROUPS],
		(one) => put('object', put('actor', one, SUB_STATEMENT)),
	],
	[
		'object',
		[...AGENTS, ...GROUPS].filter(([, , one]) => typeIn(one) !== 'agent' && typeIn(one) !== 123),
		(one) => put('object', { objectType: 'Agent', ...(one as object) }),
	],
];

describe.each(PLACES)('%s', (place, cases, build) => {
	describe.each(BOTH)('%s', (version) => {
		it.each(cases)('%s %s: %j', (_requirement, _says, actor, found) => {
			const at = found === undefined ? [] : [found ? `${place}.${found}` : place];
			expect(placesOf(build(actor), version)).toEqual(at);
		});
	});
});

tryLines([
	['XAPI-00088', 'a team is a group', 'context.team', AGENT, 'context.team.objectType'],
	['XAPI-00088', 'a team is an object', 'context.team', 'Ward 3', 'context.team'],
	['XAPI-00087-2', 'an instructor is an object', 'context.instructor', 'Kim', 'context.instructor'],
]);

it.each(BOTH)('XAPI-00065 an agent that is an object says that it is one (%s)', (version) => {
	expect(placesOf(put('object', AGENT), version)).toEqual(['object.mbox', 'object.id']);
	expect(placesOf(put('object', { objectType: 'Agent', ...AGENT }), version)).toEqual([]);
});

it.each(BOTH)('XAPI-00012 a parameter is checked as a statement is (%s)', (version) => {
	expect(checkAgent(AGENT, version)).toEqual([]);
	expect(checkAgent({ ...GROUP, ...AGENT }, version)).toEqual([]);
	const places = (value: unknown) => checkAgent(value, version, 'agent').map(({ at }) => at);
	expect(places({ ...GROUP, member: [AGENT] })).toEqual(['agent']);
	expect(places({ mbox: 'kim@example.org' })).toEqual(['agent.mbox']);
	expect(places('wrong')).toEqual(['agent']);
});
