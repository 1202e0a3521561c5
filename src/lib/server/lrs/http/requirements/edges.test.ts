import { describe, expect, it } from 'vitest';
import { testDatabases } from '../../../db/testing.ts';
import { statement } from '../../testing.ts';
import { idsOf, records } from '../testing.ts';

/*
 * Moments that keep the rules and that not every database takes: both answer alike. PostgreSQL knows
 * years by four digits.
 */

const STATE = {
	activityId: 'https://example.org/activities/one',
	agent: '{"mbox":"mailto:ida@example.org"}',
};

describe.each(testDatabases)('on %s', (_, open) => {
	const { ask } = records(open);

	it.each<[Record<string, string>, boolean]>([
		[{ since: '0000-01-01T00:00:00Z' }, true],
		[{ until: '9999-12-31T23:59:59Z' }, true],
		[{ until: '9999-12-31T23:59:59-23:00' }, true],
		[{ since: '9999-12-31T23:59:59-23:00' }, false],
		[{ until: '0000-01-01T00:00:00+01:00' }, false],
	])('the first and the last moment that can be asked for: %j', async (params, isFound) => {
		const made = statement();
		await ask('POST', 'statements', { body: made });
		expect(await idsOf(await ask('GET', 'statements', { params }))).toEqual(
			isFound ? [made.id] : [],
		);
		if (!('since' in params)) return;
		await ask('POST', 'activities/state', { params: { ...STATE, stateId: 'a' }, body: {} });
		const list = await ask('GET', 'activities/state', { params: { ...STATE, ...params } });
		expect(await list.json()).toEqual(isFound ? ['a'] : []);
	});
});
