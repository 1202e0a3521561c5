import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { statement } from '../../testing.ts';
import { records, tryRows, type Row } from '../testing.ts';

/*
 * What is known of agents and activities (xAPI 1.0.3 Communication 2.4 and 2.5; IEEE 9274.1.1, 4.1.6.3
 * and 4.1.6.4).
 */

const store = records();
const { ask, client } = store;

const ACTIVITY = 'https://example.org/activities/one';
const MBOX = { mbox: 'mailto:ida@example.org' };
const SUM = { mbox_sha1sum: 'cd9b00a5611f94eaa7b1661edab976068e364975' };
const OPENID = { openid: 'https://openid.example.org/ida' };
const ACCOUNT = { account: { homePage: 'https://example.org', name: 'ida' } };
const asked = (agent: unknown) => ({
	method: 'GET',
	resource: 'agents',
	params: { agent: typeof agent === 'string' ? agent : JSON.stringify(agent) },
});

tryRows(store, [
	...(
		[
			['XAPI-00239, XAPI-00244', MBOX, /"mbox":\["mailto:ida@example\.org"\]/],
			['XAPI-00240', SUM, /"mbox_sha1sum":\["cd9b00a5611f94eaa7b1661edab976068e364975"\]/],
			['XAPI-00241', OPENID, /"openid":\["https:\/\/openid\.example\.org\/ida"\]/],
			['XAPI-00242', ACCOUNT, /"account":\[\{"homePage":"https:\/\/example\.org","name":"ida"\}\]/],
		] as const
	).map(([requirement, agent, words]): Row => [
		requirement,
		`a person has lists: ${Object.keys(agent).join()}`,
		asked(agent),
		200,
		words,
	]),
	[
		'XAPI-00236, XAPI-00237, XAPI-00245',
		'whoever is asked for is a person',
		asked(MBOX),
		200,
		/^\{"objectType":"Person",/,
	],
	[
		'XAPI-00247',
		'of whom nothing is known, there is what was asked for',
		asked({ ...MBOX, name: 'Ida', objectType: 'Agent' }),
		200,
		/^\{"objectType":"Person","name":\["Ida"\],"mbox":\["mailto:ida@example\.org"\]\}$/,
	],
	[
		'XAPI-00243',
		'somebody is asked for',
		{ method: 'GET', resource: 'agents' },
		400,
		/^agent is missing/,
	],
	...(
		[
			['', /^agent must be an agent as JSON/],
			['ida', /^agent must be an agent as JSON/],
			['{"mbox":"mailto:ida@example.org",', /^agent must be an agent as JSON/],
			[
				'{"mbox":"mailto:ida@example.org","mbox":"mailto:bo@example.org"}',
				/^agent must .*there already/,
			],
			['[]', /^agent: /],
			['null', /^agent: /],
			[{}, /^agent: Nothing says who/],
			[{ ...MBOX, ...OPENID }, /^agent: .*together/],
			[{ mbox: 'ida@example.org' }, /^agent\.mbox: /],
			[{ ...MBOX, objectType: 'Person' }, /^agent\.objectType: /],
			[{ ...MBOX, email: 'x' }, /^agent\.email: /],
			[{ objectType: 'Group', member: [MBOX] }, /^agent: /],
			[{ account: { name: 'ida' } }, /^agent\.account\.homePage: /],
		] as const
	).map(([agent, words]): Row => [
		'XAPI-00249',
		`an agent is one: ${JSON.stringify(agent)}`,
		asked(agent),
		400,
		words,
	]),
	...['PUT', 'POST'].flatMap((method): Row[] =>
		['agents', 'activities'].map((resource) => [
			'Communication 2.4, 2.5',
			`what is known is only read: ${method} ${resource}`,
			{ method, resource, body: {} },
			405,
			/^Only GET, HEAD/,
		]),
	),
	[
		'XAPI-00250',
		'an activity is asked for',
		{ method: 'GET', resource: 'activities' },
		400,
		/^activityId is missing/,
	],
	[
		'XAPI-00250',
		'by an IRI',
		{ method: 'GET', resource: 'activities', params: { activityId: 'drill' } },
		400,
		/^activityId must be an IRI/,
	],
	[
		'XAPI-00252, XAPI-00253, XAPI-00251',
		'of which nothing is known, there is its id',
		{ method: 'GET', resource: 'activities', params: { activityId: ACTIVITY } },
		200,
		/^\{"objectType":"Activity","id":"https:\/\/example\.org\/activities\/one"\}$/,
	],
]);

describe.each(BOTH)('%s', (version) => {
	const post = (...body: object[]) => ask('POST', 'statements', { version, body });
	const personOf = async (agent: object) =>
		(await ask('GET', 'agents', { version, params: { agent: JSON.stringify(agent) } })).json();
	const activity = async () =>
		(await ask('GET', 'activities', { version, params: { activityId: ACTIVITY } })).json();

	it('XAPI-00238, XAPI-00246, XAPI-00248 a person has the names that statements gave, of that agent alone', async () => {
		const group = { objectType: 'Group', member: [{ ...MBOX, name: 'Ida B.' }] };
		await post(
			statement({ actor: { ...MBOX, name: 'Ida' } }),
			statement({ actor: { ...ACCOUNT, name: 'Ida Bang' } }),
			statement({ actor: { mbox: 'mailto:bo@example.org', name: 'Bo' } }),
		);
		await post(statement({ actor: group }));
		expect(await personOf(MBOX)).toEqual({
			objectType: 'Person',
			name: ['Ida B.', 'Ida'],
			mbox: [MBOX.mbox],
		});
		expect(await personOf(ACCOUNT)).toEqual({
			objectType: 'Person',
			name: ['Ida Bang'],
			account: [ACCOUNT.account],
		});
		expect(await personOf({ ...MBOX, name: 'Ida Bang' })).toMatchObject({
			name: ['Ida B.', 'Ida', 'Ida Bang'],
		});
	});

	it('XAPI-00251, XAPI-00254 an activity has everything that statements said of it', async () => {
		const said = (definition: object) => statement({ object: { id: ACTIVITY, definition } });
		await post(
			said({ name: { en: 'One' }, extensions: { 'https://example.org/a': 1 } }),
			said({ name: { da: 'En' }, type: 'https://example.org/types/drill' }),
		);
		const around = {
			contextActivities: {
				parent: [{ id: ACTIVITY, definition: { moreInfo: 'https://example.org/more' } }],
			},
		};
		await post(
			statement({ object: { id: 'https://example.org/activities/two' }, context: around }),
		);
		await post(said({ name: { en: 'The one' }, extensions: { 'https://example.org/b': null } }));
		expect(await activity()).toEqual({
			objectType: 'Activity',
			id: ACTIVITY,
			definition: {
				name: { en: 'The one', da: 'En' },
				type: 'https://example.org/types/drill',
				moreInfo: 'https://example.org/more',
				extensions: { 'https://example.org/a': 1, 'https://example.org/b': null },
			},
		});
	});

	it('XAPI-00182 nothing is learned from what is refused, or from who may not define', async () => {
		const made = (name: string) =>
			statement({
				actor: { ...MBOX, name },
				object: { id: ACTIVITY, definition: { name: { en: name } } },
			});
		expect((await post(made('Wrong'), { ...made('Wrong'), verb: {} })).status).toBe(400);
		const writer = await client({ scopes: ['statements/write'] });
		const own = { version, body: made('Unheard'), as: writer };
		expect((await ask('POST', 'statements', own)).status).toBe(200);
		expect(await activity()).toEqual({ objectType: 'Activity', id: ACTIVITY });
		expect(await personOf(MBOX)).not.toHaveProperty('name');
		const definer = await client({ scopes: ['statements/write', 'define'] });
		await ask('POST', 'statements', { version, body: made('Heard'), as: definer });
		expect(await activity()).toMatchObject({ definition: { name: { en: 'Heard' } } });
		expect(await personOf(MBOX)).toMatchObject({ name: ['Heard'] });
	});
});
