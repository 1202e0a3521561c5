import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import {
	deleteDocument,
	deleteShelf,
	listDocuments,
	mergeDocument,
	NotMergeable,
	putDocument,
	readDocument,
	type Name,
	type Precondition,
} from './documents.ts';
import { emptied } from './testing.ts';

const NAME: Name = {
	kind: 'state',
	activity: 'https://example.org/a',
	agent: { mbox: 'mailto:ida@example.org' },
	name: 'bookmark',
};
const FREE: Precondition = { mustSay: 'never' };
const json = (value: unknown) => ({
	contentType: 'application/json',
	content: Buffer.from(JSON.stringify(value)),
});

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterEach(() => emptied(db));
	afterAll(() => db.close());
	const etag = async () => (await readDocument(db, NAME))!.etag;
	const text = async (name = NAME) => (await readDocument(db, name))?.content.toString();

	test('a document comes back byte for byte, with its type and the hash of its content', async () => {
		const content = Buffer.from(Array.from({ length: 256 }, (_byte, at) => at));
		await putDocument(db, NAME, { contentType: 'image/png', content }, FREE);
		const found = (await readDocument(db, NAME))!;
		expect(found.content.equals(content)).toBe(true);
		expect(found).toMatchObject({
			contentType: 'image/png',
			etag: '4916d6bdb7f78e6803698cab32d1586ea457dfc8',
		});
		// Named by whom it is about, however that is written.
		const agent = { name: 'Ida', objectType: 'Agent', mbox: 'mailto:ida@EXAMPLE.org' };
		expect(await readDocument(db, { ...NAME, agent })).toEqual(found);
		expect(await readDocument(db, { ...NAME, kind: 'activity-profile' })).toBeUndefined();
	});

	test('who replaces a document says which one, where it must be said', async () => {
		const put = (precondition: Precondition, value = {}) =>
			putDocument(db, NAME, json(value), precondition);
		await expect(put({ mustSay: 'always' })).rejects.toMatchObject({ status: 400 });
		await put({ mustSay: 'old' }, { first: 1 });
		await expect(put({ mustSay: 'old' })).rejects.toMatchObject({ status: 409 });
		await expect(put({ mustSay: 'always' })).rejects.toMatchObject({ status: 409 });
		await expect(put({ mustSay: 'old', match: ['other'] })).rejects.toMatchObject({ status: 412 });
		await expect(put({ mustSay: 'old', noneMatch: ['*'] })).rejects.toMatchObject({ status: 412 });
		expect(await text()).toBe('{"first":1}');
		await put({ mustSay: 'old', match: [await etag()] }, { second: 2 });
		expect(await text()).toBe('{"second":2}');
		await put(FREE, { third: 3 });
		expect(await text()).toBe('{"third":3}');
	});

	test('of two who replace the same version, one is told', async () => {
		await putDocument(db, NAME, json({}), FREE);
		const match = [await etag()];
		const both = await Promise.allSettled(
			['a', 'b'].map((who) => putDocument(db, NAME, json({ who }), { mustSay: 'old', match })),
		);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	});

	test('JSON objects are merged member by member, nothing else is', async () => {
		const merge = (what: ReturnType<typeof json>, precondition = FREE) =>
			mergeDocument(db, NAME, what, precondition);
		await merge(json({ a: 1, b: { c: 1 } }));
		await merge(json({ b: { d: 2 }, e: 3 }));
		expect(JSON.parse((await text())!)).toEqual({ a: 1, b: { d: 2 }, e: 3 });
		await expect(merge(json([1]))).rejects.toThrow(NotMergeable);
		await expect(merge({ contentType: 'text/plain', content: Buffer.from('x') })).rejects.toThrow(
			NotMergeable,
		);
		await expect(merge(json({}), { ...FREE, match: ['other'] })).rejects.toMatchObject({
			status: 412,
		});
		expect(JSON.parse((await text())!)).toEqual({ a: 1, b: { d: 2 }, e: 3 });
	});

	test('lists know registrations and since when; all of them go at once', async () => {
		const registration = crypto.randomUUID();
		const at = (minute: number) => new Date(Date.UTC(2027, 1, 1, 8, minute));
		const put = (own: Partial<Name>, minute: number) =>
			putDocument(db, { ...NAME, ...own }, json({}), FREE, at(minute));
		await put({ name: 'one' }, 0);
		await put({ name: 'two', registration }, 1);
		await put({ name: 'elsewhere', activity: 'https://example.org/b' }, 2);
		const names = async (own: Partial<Name> = {}, since?: Date) =>
			(await listDocuments(db, { ...NAME, ...own }, since)).map(({ name }) => name);
		expect(await names()).toEqual(['one', 'two']);
		expect(await names({ registration })).toEqual(['two']);
		expect(await names({}, at(0))).toEqual(['two']);
		await deleteShelf(db, { ...NAME, registration });
		expect(await names()).toEqual(['one']);
		await deleteShelf(db, NAME);
		expect(await names()).toEqual([]);
		expect(await names({ activity: 'https://example.org/b' })).toEqual(['elsewhere']);
	});

	test('a name that several registrations have stands where the latest of them does', async () => {
		const at = (minute: number) => new Date(Date.UTC(2027, 1, 1, 8, minute));
		const put = (own: Partial<Name>, minute: number) =>
			putDocument(db, { ...NAME, ...own }, json({}), FREE, at(minute));
		await put({ name: 'one' }, 0);
		await put({ name: 'two' }, 5);
		await put({ name: 'one', registration: crypto.randomUUID() }, 10);
		expect(await listDocuments(db, NAME, undefined)).toEqual([
			{ name: 'two', updatedAt: at(5) },
			{ name: 'one', updatedAt: at(10) },
		]);
	});

	test('a document is deleted by who knows it, and twice does no harm', async () => {
		await putDocument(db, NAME, json({}), FREE);
		await expect(deleteDocument(db, NAME, { ...FREE, match: ['other'] })).rejects.toMatchObject({
			status: 412,
		});
		await deleteDocument(db, NAME, { ...FREE, match: [await etag()] });
		await deleteDocument(db, NAME, FREE);
		expect(await readDocument(db, NAME)).toBeUndefined();
	});
});
