import { expect, it } from 'vitest';
import { activitiesIn, agentKey, agentsIn, referencedBy, termsOf, voidedBy } from './index.ts';
import { ACTIVITY, AGENT, ID, STATEMENT, SUB_STATEMENT } from './testing.ts';

const agent = (name: string) => ({ mbox: `mailto:${name}@example.org` });
const key = (name: string) => `mbox:mailto:${name}@example.org`;
const activity = (name: string) => ({ id: `https://example.org/${name}` });
const group = (name: string, ...members: string[]) => ({
	objectType: 'Group',
	...agent(name),
	member: members.map(agent),
});

const RICH = {
	actor: { objectType: 'Group', member: [agent('kim'), agent('bo')] },
	verb: STATEMENT.verb,
	object: {
		...SUB_STATEMENT,
		actor: agent('sub'),
		object: activity('inner'),
		context: {
			registration: '00000000-0000-4000-8000-000000000001',
			instructor: agent('inner-instructor'),
			contextActivities: { parent: [{ ...activity('inner-parent'), definition: { name: {} } }] },
		},
	},
	authority: agent('authority'),
	context: {
		registration: ID.toUpperCase(),
		instructor: agent('instructor'),
		team: group('team', 'member', 'kim'),
		contextActivities: { parent: activity('parent'), other: [activity('a'), activity('b')] },
		contextAgents: [{ objectType: 'contextAgent', agent: agent('patient') }],
		contextGroups: [{ objectType: 'contextGroup', group: group('ward', 'nurse') }],
	},
};

const values = (statement: unknown, kind: string) =>
	termsOf(statement).flatMap((term) => (term.kind === kind ? [term.value] : []));
/** By the broad filter, which looks for both kinds. */
const broadly = (statement: unknown, kind: string) => [
	...values(statement, kind),
	...values(statement, `${kind}-related`),
];

it('finds a statement by its actor and by an agent that is its object', () => {
	const object = { objectType: 'Agent', ...agent('bo') };
	expect(values({ ...STATEMENT, object }, 'agent')).toEqual([key('kim'), key('bo')]);
	expect(values(STATEMENT, 'agent')).toEqual([key('kim')]);
});

it('finds a group by its members and by its own identifier', () => {
	const actor = group('ward', 'kim', 'bo');
	expect(values({ ...STATEMENT, actor }, 'agent')).toEqual([key('ward'), key('kim'), key('bo')]);
	expect(values(RICH, 'agent')).toEqual([key('kim'), key('bo')]);
});

it('finds broadly by everybody, in a sub-statement too', () => {
	const all = 'kim bo authority instructor team member patient ward nurse sub inner-instructor';
	expect(broadly(RICH, 'agent').sort()).toEqual(all.split(' ').map(key).sort());
});

it('finds by the activity that is the object, and broadly by those around it', () => {
	expect(values(STATEMENT, 'activity')).toEqual([ACTIVITY.id]);
	expect(values(RICH, 'activity')).toEqual([]);
	const all = ['parent', 'a', 'b', 'inner', 'inner-parent'];
	expect(broadly(RICH, 'activity')).toEqual(all.map((name) => activity(name).id));
	expect(broadly(STATEMENT, 'activity')).toEqual([ACTIVITY.id]);
});

it('finds by verb and by registration, those of the statement itself', () => {
	expect(values(RICH, 'verb')).toEqual([STATEMENT.verb.id]);
	expect(values(RICH, 'registration')).toEqual([ID]);
	expect(values(STATEMENT, 'registration')).toEqual([]);
});

it('knows an agent by any way of writing it', () => {
	const account = { homePage: 'https://example.org', name: 'Kim Holm' };
	const { homePage, name } = account;
	expect(agentKey({ account: { name, homePage }, name: 'K' })).toBe(agentKey({ account }));
	expect(agentKey({ objectType: 'Agent', mbox: 'mailto:kim@Example.ORG' })).toBe(agentKey(AGENT));
	expect(agentKey({ mbox: 'mailto:Kim@example.org' })).not.toBe(agentKey(AGENT));
	expect(agentKey({ mbox_sha1sum: 'AB' })).toBe(agentKey({ mbox_sha1sum: 'ab' }));
	expect(agentKey({ openid: 'https://kim.example.org' })).toBe('openid:https://kim.example.org');
	expect(agentKey({ objectType: 'Group', member: [AGENT] })).toBe('');
});

it('tells what a statement refers to and voids', () => {
	const object = { objectType: 'StatementRef', id: ID.toUpperCase() };
	const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
	expect(referencedBy({ ...STATEMENT, object })).toBe(ID);
	expect(voidedBy({ ...STATEMENT, object })).toBeUndefined();
	expect(voidedBy({ ...STATEMENT, verb, object })).toBe(ID);
	expect(referencedBy(STATEMENT)).toBeUndefined();
});

it('lists activities with what is said of them, and agents without groups', () => {
	expect(activitiesIn(RICH).at(-1)).toEqual({
		id: activity('inner-parent').id,
		definition: { name: {} },
	});
	expect(activitiesIn(RICH)[0]).toEqual(activity('parent'));
	const names = agentsIn(RICH).map(({ mbox }) => mbox);
	expect(names).toContain('mailto:nurse@example.org');
	expect(names).not.toContain('mailto:ward@example.org');
});
