import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { statement } from '../../testing.ts';
import { pageOf, records } from '../testing.ts';

/* How statements come back (xAPI 1.0.3 Communication 2.1.3, `format`; IEEE 9274.1.1, 4.1.6.1). */

const { ask } = records();

const ACTIVITY = 'https://example.org/activities/one';
const COURSE = 'https://example.org/course';
const VERB = { id: 'https://example.org/verbs/did', display: { en: 'did', da: 'gjorde' } };
const DEFINITION = {
	name: { 'en-GB': 'One', da: 'En' },
	description: { en: 'The first', da: 'Den første' },
	type: 'https://example.org/types/drill',
	extensions: { 'https://example.org/minutes': 5 },
};
const KIM = { mbox: 'mailto:kim@example.org', name: 'Kim' };
const WARD = {
	objectType: 'Group',
	name: 'Ward 3',
	member: [KIM, { account: { name: 'bo', homePage: 'https://example.org' }, name: 'Bo' }],
};
const made = statement({
	actor: WARD,
	verb: VERB,
	object: { objectType: 'Activity', id: ACTIVITY, definition: DEFINITION },
	context: {
		instructor: { ...KIM, objectType: 'Agent' },
		team: { ...WARD, mbox: 'mailto:ward@example.org' },
		contextActivities: { parent: [{ id: COURSE, definition: { name: { en: 'All' } } }] },
		extensions: { 'https://example.org/x': { name: 'kept' } },
	},
	result: { response: 'kept' },
});
const bare = statement({ object: { id: ACTIVITY } });

describe.each(BOTH)('%s', (version) => {
	async function get(id: string, params: Record<string, string> = {}, languages?: string) {
		await ask('POST', 'statements', { body: [made, bare], version });
		const headers: Record<string, string> =
			languages === undefined ? {} : { 'accept-language': languages };
		const own = { version, headers };
		const alone = await ask('GET', 'statements', {
			...own,
			params: { statementId: id, ...params },
		});
		const { statements } = await pageOf(await ask('GET', 'statements', { ...own, params }));
		const found = (await alone.json()) as Record<string, unknown>;
		// On a page as alone.
		expect(statements.find((one) => one.id === id)).toEqual(found);
		return found;
	}

	it.each<Record<string, string>>([{}, { format: 'exact' }])(
		'XAPI-00168, XAPI-00170 exactly as it was sent: %j',
		async (params) => {
			const found = await get(made.id, params, 'da');
			expect(found).toEqual({
				...made,
				...(({ timestamp, stored, authority, version }) => ({
					timestamp,
					stored,
					authority,
					version,
				}))(found),
			});
			expect((await get(bare.id, params)).object).toEqual({ id: ACTIVITY });
		},
	);

	it('XAPI-00171 identifiers alone, and everything that names nobody', async () => {
		const found = await get(made.id, { format: 'ids' }, 'da');
		const members = [
			{ mbox: KIM.mbox },
			{ account: { name: 'bo', homePage: 'https://example.org' } },
		];
		expect(found).toMatchObject({ id: made.id, result: made.result });
		expect(found.actor).toEqual({ objectType: 'Group', member: members });
		expect(found.verb).toEqual({ id: VERB.id });
		expect(found.object).toEqual({ id: ACTIVITY });
		expect(found.context).toEqual({
			instructor: { objectType: 'Agent', mbox: KIM.mbox },
			team: { objectType: 'Group', mbox: 'mailto:ward@example.org' },
			contextActivities: { parent: [{ id: COURSE }] },
			extensions: { 'https://example.org/x': { name: 'kept' } },
		});
		expect(found.authority).not.toHaveProperty('name');
	});

	it.each([
		['da', { da: 'En' }, { da: 'Den første' }, { da: 'gjorde' }],
		['da-DK', { da: 'En' }, { da: 'Den første' }, { da: 'gjorde' }],
		['en-GB, da;q=0.9', { 'en-GB': 'One' }, { en: 'The first' }, { en: 'did' }],
		['en;q=0.2, da;q=0.3', { da: 'En' }, { da: 'Den første' }, { da: 'gjorde' }],
		['sv, da;q=0', { 'en-GB': 'One' }, { en: 'The first' }, { en: 'did' }],
		['*', { 'en-GB': 'One' }, { en: 'The first' }, { en: 'did' }],
		[undefined, { 'en-GB': 'One' }, { en: 'The first' }, { en: 'did' }],
	])(
		'XAPI-00169, XAPI-00172 in one language, the one wanted: %s',
		async (languages, name, description, display) => {
			const found = await get(made.id, { format: 'canonical' }, languages);
			expect(found).toMatchObject({ actor: WARD, result: made.result });
			expect(found.verb).toEqual({ ...VERB, display });
			expect(found.object).toEqual({
				objectType: 'Activity',
				id: ACTIVITY,
				definition: { ...DEFINITION, name, description },
			});
		},
	);

	it('XAPI-00169 with what other statements said of an activity', async () => {
		const found = await get(bare.id, { format: 'canonical' }, 'da');
		expect(found.object).toEqual({
			id: ACTIVITY,
			definition: { ...DEFINITION, name: { da: 'En' }, description: { da: 'Den første' } },
		});
		expect(found.verb).toEqual({ id: 'https://example.org/verbs/did' });
	});

	it('XAPI-00168 no other format', async () => {
		const answer = await ask('GET', 'statements', { version, params: { format: 'Exact' } });
		expect(answer.status).toBe(400);
		expect(await answer.text()).toMatch(/format must be one of exact, ids, canonical/);
	});
});
