import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { testDatabases } from '../../../db/testing.ts';
import { storeStatements } from '../../store.ts';
import { author, received, refTo, statement, type Made } from '../../testing.ts';
import { idsOf, pageOf, records } from '../testing.ts';

/* What finds a statement (xAPI 1.0.3 Communication 2.1.3; IEEE 9274.1.1, 4.1.6.1). */

const REGISTRATION = '00000000-0000-4000-8000-00000000000a';
const activity = (name: string) => ({ id: `https://example.org/activities/${name}` });
const verb = (name: string) => ({ id: `https://example.org/verbs/${name}` });
const agent = (name: string) => ({ objectType: 'Agent', mbox: `mailto:${name}@example.org` });
const account = { objectType: 'Agent', account: { homePage: 'https://example.org', name: 'bo' } };
const group = (name: string, ...member: string[]) => ({
	...agent(name),
	objectType: 'Group',
	member: member.map(agent),
});

const own = {
	plain: {},
	told: { verb: verb('told') },
	registered: { context: { registration: REGISTRATION } },
	ward: { actor: group('ward', 'ida', 'kim') },
	toBo: { object: agent('bo') },
	byBo: { actor: account },
	led: { context: { instructor: agent('bo') } },
	teamed: { context: { team: group('team', 'bo') } },
	second: { object: activity('two') },
	parent: { context: { contextActivities: { parent: activity('two') } } },
	grouping: { context: { contextActivities: { grouping: [activity('two')] } } },
	category: { context: { contextActivities: { category: [activity('two')] } } },
	other: { context: { contextActivities: { other: [activity('one'), activity('two')] } } },
	within: {
		verb: verb('planned'),
		object: {
			objectType: 'SubStatement',
			actor: agent('bo'),
			verb: verb('told'),
			object: activity('two'),
			context: { registration: REGISTRATION },
		},
	},
	about: {
		verb: verb('planned'),
		object: {
			objectType: 'SubStatement',
			actor: agent('kim'),
			verb: verb('did'),
			object: activity('three'),
			context: {
				instructor: agent('bo'),
				contextActivities: { category: [activity('two')] },
			},
		},
	},
} as const;
type Name = keyof typeof own;
const NAMES = Object.keys(own) as Name[];
const all = Object.fromEntries(
	NAMES.map((name, at) => [
		name,
		statement({
			id: `00000000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`,
			...own[name],
		}),
	]),
) as Record<Name, Made>;

const json = (value: unknown) => JSON.stringify(value);

/** Of the statements above, each stored a minute after the one before, those that are found. */
const TABLE: [requirement: string, says: string, params: Record<string, string>, found: Name[]][] =
	[
		['XAPI-00164', 'no filter finds all', {}, NAMES],
		['XAPI-00180', 'a verb, of the statement itself', { verb: verb('told').id }, ['told']],
		['XAPI-00180', 'a verb in another case is another', { verb: verb('Told').id }, []],
		['XAPI-00178', 'a registration', { registration: REGISTRATION }, ['registered']],
		[
			'XAPI-00178',
			'a registration, whatever its case',
			{ registration: REGISTRATION.toUpperCase() },
			['registered'],
		],
		['XAPI-00181', 'an agent who acts or is acted upon', { agent: json(agent('bo')) }, ['toBo']],
		['XAPI-00181', 'an agent by its account', { agent: json(account) }, ['byBo']],
		['XAPI-00181', 'an agent in a group that acts', { agent: json(agent('kim')) }, ['ward']],
		[
			'XAPI-00181',
			'an identified group',
			{ agent: json({ objectType: 'Group', mbox: 'mailto:ward@example.org' }) },
			['ward'],
		],
		[
			'XAPI-00181',
			'an agent whose name does not matter',
			{ agent: json({ mbox: 'mailto:bo@example.org', name: 'Bo' }) },
			['toBo'],
		],
		[
			'XAPI-00176',
			'not broadly, where it is said',
			{ agent: json(agent('bo')), related_agents: 'false' },
			['toBo'],
		],
		[
			'XAPI-00176',
			'broadly, wherever an agent stands',
			{ agent: json(agent('bo')), related_agents: 'true' },
			['toBo', 'led', 'teamed', 'within', 'about'],
		],
		[
			'XAPI-00176',
			'broadly, a group that is a team',
			{
				agent: json({ objectType: 'Group', mbox: 'mailto:team@example.org' }),
				related_agents: 'true',
			},
			['teamed'],
		],
		['XAPI-00176', 'nobody, broadly', { related_agents: 'true' }, NAMES],
		['XAPI-00179', 'an activity that is the object', { activity: activity('two').id }, ['second']],
		[
			'XAPI-00177',
			'not broadly, where it is said',
			{ activity: activity('two').id, related_activities: 'false' },
			['second'],
		],
		[
			'XAPI-00177',
			'broadly, wherever an activity stands',
			{ activity: activity('two').id, related_activities: 'true' },
			['second', 'parent', 'grouping', 'category', 'other', 'within', 'about'],
		],
		[
			'XAPI-00177',
			'broadly, the object of a sub-statement',
			{ activity: activity('three').id, related_activities: 'true' },
			['about'],
		],
		[
			'XAPI-00164',
			'two filters find what both find',
			{ verb: verb('planned').id, activity: activity('three').id, related_activities: 'true' },
			['about'],
		],
		[
			'XAPI-00164',
			'two filters find what both find',
			{ registration: REGISTRATION, verb: verb('told').id },
			[],
		],
		[
			'XAPI-00175',
			'since leaves out its moment',
			{ since: '2027-02-01T08:11:00Z' },
			['other', 'within', 'about'],
		],
		['XAPI-00175', 'since has any zone', { since: '2027-02-01T09:13:00.000+01:00' }, ['about']],
		['XAPI-00175', 'since the end', { since: '2027-02-01T08:14:00.000Z' }, []],
		[
			'XAPI-00174',
			'until takes in its moment',
			{ until: '2027-02-01T08:01:00Z' },
			['plain', 'told'],
		],
		['XAPI-00174', 'until before the first', { until: '2027-02-01T07:59:59.999Z' }, []],
		[
			'XAPI-00174, XAPI-00175',
			'between two moments',
			{ since: '2027-02-01T08:02:00Z', until: '2027-02-01T08:04:00Z' },
			['ward', 'toBo'],
		],
		[
			'XAPI-00174, XAPI-00175',
			'between two moments, with a filter',
			{ since: '2027-02-01T08:00:00Z', until: '2027-02-01T08:13:00Z', verb: verb('planned').id },
			['within'],
		],
		['XAPI-00173', 'no limit', { limit: '0' }, NAMES],
		['XAPI-00173', 'the latest', { limit: '2' }, ['within', 'about']],
	];

describe.each(testDatabases)('on %s', (_, open) => {
	const store = records(open);
	const { ask } = store;
	const find = (params: Record<string, string>, version = '1.0.3') =>
		ask('GET', 'statements', { params, version });

	const stored = async () => {
		for (const [at, name] of NAMES.entries())
			await storeStatements(store.db, author(store.key.id), '1.0.3', received([all[name]]), {
				now: () => new Date(Date.UTC(2027, 1, 1, 8, at)),
			});
	};

	it.each(TABLE)('%s finds by %s: %o', async (_requirement, _says, params, found) => {
		await stored();
		const ids = found.map((name) => all[name].id);
		for (const version of BOTH)
			expect(await idsOf(await find(params, version))).toEqual(ids.toReversed());
	});

	it.each(BOTH)(
		'XAPI-00166 in the order of storing, the other way round, in %s',
		async (version) => {
			await stored();
			const ids = NAMES.map((name) => all[name].id);
			expect(await idsOf(await find({ ascending: 'true' }, version))).toEqual(ids);
			expect(await idsOf(await find({ ascending: 'false' }, version))).toEqual(ids.toReversed());
			const params = { ascending: 'true', limit: '1', since: '2027-02-01T08:03:00Z' };
			expect(await idsOf(await find(params, version))).toEqual([all.toBo.id]);
		},
	);

	it.each(BOTH)('XAPI-00173 a limit of 0 is as many as we give, in %s', async (version) => {
		const many = Array.from({ length: 501 }, () => statement());
		await storeStatements(store.db, author(store.key.id), '1.0.3', received(many));
		const asked = async (params: Record<string, string>) => {
			// As much as a server takes: a page ends by its bytes, too.
			const server = { limit: 16 * 1024 * 1024 };
			const answer = await store.ask('GET', 'statements', { params, version, server });
			const { statements, more } = await pageOf(answer);
			return [statements.length, more !== ''];
		};
		expect(await asked({ limit: '0' })).toEqual([500, true]);
		expect(await asked({ limit: '501' })).toEqual([500, true]);
		expect(await asked({})).toEqual([100, true]);
		expect(await asked({ limit: '500' })).toEqual([500, true]);
	});

	it('XAPI-00176 broadly, who vouches: the client itself', async () => {
		await stored();
		const { authority } = author(store.key.id);
		const params = { agent: json(authority), limit: '500' };
		expect(await idsOf(await find(params))).toEqual([]);
		expect(await idsOf(await find({ ...params, related_agents: 'true' }))).toHaveLength(
			NAMES.length,
		);
	});

	it('2.0 4.2.2.5 broadly, who has to do with it in a role', async () => {
		const made = statement({
			context: {
				contextAgents: [{ objectType: 'contextAgent', agent: agent('bo') }],
				contextGroups: [{ objectType: 'contextGroup', group: group('ward', 'kim') }],
			},
		});
		const version = '2.0.0';
		await ask('POST', 'statements', { body: [made, statement()], version });
		for (const who of [agent('bo'), agent('kim'), { ...agent('ward'), objectType: 'Group' }]) {
			const params = { agent: json(who) };
			expect(await idsOf(await find(params, version))).toEqual([]);
			expect(await idsOf(await find({ ...params, related_agents: 'true' }, version))).toEqual([
				made.id,
			]);
		}
	});

	it('Communication 2.1.4 what refers to a statement is found by the other filters, not by the time of the other', async () => {
		const refers = statement({
			actor: agent('bo'),
			verb: verb('noted'),
			object: refTo(all.told.id),
		});
		await stored();
		await storeStatements(store.db, author(store.key.id), '1.0.3', received([refers]), {
			now: () => new Date(Date.UTC(2027, 1, 1, 9)),
		});
		const told = { verb: verb('told').id };
		expect(await idsOf(await find(told))).toEqual([refers.id, all.told.id]);
		const until = '2027-02-01T08:30:00Z';
		expect(await idsOf(await find({ ...told, until }))).toEqual([all.told.id]);
		expect(await idsOf(await find({ ...told, since: until }))).toEqual([refers.id]);
	});
});
