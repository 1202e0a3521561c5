import { asc, count, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Statement } from '#lib/xapi/statement.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { startLrs, type Fate } from '../../../../tests/support/lrs.ts';
import { signIn } from '../auth/accounts.ts';
import { hashPassword } from '../auth/password.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { receive, store } from '../learning/events.ts';
import { secretBox } from '../secret-box.ts';
import {
	addDestination,
	listDestinations,
	pauseDestination,
	refusedBy,
	removeDestination,
	resend,
	type DestinationForm,
} from './destinations.ts';
import { forwarder } from './forward.ts';
import { sendStatements, type Sent } from './lrs.ts';
import { endVisits } from './record.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const courses = (id: string) => (id === 'tiny' ? tiny : undefined);
const box = secretBox('a key of at least thirty-two characters');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function opened(open: () => Promise<Database>): Promise<Database> {
	const db = await open();
	cleanups.push(() => db.close());
	await db.tx((tx) =>
		tx.insert(db.tables.users).values({
			id: 'p',
			name: 'P',
			role: 'learner',
			isGuest: false,
			language: 'da',
			createdAt: new Date(),
		}),
	);
	return db;
}

async function bodies(db: Database): Promise<Statement[]> {
	const { statements } = db.tables;
	const rows = await db.read.select().from(statements).orderBy(asc(statements.seq));
	return rows.map(({ body }) => JSON.parse(body) as Statement);
}

const verbs = (all: Statement[]) => all.map(({ verb }) => verb.id.split('/').at(-1));
const rowsOf = (events: LearnerEvent[]) => events.map((event) => ({ course: tiny, event }));
/** Stores events as they come, a transaction each. */
async function happen(db: Database, events: LearnerEvent[], user = 'p'): Promise<void> {
	for (const event of events)
		await db.tx((tx) => store(db, tx, user, rowsOf([event]), new Date(event.at)));
}

describe.each(testDatabases)('on %s', (_, open) => {
	test('what is to be told is stored with the event, once', async () => {
		const db = await opened(open);
		const [event] = everything(tiny);
		const send = () => receive(db, courses, { id: 'p' }, { learner: 'p', events: [event!] }, 'da');
		await send();
		const first = await bodies(db);
		expect(verbs(first)).toContain('initialized');
		expect(first[0]!.actor.account).toEqual({
			homePage: 'https://w3id.org/rygsamtalen',
			name: 'p',
		});
		await send();
		expect(await bodies(db)).toEqual(first);
	});

	test('a whole course is told from standings as it is from the events themselves', async () => {
		const db = await opened(open);
		const events = everything(tiny);
		await happen(db, events);
		const told = await bodies(db);
		expect(verbs(told).filter((verb) => verb === 'completed').length).toBeGreaterThan(2);
		// Nothing of it is told twice, and the course is completed once.
		expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
		const done = told.filter(
			({ verb, object }) => /completed$/.test(verb.id) && /courses\/tiny$/.test(object.id),
		);
		expect(done).toHaveLength(1);
	});

	test('an event that comes late is counted where it belongs', async () => {
		const db = await opened(open);
		const events = everything(tiny).filter(({ lesson }) => lesson === 'hello');
		const [late] = events.splice(3, 1);
		await happen(db, [...events, late!]);
		const { lessonStandings } = db.tables;
		const [row] = await db.read.select().from(lessonStandings);
		expect(row!.lastAt).toBe(events.at(-1)!.at);
		const inOrder = await opened(open);
		await happen(
			inOrder,
			[...events, late!].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
		);
		const [same] = await inOrder.read.select().from(lessonStandings);
		expect(row!.progress).toEqual(same!.progress);
	});

	test('a visit ends when nothing happens any more', async () => {
		const db = await opened(open);
		const [event] = everything(tiny);
		await happen(db, [event!]);
		const later = (minutes: number) => new Date(Date.parse(event!.at) + minutes * 60_000);
		expect(await endVisits(db, courses, later(29))).toBe(0);
		expect(await endVisits(db, courses, later(31))).toBe(1);
		expect(verbs(await bodies(db)).slice(-2)).toEqual(['terminated', 'terminated']);
		expect(await endVisits(db, courses, later(90))).toBe(0);
	});

	test('statements that a destination is to have go into its outbox, and from there to it', async () => {
		const db = await opened(open);
		const lrs = await startLrs();
		cleanups.push(lrs.close);
		await addDestination(db, box, form(lrs.endpoint, { detail: 'results' }));
		await addDestination(db, box, form(lrs.endpoint, { detail: 'full' }));
		await happen(db, everything(tiny));
		const [few, all] = await listDestinations(db);
		expect(few!.waiting).toBeGreaterThan(0);
		expect(few!.waiting).toBeLessThan(all!.waiting);
		await forwarder({ db, box, mayBeInner: true }).once();
		expect(lrs.stored.size).toBe(all!.waiting);
		expect((await listDestinations(db)).map(({ waiting }) => waiting)).toEqual([0, 0]);
		expect((await listDestinations(db)).every(({ lastSentAt }) => lastSentAt)).toBe(true);
		expect(lrs.headers[0]).toMatchObject({
			'x-experience-api-version': '1.0.3',
			authorization: `Basic ${Buffer.from('key:secret').toString('base64')}`,
		});
	});
});

function form(endpoint: string, own: Partial<DestinationForm> = {}): DestinationForm {
	return {
		name: 'LRS',
		endpoint,
		version: '1.0.3',
		detail: 'full',
		credentials: { kind: 'basic', key: 'key', secret: 'secret' },
		...own,
	};
}

async function withWaiting(own: Partial<DestinationForm> = {}, endpoint = 'https://lrs.example/') {
	const db = await opened(openTestSqlite);
	const id = await addDestination(db, box, form(endpoint, own));
	await happen(db, everything(tiny));
	const [state] = await listDestinations(db);
	return { db, id, waiting: state!.waiting };
}

describe('forwarding', () => {
	test('through a store that fails at random nothing is lost, doubled or out of order', async () => {
		const fates: Fate[] = ['well', 'lost-before', 'lost-after', 'busy', 'broken'];
		let seed = 7;
		const chance = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
		const lrs = await startLrs(() => fates[Math.floor(chance() * fates.length)]!);
		cleanups.push(lrs.close);
		const { db, waiting } = await withWaiting({}, lrs.endpoint);
		const sending = forwarder({ db, box, mayBeInner: true, backoff: () => 0 });
		for (let round = 0; round < 200 && lrs.stored.size < waiting; round++) await sending.once();
		for (let round = 0; round < 50; round++) await sending.once();
		const told = await bodies(db);
		expect(lrs.order.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
		expect(lrs.conflicts).toBe(0);
		expect((await listDestinations(db))[0]).toMatchObject({ waiting: 0, refused: 0 });
	});

	test('what a store does not take waits for a person, and the rest goes on', async () => {
		let isStrict = true;
		const lrs = await startLrs(
			() => 'well',
			({ verb }) => isStrict && /passed$/.test(verb.id),
		);
		cleanups.push(lrs.close);
		const { db, id, waiting } = await withWaiting({}, lrs.endpoint);
		const sending = forwarder({ db, box, mayBeInner: true });
		await sending.once();
		const [state] = await listDestinations(db);
		expect(state!.waiting).toBe(0);
		expect(state!.refused).toBeGreaterThan(0);
		expect(lrs.stored.size).toBe(waiting - state!.refused);
		const [one] = await refusedBy(db, id);
		expect(one!.reason).toBe(`400: not ${one!.id}`);

		isStrict = false;
		await resend(db, id, null);
		await sending.once();
		expect(lrs.stored.size).toBe(waiting);
		expect((await listDestinations(db))[0]).toMatchObject({ waiting: 0, refused: 0 });
	});

	test('a store that takes nothing at all is in trouble; its statements are not to blame', async () => {
		const { db } = await withWaiting();
		const send = async (): Promise<Sent> => ({ kind: 'refused', reason: '400: no such version' });
		await forwarder({ db, box, send }).once();
		expect((await listDestinations(db))[0]).toMatchObject({
			refused: 0,
			failures: 1,
			trouble: '400: no such version',
		});
	});

	test('failures are tried again ever more seldom, and not before the store asks for it', async () => {
		const { db } = await withWaiting();
		const calls: number[] = [];
		const send = async (): Promise<Sent> => {
			calls.push(Date.now());
			return { kind: 'trouble', reason: '503', after: 60_000 };
		};
		const sending = forwarder({ db, box, send, backoff: () => 1 });
		await sending.once();
		await sending.once();
		expect(calls).toHaveLength(1);
		const [{ retryAt, failures } = {}] = await listDestinations(db);
		expect(failures).toBe(1);
		expect(retryAt!.getTime()).toBeGreaterThan(Date.now() + 50_000);
	});

	test('too much at once is sent in smaller parts', async () => {
		const { db, waiting } = await withWaiting();
		const sizes: number[] = [];
		const send = async (_: unknown, all: string[]): Promise<Sent> => {
			sizes.push(all.length);
			return all.length > 10 ? { kind: 'too-large' } : { kind: 'stored' };
		};
		expect(await forwarder({ db, box, send }).once()).toBe(waiting);
		expect(Math.max(...sizes)).toBeGreaterThan(10);
	});

	test('two servers do not send the same at the same time', async () => {
		const { db, waiting } = await withWaiting();
		const got: string[] = [];
		const send = async (_: unknown, all: string[]): Promise<Sent> => {
			await new Promise((done) => setTimeout(done, 20));
			got.push(...all);
			return { kind: 'stored' };
		};
		const both = [forwarder({ db, box, send }), forwarder({ db, box, send })];
		await Promise.all(both.map((one) => one.once()));
		expect(got).toHaveLength(waiting);
	});

	test('a paused destination waits, and one that is taken away leaves nothing behind', async () => {
		const { db, id, waiting } = await withWaiting();
		const send = async (): Promise<Sent> => ({ kind: 'stored' });
		await pauseDestination(db, id, true, null);
		expect(await forwarder({ db, box, send }).once()).toBe(0);
		await pauseDestination(db, id, false, null);
		expect(await forwarder({ db, box, send }).once()).toBe(waiting);
		await removeDestination(db, id, null);
		const [{ left } = {}] = await db.read.select({ left: count() }).from(db.tables.outbox);
		expect(left).toBe(0);
	});

	test('signs in by OAuth where it is asked to, with one token for many requests', async () => {
		const lrs = await startLrs();
		cleanups.push(lrs.close);
		const { db } = await withWaiting(
			{
				credentials: {
					kind: 'oauth',
					tokenUrl: `${lrs.origin}/token`,
					clientId: 'us',
					clientSecret: 'secret',
				},
				version: '2.0.0',
			},
			lrs.endpoint,
		);
		await forwarder({ db, box, mayBeInner: true }).once();
		const signs = lrs.headers.map(({ authorization }) => String(authorization).split(' ')[0]);
		expect(signs[0]).toBe('Basic');
		expect(new Set(signs.slice(1))).toEqual(new Set(['Bearer']));
	});

	test('clients of one store do not get each other’s tokens', async () => {
		const lrs = await startLrs();
		cleanups.push(lrs.close);
		for (const clientId of ['us', 'them'])
			await sendStatements(
				{
					endpoint: lrs.endpoint,
					version: '1.0.3',
					mayBeInner: true,
					credentials: {
						kind: 'oauth',
						tokenUrl: `${lrs.origin}/token`,
						clientId,
						clientSecret: 'x',
					},
				},
				[],
			);
		const bearers = lrs.headers
			.map(({ authorization }) => String(authorization))
			.filter((one) => one.startsWith('Bearer'));
		expect(new Set(bearers).size).toBe(2);
	});

	test('an address of the inner network is refused unless the operator named it', async () => {
		const lrs = await startLrs();
		cleanups.push(lrs.close);
		const { db } = await withWaiting({}, lrs.endpoint);
		await forwarder({ db, box }).once();
		expect(lrs.requests).toBe(0);
		expect((await listDestinations(db))[0]!.trouble).toMatch(/127\.0\.0\.1 is an address of the/);
	});

	test('credentials are stored so that the database alone does not tell them', async () => {
		const { db } = await withWaiting();
		const [row] = await db.read.select().from(db.tables.destinations);
		expect(JSON.stringify(row)).not.toMatch(/secret"|"key"/);
		const other = forwarder({
			db,
			box: secretBox('another key'),
			send: async () => ({ kind: 'stored' }),
		});
		expect(await other.once()).toBe(0);
		expect((await listDestinations(db))[0]!.trouble).toMatch(/credentials/);
	});
});

test('deleting somebody deletes what was told of them; signing in keeps it', async () => {
	const db = await opened(openTestSqlite);
	const { users, statements } = db.tables;
	await db.tx((tx) =>
		tx.insert(users).values({
			id: 'g',
			name: '',
			isGuest: true,
			role: 'learner',
			language: 'da',
			createdAt: new Date(),
		}),
	);
	const passwordHash = await hashPassword('hemmeligt ord');
	await db.tx((tx) =>
		tx.update(users).set({ email: 'p@x.dk', passwordHash }).where(eq(users.id, 'p')),
	);
	const events = everything(tiny).slice(0, 4);
	await happen(db, events, 'g');
	const before = await bodies(db);
	const form = { email: 'p@x.dk', password: 'hemmeligt ord' };
	await signIn(db, form, { id: 'g', isGuest: true });
	const rows = await db.read.select().from(statements);
	expect(rows.map(({ userId }) => userId)).toEqual(before.map(() => 'p'));
	await db.tx((tx) => tx.delete(users).where(eq(users.id, 'p')));
	expect(await bodies(db)).toEqual([]);
});
