import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Queries } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { definitionOf, keepKnown, namesOf, newsIn } from './known.ts';
import { emptied, statement } from './testing.ts';

const ONE = 'https://example.org/activities/one';
const ida = { mbox: 'mailto:ida@example.org' };
const now = new Date('2027-02-01T08:00:00Z');

/** A transaction as PostgreSQL has it while somebody else's has not ended: it reads what was there before. */
function reading(before: object[], tx: Queries): Queries {
	const query = {
		from: () => query,
		where: () => query,
		prepare: () => ({ execute: () => Promise.resolve(before) }),
	};
	return new Proxy(tx, {
		get: (target, name) =>
			name === 'select' ? () => query : (Reflect.get(target, name) as unknown),
	});
}

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	const news = (definition: object, name: string) =>
		newsIn(db, [
			{
				received: {
					value: statement({ actor: { ...ida, name }, object: { id: ONE, definition } }),
				},
			},
		]);

	test('what is said at the same moment is kept, whichever is written first', async () => {
		const [first, second] = [
			news({ name: { en: 'One' } }, 'Ida'),
			news({ name: { da: 'En' }, moreInfo: 'https://example.org/more' }, 'Ida Holm'),
		];
		await db.tx((tx) => keepKnown(db, tx, first, now));
		await db.tx((tx) => keepKnown(db, reading([], tx), second, now));
		expect(await definitionOf(db, ONE)).toEqual({
			name: { en: 'One', da: 'En' },
			moreInfo: 'https://example.org/more',
		});
		expect(await namesOf(db, ida)).toEqual(['Ida Holm', 'Ida']);
	});

	test('what was read while others write is not taken for what is on record', async () => {
		const said = (name: string) => news({ name: { en: name } }, name);
		const old = { definition: JSON.stringify({ name: { en: 'One' } }), names: ['One'] };
		const late = said('One');
		await db.tx((tx) => keepKnown(db, tx, said('Two'), now));
		await db.tx((tx) => keepKnown(db, reading([old], tx), late, now));
		const again = said('One');
		expect(again).toMatchObject({ activities: [{ iri: ONE }], agents: [{ names: ['One'] }] });
		await db.tx((tx) => keepKnown(db, tx, again, now));
		expect(await definitionOf(db, ONE)).toEqual({ name: { en: 'One' } });
		expect(await namesOf(db, ida)).toEqual(['One', 'Two']);
	});
});
