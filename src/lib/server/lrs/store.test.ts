import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { createClient } from './clients.ts';
import { findStatement, findStatements, type Query } from './find.ts';
import { definitionOf, namesOf } from './known.ts';
import { VoidingRefused } from './references.ts';
import { StatementConflict, storeStatements, type Author } from './store.ts';
import { author, emptied, received, refTo, statement, voiding, type Made } from './testing.ts';

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	async function begun() {
		const made = (name: string) =>
			createClient(db, { name, scopes: ['all'], origins: [], ratePerMinute: 100 }, null);
		const us = author((await made('us')).id);
		const them = author((await made('them')).id);
		const put = (by: Author, ...values: Made[]) =>
			storeStatements(db, by, '1.0.3', received(values));
		const find = async (own: Partial<Query>) => {
			const { rows } = await findStatements(db, {
				terms: [],
				ascending: true,
				limit: 100,
				...own,
			});
			return rows.map(({ id }) => id);
		};
		return { us, them, put, find };
	}
	const verb = (value: string) => ({ kind: 'verb' as const, value });
	const activity = (value: string) => ({ kind: 'activity' as const, value });
	const VERB = 'https://example.org/verbs/did';
	const ONE = 'https://example.org/activities/one';

	test('a statement is kept as it came, to the last digit, with what the store sets', async () => {
		const { us } = await begun();
		const id = crypto.randomUUID();
		const text = `{ "verb":{"id":"${VERB}"},"id":"${id}",\n "actor":{"mbox":"mailto:a@example.org"},"object":{"id":"${ONE}"},"result":{"extensions":{"https://example.org/x":1.2300000000000000001e2}} }`;
		const now = new Date('2027-02-01T08:00:00.123Z');
		await storeStatements(db, us, '1.0.3', [{ text, value: JSON.parse(text) }], { now: () => now });
		const { body } = (await findStatement(db, id))!;
		expect(body.startsWith(text.slice(0, -2))).toBe(true);
		expect(JSON.parse(body)).toMatchObject({
			stored: now.toISOString(),
			timestamp: now.toISOString(),
			version: '1.0.0',
			authority: us.authority,
		});
	});

	test('an activity that stands alone becomes a list of one; nothing else changes', async () => {
		const { us, put } = await begun();
		const lone = { contextActivities: { parent: { id: ONE }, other: [{ id: ONE }] } };
		const made = statement({ context: lone });
		await put(us, made);
		const { body } = (await findStatement(db, made.id))!;
		expect(JSON.parse(body).context).toEqual({
			contextActivities: { parent: [{ id: ONE }], other: [{ id: ONE }] },
		});
	});

	test('the same statement again changes nothing, another one with its id is refused', async () => {
		const { us, put, find } = await begun();
		const made = statement();
		await put(us, made);
		const before = await findStatement(db, made.id);
		expect(await put(us, made)).toEqual([made.id]);
		expect(await findStatement(db, made.id)).toEqual(before);
		const other = statement({ id: made.id, verb: { id: 'https://example.org/verbs/other' } });
		const beside = statement();
		await expect(put(us, beside, other)).rejects.toThrow(StatementConflict);
		// All or nothing: the one beside it is not there either.
		expect(await find({})).toEqual([made.id]);
		expect(await findStatement(db, made.id)).toEqual(before);
	});

	test('every filter finds what it should, alone and together', async () => {
		const { us, them, put, find } = await begun();
		const registration = crypto.randomUUID();
		const [first, second, third] = [
			statement(),
			statement({ verb: { id: 'https://example.org/verbs/other' }, context: { registration } }),
			statement({ object: { id: 'https://example.org/activities/two' } }),
		];
		await put(us, first, second);
		await put(them, third);
		expect(await find({})).toEqual([first.id, second.id, third.id]);
		expect(await find({ ascending: false })).toEqual([third.id, second.id, first.id]);
		expect(await find({ terms: [verb(VERB)] })).toEqual([first.id, third.id]);
		expect(await find({ terms: [activity(ONE)] })).toEqual([first.id, second.id]);
		expect(await find({ terms: [verb(VERB), activity(ONE)] })).toEqual([first.id]);
		expect(await find({ terms: [{ kind: 'registration', value: registration }] })).toEqual([
			second.id,
		]);
		expect(await find({ terms: [{ kind: 'client', value: them.clientId }] })).toEqual([third.id]);
		expect(
			await find({ terms: [{ kind: 'agent', value: 'mbox:mailto:ida@example.org' }] }),
		).toEqual([first.id, second.id, third.id]);
	});

	test('what is looked for broadly comes once and in order, wherever it stands', async () => {
		const { us, put, find } = await begun();
		const ida = { objectType: 'Agent', mbox: 'mailto:ida@example.org' };
		const bo = { objectType: 'Agent', mbox: 'mailto:bo@example.org' };
		const [acts, leads, both, neither] = [
			statement({ actor: bo }),
			statement({ context: { instructor: bo } }),
			statement({ actor: bo, context: { instructor: bo, team: { ...bo, objectType: 'Group' } } }),
			statement({ actor: ida }),
		];
		const all = [acts, leads, both].map(({ id }) => id);
		await put(us, acts, leads, neither, both);
		const broad = { kind: 'agent-related' as const, value: 'mbox:mailto:bo@example.org' };
		expect(await find({ terms: [broad] })).toEqual(all);
		expect(await find({ terms: [broad], ascending: false })).toEqual(all.toReversed());
		expect(await find({ terms: [broad, verb(VERB)] })).toEqual(all);
		expect(await find({ terms: [{ ...broad, kind: 'agent' }] })).toEqual([acts.id, both.id]);
		for (const ascending of [true, false]) {
			const paged: string[] = [];
			for (let after: number | undefined; ;) {
				const query = { terms: [broad], ascending, limit: 1, after };
				const { rows, next } = await findStatements(db, query);
				paged.push(...rows.map(({ id }) => id));
				if (next === undefined) break;
				after = next;
			}
			expect(paged).toEqual(ascending ? all : all.toReversed());
		}
	});

	test('of two terms together the one that finds less is followed, however many there are', async () => {
		const { us, put, find } = await begun();
		const often = Array.from({ length: 300 }, () => statement());
		await put(us, ...often);
		const rare = Array.from({ length: 250 }, (_, at) =>
			statement({
				object: { id: 'https://example.org/activities/rare' },
				...(at % 2 ? { verb: { id: 'https://example.org/verbs/other' } } : {}),
			}),
		);
		await put(us, ...rare);
		const wanted = rare
			.filter((one) => (one.verb as { id: string }).id === VERB)
			.map(({ id }) => id);
		const terms = [verb(VERB), activity('https://example.org/activities/rare')];
		expect(await find({ terms, limit: 500 })).toEqual(wanted);
		expect(await find({ terms: terms.toReversed(), limit: 500 })).toEqual(wanted);
	});

	test('pages follow each other without a gap, while more is stored', async () => {
		const { us, put } = await begun();
		const all = Array.from({ length: 130 }, () => statement());
		await put(us, ...all);
		const seen: string[] = [];
		let after: number | undefined;
		do {
			const page = await findStatements(db, {
				terms: [verb(VERB)],
				ascending: false,
				limit: 40,
				after,
			});
			seen.push(...page.rows.map(({ id }) => id));
			after = page.next;
			await put(us, statement());
		} while (after !== undefined);
		expect(seen).toEqual(all.map(({ id }) => id).reverse());
	});

	test('since leaves out its moment, until takes it in', async () => {
		const { us, find } = await begun();
		const at = (minute: number) => new Date(Date.UTC(2027, 1, 1, 8, minute));
		const made = [statement(), statement(), statement()];
		for (const [index, one] of made.entries())
			await storeStatements(db, us, '1.0.3', received([one]), { now: () => at(index * 5) });
		const ids = made.map(({ id }) => id);
		for (const terms of [[], [verb(VERB)]]) {
			expect(await find({ terms, since: at(0) })).toEqual(ids.slice(1));
			expect(await find({ terms, until: at(5) })).toEqual(ids.slice(0, 2));
			expect(await find({ terms, since: at(0), until: at(5) })).toEqual([ids[1]]);
		}
	});

	test('what refers to a statement is found by what finds it, in either order and through others', async () => {
		const { us, put, find } = await begun();
		const target = statement();
		const other = { id: 'https://example.org/verbs/commented' };
		const near = statement({ verb: other, object: refTo(target.id) });
		const far = statement({ verb: other, object: refTo(near.id) });
		await put(us, far);
		await put(us, near);
		expect(await find({ terms: [activity(ONE)] })).toEqual([]);
		await put(us, target);
		expect(await find({ terms: [activity(ONE)] })).toEqual([far.id, near.id, target.id]);
		const late = statement({ verb: other, object: refTo(far.id) });
		await put(us, late);
		expect(await find({ terms: [activity(ONE)] })).toContain(late.id);
		// Both in one: the statement that has the verb has not the activity.
		expect(await find({ terms: [activity(ONE), verb(other.id)] })).toEqual([]);
		expect(await find({ terms: [activity(ONE), verb(VERB)] })).toEqual([
			far.id,
			near.id,
			target.id,
			late.id,
		]);
	});

	test('one that stands between two that come together hands on what it has', async () => {
		const { us, put, find } = await begun();
		const other = { id: 'https://example.org/verbs/commented' };
		const [below, above] = [statement({ verb: other }), crypto.randomUUID()];
		const between = statement({ object: refTo(below.id) });
		await put(us, between);
		await put(us, statement({ id: above, verb: other, object: refTo(between.id) }), below);
		expect(await find({ terms: [verb(VERB)] })).toEqual([between.id, above]);
		expect(await find({ terms: [activity(ONE)] })).toEqual([between.id, above, below.id]);
	});

	test('two that refer to each other are found by each other, also when one comes later', async () => {
		const { us, put, find } = await begun();
		const other = { id: 'https://example.org/verbs/commented' };
		const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
		await put(us, statement({ id: first, object: refTo(second) }));
		await put(us, statement({ id: second, verb: other, object: refTo(first) }));
		expect(await find({ terms: [verb(VERB)] })).toEqual([first, second]);
		expect(await find({ terms: [verb(other.id)] })).toEqual([first, second]);
	});

	test('two statements that refer to each other end the search', async () => {
		const { us, put, find } = await begun();
		const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
		await put(us, statement({ id: a, object: refTo(b) }), statement({ id: b, object: refTo(a) }));
		expect(await find({ terms: [verb(VERB)] })).toEqual([a, b]);
	});

	test('a voided statement is hidden, what voids it is found by what it says', async () => {
		const { us, put, find } = await begun();
		const target = statement();
		const voids = voiding(target.id);
		await put(us, target);
		await put(us, voids);
		expect(await find({})).toEqual([voids.id]);
		expect(await find({ terms: [activity(ONE)] })).toEqual([voids.id]);
		expect((await findStatement(db, target.id))!.isVoided).toBe(true);
		// What voids is never voided itself.
		await put(us, voiding(voids.id));
		expect((await findStatement(db, voids.id))!.isVoided).toBe(false);
	});

	test('a statement that was voided before it came is hidden at once', async () => {
		const { us, put, find } = await begun();
		const target = statement();
		const voids = voiding(target.id);
		await put(us, voids);
		await put(us, target);
		expect(await find({ terms: [activity(ONE)] })).toEqual([voids.id]);
		const both = statement();
		await put(us, voiding(both.id), both);
		expect(await find({})).not.toContain(both.id);
	});

	test('nobody voids what others wrote, unless they may', async () => {
		const { us, them, put, find } = await begun();
		const target = statement();
		await put(us, target);
		await expect(put(them, statement(), voiding(target.id))).rejects.toThrow(VoidingRefused);
		expect(await find({})).toEqual([target.id]);
		const late = statement();
		await put(them, voiding(late.id));
		await put(us, late);
		expect((await findStatement(db, late.id))!.isVoided).toBe(false);
		await put({ ...them, mayVoidAny: true }, voiding(target.id));
		expect((await findStatement(db, target.id))!.isVoided).toBe(true);
	});

	test('what is said of activities and agents is known from then on', async () => {
		const { us, put } = await begun();
		const object = (definition: object) => ({ object: { id: ONE, definition } });
		await put(us, statement(object({ name: { en: 'One' }, type: 'https://example.org/a' })));
		await put(us, statement(object({ name: { da: 'En' }, type: 'https://example.org/b' })));
		expect(await definitionOf(db, ONE)).toEqual({
			name: { en: 'One', da: 'En' },
			type: 'https://example.org/b',
		});
		await put({ ...us, mayDefine: false }, statement(object({ name: { en: 'Wrong' } })));
		expect(await definitionOf(db, ONE)).toMatchObject({ name: { en: 'One' } });
		const agent = { mbox: 'mailto:ida@example.org' };
		for (const name of ['Ida', 'Ida', 'Ida B.', 'Ida'])
			await put(us, statement({ actor: { ...agent, name } }));
		expect(await namesOf(db, agent)).toEqual(['Ida', 'Ida B.']);
	});

	test('of two that arrive together with one id, the same is stored once, another one refused', async () => {
		const { us, put, find } = await begun();
		const made = statement();
		expect(await Promise.all([put(us, made), put(us, made)])).toEqual([[made.id], [made.id]]);
		expect(await find({})).toEqual([made.id]);
		const id = crypto.randomUUID();
		const others = [0, 1].map((n) => statement({ id, actor: { mbox: `mailto:${n}@example.org` } }));
		const answers = await Promise.allSettled(others.map((one) => put(us, one, statement())));
		expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		const refused = answers.find((one) => one.status === 'rejected')!;
		expect(refused.reason).toBeInstanceOf(StatementConflict);
		expect(await find({})).toHaveLength(3);
	});

	test('statements that arrive together are all there, in the order of storing', async () => {
		const { us, put, find } = await begun();
		const all = Array.from({ length: 40 }, () => statement());
		await Promise.all(all.map((one) => put(us, one)));
		expect((await find({})).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
		const { statements } = db.tables;
		const [row] = await db.read.select().from(statements).where(eq(statements.id, all[0]!.id));
		expect(row).toMatchObject({ userId: null, course: '', detail: '', clientId: us.clientId });
	});
});
