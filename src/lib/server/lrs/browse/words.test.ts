import { expect, it } from 'vitest';
import { actorWords, sentenceOf, verbWords, type Known } from './words.ts';

const HOME = 'https://course.example.org';
const known: Known = {
	language: 'da',
	homePage: HOME,
	people: new Map([['7a3f2a1e', 'Karin Holm']]),
	definitions: new Map([['https://example.org/known', { name: { en: 'Known', da: 'Kendt' } }]]),
};
const english: Known = { ...known, language: 'en' };
const member = (name: string) => ({ name, mbox: `mailto:${name}@example.org` });

it.each([
	[{ account: { homePage: HOME, name: '7a3f2a1e' }, name: 'other' }, 'Karin Holm'],
	[{ account: { homePage: HOME, name: '00000000-1111' } }, 'deltager 00000000'],
	[{ account: { homePage: 'https://lms.example.org', name: '7a3f2a1e' } }, '7a3f2a1e'],
	[{ name: 'Bo', mbox: 'mailto:bo@example.org' }, 'Bo'],
	[{ name: ' ', mbox: 'mailto:bo@example.org' }, 'bo@example.org'],
	[{ openid: 'https://bo.example.org' }, 'https://bo.example.org'],
	[{ mbox_sha1sum: 'cd9b00a5611f94eaa7b1661edab976068e364975' }, 'person cd9b00a5'],
	[{ objectType: 'Group', name: 'Afdeling 3', member: [] }, 'Afdeling 3'],
	[{ objectType: 'Group', member: ['Bo', 'Ida', 'Eva'].map(member) }, 'Bo, Ida og Eva'],
	[{ objectType: 'Group', member: ['A', 'B', 'C', 'D'].map(member) }, 'en gruppe på 4'],
])('calls %j %s', (actor, words) => {
	expect(actorWords(actor, known)).toBe(words);
});

it.each([
	[{ id: 'https://example.org/v', display: { en: 'tasted', da: 'smagte på' } }, 'smagte på'],
	[{ id: 'https://example.org/v', display: { en: 'tasted', 'da-DK': 'smagte' } }, 'smagte'],
	[{ id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'x' } }, 'svarede på'],
	[{ id: 'https://example.org/v', display: { en: 'tasted' } }, 'tasted'],
	[{ id: 'https://example.org/verbs/sm%C3%B8rrede' }, 'smørrede'],
	[{ id: 'https://example.org/verbs#tasted', display: {} }, 'tasted'],
	[{ id: 'https://example.org/verbs/%E0%A4%A' }, '%E0%A4%A'],
])('says of %j: %s', (verb, words) => {
	expect(verbWords(verb, 'da')).toBe(words);
});

const actor = member('Bo');
const verb = { id: 'http://adlnet.gov/expapi/verbs/completed' };

it.each([
	[{ id: 'https://example.org/x', definition: { name: { da: 'Øvelse', en: 'Drill' } } }, 'Drill'],
	[{ id: 'https://example.org/known' }, 'Known'],
	[{ id: 'https://example.org/%C3%B8velse' }, 'https://example.org/øvelse'],
	[{ objectType: 'Agent', ...member('Ida') }, 'Ida'],
	[
		{ objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' },
		'statement 6690e6c9…',
	],
	[
		{ objectType: 'SubStatement', actor, verb, object: { id: 'https://example.org/known' } },
		'“Bo completed Known”',
	],
])('names the object %j: %s', (object, what) => {
	expect(sentenceOf({ actor, verb, object }, english)).toMatchObject({ did: 'completed', what });
});

it.each([
	[{ score: { raw: 3, max: 4 }, success: true }, ['3 of 4 points', 'passed']],
	[{ score: { raw: 3.456 } }, ['3.46 points']],
	[{ score: { scaled: 0.755 }, success: false }, ['75.5%', 'not passed']],
	[{ completion: true, duration: 'PT1H30M' }, ['completed', '1 hr 30 min']],
	[{ completion: false, duration: 'PT0S' }, ['not completed', '0 sec']],
	[{ duration: 'P1M2DT0H3,25S' }, ['1 mth 2 days 3.3 sec']],
	[{ score: {}, response: 'their own words' }, []],
])('tells of the result %j: %j', (result, words) => {
	expect(sentenceOf({ actor, verb, object: {}, result }, english).result).toEqual(words);
});
