import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCourse } from '../../../../authoring/loader.ts';
import { everything } from '../../../../../tests/support/everything.ts';
import { makeWorld, type World } from '../../../../../tests/support/world.ts';
import type { Database } from '../../db/database.ts';
import { testDatabases } from '../../db/testing.ts';
import { store } from '../../learning/events.ts';
import { createClient } from '../clients.ts';
import { storeStatements, type Author } from '../store.ts';
import { browse, STATEMENTS_A_PAGE } from './page.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const START = 60_000;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const ID = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
const REGISTRATION = '1f0f1a6e-1f0b-4c7e-8a11-111111111111';
const KIM = { name: 'Kim Sørensen', mbox: 'mailto:kim@example.org' };
const DRILL = { id: 'https://example.org/drill', definition: { name: { en: 'Drill' } } };

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	let author: Author;
	const put = (...statements: Record<string, unknown>[]) =>
		storeStatements(
			db,
			author,
			'1.0.3',
			statements.map((value) => ({ value, text: JSON.stringify(value) })),
		);
	const ask = (params: Record<string, string> = {}) =>
		browse(db, new URLSearchParams(params), 'da');
	const sentences = async (params: Record<string, string>) =>
		(await ask(params)).statements.map(({ who, did, what }) => `${who} ${did} ${what}`);

	beforeAll(async () => {
		db = await open();
		world = await makeWorld(db, course.id);
		const form = { name: 'LMS', scopes: ['all' as const], origins: [], ratePerMinute: 100 };
		const { id: clientId } = await createClient(db, form, world.ids.administrator);
		author = {
			clientId,
			authority: { mbox: 'mailto:lms@example.org' },
			mayVoidAny: true,
			mayDefine: true,
		};
		const events = everything(course).map((event) => ({ course, event }));
		await db.tx((tx) => store(db, tx, world.ids.member, events, new Date('2026-03-01T12:00:00Z')));
		await put({
			id: ID,
			actor: KIM,
			verb: { id: 'http://adlnet.gov/expapi/verbs/attended', display: { en: 'attended' } },
			object: DRILL,
			context: { registration: REGISTRATION },
			timestamp: '2026-02-28T09:00:00+01:00',
		});
		const object = { objectType: 'StatementRef', id: ID };
		await put({ actor: KIM, verb: { id: VOIDED }, object });
	}, START);
	afterAll(() => db.close());

	it('shows the latest first, voided ones too, each as a sentence in the language of the page', async () => {
		const { statements, next, clients } = await ask({ client: author.clientId });
		expect(next).toBeNull();
		expect(clients).toEqual([{ id: author.clientId, name: 'LMS' }]);
		expect(statements).toMatchObject([
			{ who: 'Kim Sørensen', did: 'trak tilbage:', what: 'udsagnet 6690e6c9…', isVoided: false },
			{
				id: ID,
				who: 'Kim Sørensen',
				did: 'deltog i',
				what: 'Drill',
				isVoided: true,
				client: 'LMS',
			},
		]);
		expect(statements[1]!.at).toEqual(new Date('2026-02-28T08:00:00Z'));
		expect(statements[0]!.like.id).toBe(ID);
		expect(JSON.parse(statements[1]!.text!)).toMatchObject({ id: ID, authority: author.authority });
	});

	it('leaves those who have an account here without a name, but for whom one looks for', async () => {
		const all = await ask();
		const own = all.statements.filter(({ client }) => client === null);
		expect(own.length).toBeGreaterThan(0);
		const number = `deltager ${world.ids.member.slice(0, 8)}`;
		expect(new Set(own.map(({ who }) => who))).toEqual(new Set([number]));
		expect(all.person).toBeNull();
		const member = await ask({ agent: own[0]!.like.agent });
		expect(member.person).toBe(world.ids.member);
		expect(new Set(member.statements.map(({ who }) => who))).toEqual(new Set(['member']));
	});

	it('turns the page, without leaving one out', async () => {
		const seen: string[] = [];
		let after = '';
		for (;;) {
			const { statements, next } = await ask(after ? { after } : {});
			expect(statements.length).toBeLessThanOrEqual(STATEMENTS_A_PAGE);
			seen.push(...statements.map(({ id }) => id));
			if (next === null) break;
			after = String(next);
		}
		const { statements } = db.tables;
		const rows = await db.read.select({ id: statements.id }).from(statements);
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen.sort()).toEqual(rows.map(({ id }) => id).sort());
	});

	it.each([
		['person', { person: 'kim@example.org' }],
		['person as JSON', { person: '{"mbox":"mailto:kim@EXAMPLE.org"}' }],
		['agent', { agent: 'mbox:mailto:kim@example.org' }],
		['verb', { verb: 'http://adlnet.gov/expapi/verbs/attended' }],
		['activity', { activity: DRILL.id }],
		['registration', { registration: REGISTRATION.toUpperCase() }],
		['id', { id: ID }],
	])('finds by %s', async (_name, params) => {
		expect(await sentences(params)).toContain('Kim Sørensen deltog i Drill');
		expect((await sentences(params)).some((one) => one.startsWith('member'))).toBe(false);
	});

	it('says what was chosen as the statements say it, not those that only refer to them', async () => {
		const { chosen } = await ask({
			verb: 'http://adlnet.gov/expapi/verbs/attended',
			activity: DRILL.id,
		});
		expect(chosen).toEqual([
			{ name: 'verb', words: 'deltog i' },
			{ name: 'activity', words: 'Drill' },
		]);
	});

	it('finds somebody by name, and asks where several have it', async () => {
		const one = await ask({ person: 'administrator' });
		expect(one).toMatchObject({ choices: [], statements: [] });
		expect(one.chosen.map(({ words }) => words)).toEqual([
			`administrator (administrator-${world.ids.administrator}@example.org)`,
		]);
		const many = await ask({ person: 'example.org' });
		expect(many.choices.length).toBeGreaterThan(5);
		expect(many.statements).toEqual([]);
		const choice = many.choices.find(({ name }) => name.startsWith('member'))!;
		const { statements, chosen } = await ask({ agent: choice.agent });
		expect(statements.length).toBeGreaterThan(0);
		expect(chosen).toEqual([{ name: 'agent', words: 'member' }]);
	});

	it('finds by the days of storing, the last included', async () => {
		const today = new Date();
		const day = (later: number) => {
			const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + later);
			const [month, dayOfMonth] = [date.getMonth() + 1, date.getDate()];
			return [date.getFullYear(), month, dayOfMonth]
				.map((n) => String(n).padStart(2, '0'))
				.join('-');
		};
		const client = author.clientId;
		expect((await ask({ client, from: day(0), to: day(0) })).statements).toHaveLength(2);
		expect((await ask({ client, from: day(1) })).statements).toHaveLength(0);
		expect((await ask({ client, to: day(-1) })).statements).toHaveLength(0);
	});

	it.each([
		['person', 'nobody of that name'],
		['person', '{"mbox":"kim"}'],
		['person', '{"mbox"'],
		['verb', 'attended'],
		['activity', 'drill'],
		['registration', '123'],
		['id', 'x'],
		['from', '2027-02-31x'],
		['to', 'today'],
	])('says what is wrong with %s: %j, and keeps what was typed', async (name, value) => {
		const { errors, values, statements } = await ask({ [name]: value });
		expect(Object.keys(errors)).toEqual([name]);
		expect(values).toEqual({ [name]: value });
		expect(statements).toEqual([]);
	});

	it('leaves out the JSON of a statement that is too large for a page, and says how large', async () => {
		const id = '6690e6c9-3ef0-4ed3-8b37-000000000000';
		const result = { response: 'x'.repeat(200 * 1024) };
		await put({ id, actor: KIM, verb: { id: VOIDED }, object: DRILL, result });
		const [large] = (await ask({ id })).statements;
		expect(large).toMatchObject({ text: null, kilobytes: 200 });
		expect(JSON.stringify(large).length).toBeLessThan(5_000);
	});
});
