import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { briefly, loggable, logError } from '../log.ts';
import { testDatabases } from './testing.ts';
import { isPassing } from './trouble.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => new Error('Failed query: select $1\nparams: x', { cause });

test.each([
	...['40001', '40P01', '57P01', '57P02', '57P03', '53300', '08006', '55P03'],
	...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'],
	...['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'],
])('%s passes, wrapped or not', (code) => {
	expect(isPassing(coded(code))).toBe(true);
	expect(isPassing(wrapped(coded(code)))).toBe(true);
	expect(isPassing(wrapped(wrapped(coded(code))))).toBe(true);
});

test.each([
	'timeout exceeded when trying to connect',
	'Connection terminated unexpectedly',
	'Connection terminated due to connection timeout',
	'Client has encountered a connection error and is not queryable',
	'The database connection is not open',
])('%j passes, though it has no code', (message) => {
	expect(isPassing(wrapped(new Error(message)))).toBe(true);
});

test.each([
	...['22P02', '22P05', '23505', '42601', '42P01', '08P01', 'SQLITE_CONSTRAINT', 'SQLITE_ERROR'],
	...['ENOENT', 'ERR_INVALID_ARG_TYPE', ''],
])('%j stays what it is', (code) => {
	expect(isPassing(coded(code))).toBe(false);
	expect(isPassing(wrapped(coded(code)))).toBe(false);
});

test('nothing and things that are no errors do not pass', () => {
	const loop = new Error('x');
	loop.cause = loop;
	for (const thrown of [undefined, null, 'SQLITE_BUSY', 7, {}, loop])
		expect(isPassing(thrown), String(thrown)).toBe(false);
});

test.each(testDatabases)('what a query was given stays out of the log on %s', async (_, open) => {
	const db = await open();
	const { users, events, settings } = db.tables;
	const person = (id: string) => ({
		...{
			id,
			email: 'secret@example.org',
			name: 'Secret',
			role: 'learner' as const,
			isGuest: false,
		},
		...{ language: 'da', createdAt: new Date() },
	});
	const failure = (work: Promise<unknown>) =>
		work.then(
			() => undefined,
			(error: unknown) => error,
		);
	const twice = await failure(db.tx((tx) => tx.insert(users).values([person('a'), person('b')])));
	const nobody = await failure(
		db.tx((tx) =>
			tx.insert(settings).values({ name: 'Secret', value: 1, changedAt: null as never }),
		),
	);
	const unread = await failure(
		db.tx((tx) =>
			tx
				.select()
				.from(events)
				.where(eq(events.earned, 'Secret' as never)),
		),
	);
	const printed = vi.spyOn(console, 'error').mockReturnValue(undefined);
	const errors = [twice, nobody, unread].filter((error) => error !== undefined);
	// SQLite compares a number with a text, and finds nothing.
	expect(errors).toHaveLength(db.engine === 'sqlite' ? 2 : 3);
	for (const error of errors) {
		logError('It went wrong:', new Error('Not stored', { cause: error }));
		const text = String(loggable(error));
		for (const said of [text, briefly(error)]) {
			expect(said).not.toMatch(/secret/i);
			expect(said).toMatch(/\((?:2[23][\dP]{3}|SQLITE_)/);
		}
		expect(text).toMatch(/\n +at /);
	}
	expect(JSON.stringify(printed.mock.calls)).not.toMatch(/secret/i);
	expect(JSON.stringify(printed.mock.calls)).toMatch(/It went wrong:.*Not stored/);
	printed.mockRestore();
	await db.close();
});

test('a passing trouble is one line, as there are many of them at once', () => {
	expect(loggable(wrapped(coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432')))).toBe(
		'connect ECONNREFUSED 127.0.0.1:5432',
	);
	// By IPv4 and by IPv6: one error for two, and it says nothing.
	const both = Object.assign(new AggregateError([new Error('a')]), { code: 'ECONNREFUSED' });
	expect(loggable(wrapped(both))).toBe('ECONNREFUSED');
	expect(loggable(coded('SQLITE_BUSY', 'database is locked'))).toBe(
		'database is locked (SQLITE_BUSY)',
	);
});

test('other errors are logged as they are', () => {
	const error = new TypeError('x is not a function');
	expect(loggable(error)).toBe(error);
	expect(loggable('x')).toBe('x');
	expect(briefly(error)).toBe('x is not a function');
	expect(briefly('x')).toBe('x');
});
