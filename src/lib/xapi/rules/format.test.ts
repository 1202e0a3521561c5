import { expect, it } from 'vitest';
import { bestLanguage, inFormat } from './index.ts';
import { STATEMENT, SUB_STATEMENT } from './testing.ts';

const BOTH_WORDS = { en: 'Drill', da: 'Øvelse' };
const ACTIVITY = {
	id: 'https://example.org/drill',
	definition: {
		name: BOTH_WORDS,
		type: 'https://example.org/type',
		interactionType: 'choice',
		choices: [{ id: 'a', description: { en: 'Yes', da: 'Ja' } }],
	},
};
const GROUP = {
	objectType: 'Group',
	name: 'Ward 3',
	member: [{ name: 'Kim', mbox: 'mailto:kim@example.org' }],
};
const FULL = {
	id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
	actor: GROUP,
	verb: { id: STATEMENT.verb.id, display: { en: 'answered', da: 'svarede på' } },
	object: {
		...SUB_STATEMENT,
		actor: { ...GROUP, openid: 'https://ward3.example.org' },
		object: ACTIVITY,
	},
	result: { response: 'a' },
	authority: { name: 'Us', account: { homePage: 'https://example.org', name: 'us' } },
	context: {
		instructor: { objectType: 'Agent', name: 'Bo', mbox: 'mailto:bo@example.org' },
		contextActivities: { parent: [ACTIVITY], other: ACTIVITY },
		contextAgents: [
			{ objectType: 'contextAgent', agent: { name: 'Bo', mbox: 'mailto:bo@example.org' } },
		],
		statement: { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' },
	},
};

it('keeps of everybody and everything what identifies it, and the rest as it is', () => {
	const bare = { id: ACTIVITY.id };
	const before = structuredClone(FULL);
	expect(inFormat(FULL, 'ids')).toEqual({
		...FULL,
		actor: { objectType: 'Group', member: [{ mbox: 'mailto:kim@example.org' }] },
		verb: { id: STATEMENT.verb.id },
		object: {
			objectType: 'SubStatement',
			actor: { objectType: 'Group', openid: 'https://ward3.example.org' },
			verb: { id: STATEMENT.verb.id },
			object: bare,
		},
		authority: { account: FULL.authority.account },
		context: {
			...FULL.context,
			instructor: { objectType: 'Agent', mbox: 'mailto:bo@example.org' },
			contextActivities: { parent: [bare], other: bare },
			contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:bo@example.org' } }],
		},
	});
	expect(FULL).toEqual(before);
});

it('keeps one language of each map of activities and verbs, and actors as they are', () => {
	const told = inFormat(FULL, 'canonical', { languages: ['da-DK', 'en'] }) as typeof FULL;
	const definition = {
		...ACTIVITY.definition,
		name: { da: 'Øvelse' },
		choices: [{ id: 'a', description: { da: 'Ja' } }],
	};
	expect(told.verb.display).toEqual({ da: 'svarede på' });
	expect(told.object.object.definition).toEqual(definition);
	expect(told.context.contextActivities.parent[0]!.definition).toEqual(definition);
	expect(told.actor).toEqual(GROUP);
	expect(told.context.instructor).toEqual(FULL.context.instructor);
});

it('takes the definition and the words that the record store knows', () => {
	const statement = { ...STATEMENT, object: { id: ACTIVITY.id } };
	const told = inFormat(statement, 'canonical', {
		languages: ['en'],
		definitionOf: (id) => (id === ACTIVITY.id ? { name: BOTH_WORDS } : undefined),
		displayOf: () => ({ da: 'svarede på', 'en-GB': 'answered to' }),
	});
	expect(told).toEqual({
		...statement,
		verb: { ...STATEMENT.verb, display: { 'en-GB': 'answered to' } },
		object: { id: ACTIVITY.id, definition: { name: { en: 'Drill' } } },
	});
});

it.each([
	[['en', 'da'], ['da'], 'da'],
	[['en', 'da'], ['DA-dk'], 'da'],
	[['en-US', 'en-GB', 'da'], ['en-GB', 'da'], 'en-GB'],
	[['en-US', 'da'], ['en'], 'en-US'],
	[['en-US', 'da'], ['en-GB', 'da'], 'en-US'],
	[['en', 'da'], ['sv', 'da'], 'da'],
	[['en', 'da'], ['sv', '*'], 'en'],
	[['en', 'da'], ['sv'], 'en'],
	[['en', 'da'], [], 'en'],
	[['dar', 'da-DK'], ['da'], 'da-DK'],
	[[], ['da'], undefined],
])('of %j takes for %j %j', (tags, wanted, best) => {
	expect(bestLanguage(Object.fromEntries(tags.map((tag) => [tag, 'x'])), wanted)).toBe(best);
});
