import { expect, it } from 'vitest';
import {
	ACTIVITY,
	AGENT,
	BOTH,
	ID,
	placesOf,
	put,
	STATEMENT,
	SUB_STATEMENT,
	tryLines,
	type Line,
} from './testing.ts';

const REF = { objectType: 'StatementRef', id: ID };
const GROUP = { objectType: 'Group', mbox: 'mailto:ward3@example.org' };
const ROLES = ['https://example.org/roles/supervisor'];
const of2 = ['2.0.0' as const];

const KINDS: Line[] = ['parent', 'grouping', 'category', 'other'].flatMap((kind): Line[] => [
	['XAPI-00093', 'kinds of activities around', 'context.contextActivities', { [kind]: ACTIVITY }],
	[
		'XAPI-00094',
		'several activities',
		'context.contextActivities',
		{ [kind]: [ACTIVITY, ACTIVITY] },
	],
	[
		'XAPI-00094',
		'activities only',
		'context.contextActivities',
		{ [kind]: [ACTIVITY, {}] },
		`context.contextActivities.${kind}[1].id`,
	],
]);

tryLines([
	...KINDS,
	[
		'XAPI-00087-1',
		'a registration is a UUID',
		'context.registration',
		'kim',
		'context.registration',
	],
	['XAPI-00087-1', 'a registration is a UUID', 'context.registration', ID],
	[
		'XAPI-00086',
		'activities around are an object',
		'context.contextActivities',
		[],
		'context.contextActivities',
	],
	[
		'XAPI-00093',
		'no other kind',
		'context.contextActivities',
		{ Parent: ACTIVITY },
		'context.contextActivities.Parent',
	],
	['XAPI-00089', 'a revision is a text', 'context.revision', 5, 'context.revision'],
	['XAPI-00090', 'a platform is a text', 'context.platform', {}, 'context.platform'],
	['XAPI-00091', 'a language is a tag', 'context.language', 'danish language', 'context.language'],
	['XAPI-00091', 'a language is a tag', 'context.language', 'fr-CA'],
	['XAPI-00092', 'a statement is referred to', 'context.statement', REF],
	[
		'XAPI-00092',
		'a reference says that it is one',
		'context.statement',
		{ id: ID },
		'context.statement.objectType',
	],
	[
		'XAPI-00092',
		'the id of a reference is a UUID',
		'context.statement',
		{ ...REF, id: 'x' },
		'context.statement.id',
	],
	[
		'XAPI-00118',
		'keys of extensions are IRIs',
		'context.extensions',
		{ a: 1 },
		'context.extensions.a',
	],
	['XAPI-00119', 'extensions may be empty', 'context.extensions', {}],
	[
		'2.0 4.2.2.5',
		'not before 2.0',
		'context.contextAgents',
		[],
		'context.contextAgents',
		['1.0.3'],
	],
	[
		'2.0 4.2.2.5',
		'not before 2.0',
		'context.contextGroups',
		[],
		'context.contextGroups',
		['1.0.3'],
	],
	[
		'2.0 4.2.2.5',
		'others who have to do with it',
		'context.contextAgents',
		[{ objectType: 'contextAgent', agent: AGENT, relevantTypes: ROLES }],
		undefined,
		of2,
	],
	[
		'2.0 4.2.2.5',
		'they say what they are',
		'context.contextAgents',
		[{ agent: AGENT }],
		'context.contextAgents[0].objectType',
		of2,
	],
	[
		'2.0 4.2.2.5',
		'they are agents',
		'context.contextAgents',
		[{ objectType: 'contextAgent', agent: GROUP }],
		'context.contextAgents[0].agent.objectType',
		of2,
	],
	[
		'2.0 4.2.2.5',
		'roles are not none',
		'context.contextAgents',
		[{ objectType: 'contextAgent', agent: AGENT, relevantTypes: [] }],
		'context.contextAgents[0].relevantTypes',
		of2,
	],
	[
		'2.0 4.2.2.5',
		'roles are IRIs',
		'context.contextAgents',
		[{ objectType: 'contextAgent', agent: AGENT, relevantTypes: ['boss'] }],
		'context.contextAgents[0].relevantTypes[0]',
		of2,
	],
	[
		'2.0 4.2.2.5',
		'groups who have to do with it',
		'context.contextGroups',
		[{ objectType: 'contextGroup', group: GROUP }],
		undefined,
		of2,
	],
	[
		'2.0 4.2.2.5',
		'they are groups',
		'context.contextGroups',
		[{ objectType: 'contextGroup', group: AGENT }],
		'context.contextGroups[0].group.objectType',
		of2,
	],
	[
		'2.0 4.2.2.5',
		'they have no other members',
		'context.contextGroups',
		[{ objectType: 'contextGroup', group: GROUP, member: [] }],
		'context.contextGroups[0].member',
		of2,
	],
]);

const OTHER_OBJECTS = [{ objectType: 'Agent', ...AGENT }, GROUP, REF];

it.each(BOTH.flatMap((version) => OTHER_OBJECTS.map((object) => [version, object] as const)))(
	'XAPI-00084, XAPI-00085 revision and platform tell of activities (%s, %j)',
	(version, object) => {
		const context = { revision: '2', platform: 'Ward' };
		const found = ['context.revision', 'context.platform'];
		expect(placesOf({ ...STATEMENT, object, context }, version)).toEqual(found);
		const inner = { ...SUB_STATEMENT, object, context };
		expect(placesOf(put('object', inner), version)).toEqual(found.map((at) => `object.${at}`));
		expect(placesOf({ ...STATEMENT, context }, version)).toEqual([]);
		const bare = { id: ACTIVITY.id };
		expect(placesOf({ ...STATEMENT, object: bare, context }, version)).toEqual([]);
		expect(placesOf({ ...STATEMENT, object: SUB_STATEMENT, context }, version)).toEqual(found);
	},
);
