import { describe, expect, it } from 'vitest';
import { testDatabases } from '../../../db/testing.ts';
import { statement } from '../../testing.ts';
import { attached, idsOf, multipart, records, told, type Ask } from '../testing.ts';

/*
 * Values that keep the rules and that not every database takes: both answer alike, and by no 500 (xAPI
 * 1.0.3 Communication 3.2). PostgreSQL has no texts with U+0000 and knows years by four digits.
 */

const ACTIVITY = { activityId: 'https://example.org/activities/one' };
const AGENT = { agent: '{"mbox":"mailto:ida@example.org"}' };
const STATE = { ...ACTIVITY, ...AGENT };
const NUL = '\u0000';
const strange = JSON.stringify({ account: { homePage: 'https://example.org', name: `a${NUL}` } });
const text = attached('x');

describe.each(testDatabases)('on %s', (_, open) => {
	const store = records(open);
	const { ask } = store;

	it.each<[string, string, string, Ask, number, RegExp?]>([
		[
			'name',
			'PUT',
			'activities/state',
			{ params: { ...STATE, stateId: NUL }, body: {} },
			400,
			/^stateId /,
		],
		[
			'name',
			'GET',
			'activities/profile',
			{ params: { ...ACTIVITY, profileId: NUL } },
			400,
			/^profileId /,
		],
		[
			'account',
			'PUT',
			'activities/state',
			{ params: { ...STATE, agent: strange, stateId: 'a' }, body: {} },
			400,
			/^agent /,
		],
		['account', 'GET', 'statements', { params: { agent: strange } }, 400, /^agent /],
		['account', 'GET', 'agents', { params: { agent: strange } }, 400, /^agent /],
		['key', 'GET', 'statements', { as: { id: `a${NUL}`, secret: 'x' } }, 401],
		['secret', 'GET', 'statements', { as: { id: 'a', secret: NUL } }, 401],
		[
			'type of a part',
			'POST',
			'statements',
			multipart(statement({ attachments: [text.about] }), [
				{ ...text.part, contentType: `text/${NUL}plain` },
			]),
			400,
			/^part 2 /,
		],
	])('a %s with U+0000 is refused: %s %s', async (_what, method, resource, own, status, words) => {
		const answer = await ask(method, resource, own);
		expect(answer.status).toBe(status);
		if (words) expect(await told(answer)).toMatch(words);
	});

	it('a statement may have it in any text, and is found', async () => {
		const made = statement({
			actor: { mbox: 'mailto:ida@example.org', name: `Ida${NUL}` },
			object: { ...{ id: ACTIVITY.activityId }, definition: { name: { en: `One${NUL}` } } },
			result: { response: NUL },
		});
		expect((await ask('POST', 'statements', { body: made })).status).toBe(200);
		const found = await ask('GET', 'statements', { params: AGENT });
		expect(((await found.json()) as { statements: object[] }).statements[0]).toMatchObject(made);
		// Nobody is called that.
		expect(await (await ask('GET', 'agents', { params: AGENT })).json()).not.toHaveProperty('name');
		expect((await ask('GET', 'activities', { params: ACTIVITY })).status).toBe(200);
	});

	it.each([
		[{ since: '0000-01-01T00:00:00Z' }, true],
		[{ until: '9999-12-31T23:59:59Z' }, true],
		[{ until: '9999-12-31T23:59:59-23:00' }, true],
		[{ since: '9999-12-31T23:59:59-23:00' }, false],
		[{ until: '0000-01-01T00:00:00+01:00' }, false],
	])('the first and the last moment that can be asked for: %j', async (params, isFound) => {
		const made = statement();
		await ask('POST', 'statements', { body: made });
		const asked = params as Record<string, string>;
		expect(await idsOf(await ask('GET', 'statements', { params: asked }))).toEqual(
			isFound ? [made.id] : [],
		);
		if (!('since' in asked)) return;
		await ask('POST', 'activities/state', { params: { ...STATE, stateId: 'a' }, body: {} });
		const list = await ask('GET', 'activities/state', { params: { ...STATE, ...asked } });
		expect(await list.json()).toEqual(isFound ? ['a'] : []);
	});
});
