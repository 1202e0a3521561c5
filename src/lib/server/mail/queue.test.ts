import { getCertificate } from '@vitejs/plugin-basic-ssl';
import { eq } from 'drizzle-orm';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startSmtp, type TestSmtp } from '../../../../tests/support/smtp.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { secretBox } from '../secret-box.ts';
import { compose } from './compose.ts';
import { openMailer, type Mailer } from './mailer.ts';
import { postman } from './postman.ts';
import { enqueue, MOST_FAILURES, sendLetters, sweepLetters, waitAfter } from './queue.ts';

const box = secretBox('a key for tests of thirty-two letters');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const start = new Date('2027-03-01T08:00:00Z');
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);

const open: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

function mailerTo(port: number, before = 'smtp://'): Mailer {
	const mailer = openMailer({
		SMTP_URL: `${before}127.0.0.1:${port}`,
		MAIL_FROM: 'Rygsamtalen <no-reply@kursus.example.dk>',
		DATA_DIR: '',
	});
	open.push(() => mailer.close());
	return mailer;
}

async function stage(
	openDb: () => Promise<Database> = openTestSqlite,
): Promise<{ db: Database; smtp: TestSmtp; mailer: Mailer }> {
	const db = await openDb();
	open.push(() => db.close());
	const smtp = await startSmtp();
	open.push(() => smtp.close());
	return { db, smtp, mailer: mailerTo(smtp.port) };
}

const letter = (to: string) => ({
	to,
	kind: 'reminder' as const,
	...compose({
		locale: 'da',
		subject: 'Færdig på fredag',
		paragraphs: ['Hej', 'Kurset skal være færdigt på fredag.'],
		action: { label: 'Fortsæt', href: 'https://kursus.example.dk/da' },
		footer: ['Slå fra på din side'],
		attachments: [
			{
				filename: 'frist.ics',
				contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
				content: 'BEGIN:VCALENDAR',
			},
		],
		unsubscribe: 'https://kursus.example.dk/da/account',
	}),
});
const queue = (db: Database, ...to: string[]) =>
	db.tx((tx) => enqueue(db, tx, box, to.map(letter), start));
const rows = (db: Database) => db.read.select().from(db.tables.letters);
const row = async (db: Database, to: string) =>
	(await db.read.select().from(db.tables.letters).where(eq(db.tables.letters.to, to)))[0]!;

test.each(testDatabases)(
	'a letter arrives with both parts and its file, once, and only its envelope stays, on %s',
	async (_, openDb) => {
		const { db, smtp, mailer } = await stage(openDb);
		await queue(db, 'ida@example.org');
		// Longer than what a cipher's letters make by chance.
		expect((await row(db, 'ida@example.org')).body).not.toContain('færdigt på fredag');
		expect(await sendLetters(db, box, mailer, { now: later(1) })).toEqual({
			sent: 1,
			failed: 0,
			waiting: 0,
		});
		expect(await sendLetters(db, box, mailer, { now: later(DAY) })).toMatchObject({ sent: 0 });
		expect(smtp.taken).toHaveLength(1);
		const [{ source, to, from }] = smtp.taken as [TestSmtp['taken'][number]];
		const { id, ...settled } = await row(db, 'ida@example.org');
		expect({ to, from }).toEqual({ to: ['ida@example.org'], from: 'no-reply@kursus.example.dk' });
		expect(source).toContain(`Message-ID: <${id}@kursus.example.dk>`);
		for (const part of [
			'Auto-Submitted: auto-generated',
			'List-Unsubscribe: <https://kursus.example.dk/da/account>',
			'Content-Type: text/plain; charset=utf-8',
			'Content-Type: text/html; charset=utf-8',
			'Content-Type: text/calendar; charset=utf-8; method=PUBLISH',
			'filename=frist.ics',
		])
			expect(source).toContain(part);
		expect(settled).toMatchObject({ body: null, trouble: null, failedAt: null });
		expect(settled.sentAt).toEqual(later(1));
	},
);

test('passing trouble waits and is tried again; others go out meanwhile', async () => {
	const { db, smtp, mailer } = await stage();
	await queue(db, 'grey@example.org', 'ida@example.org');
	smtp.refuses.set('grey@example.org', 450);
	expect(await sendLetters(db, box, mailer, { now: start })).toEqual({
		sent: 1,
		failed: 0,
		waiting: 1,
	});
	expect(await row(db, 'grey@example.org')).toMatchObject({
		failures: 1,
		trouble: '450 not here',
		dueAt: later(MINUTE),
		failedAt: null,
	});
	expect(await sendLetters(db, box, mailer, { now: later(MINUTE - 1) })).toMatchObject({
		sent: 0,
		waiting: 0,
	});
	smtp.refuses.clear();
	expect(await sendLetters(db, box, mailer, { now: later(MINUTE) })).toMatchObject({ sent: 1 });
	expect(smtp.taken.map(({ to }) => to[0])).toEqual(['ida@example.org', 'grey@example.org']);
});

test('who refuses for good is not tried again, and what the letter said is gone', async () => {
	const { db, smtp, mailer } = await stage();
	await queue(db, 'gone@example.org', 'no address', 'ida@example.org');
	smtp.refuses.set('gone@example.org', 550);
	expect(await sendLetters(db, box, mailer, { now: start })).toEqual({
		sent: 1,
		failed: 2,
		waiting: 0,
	});
	expect(await row(db, 'gone@example.org')).toMatchObject({
		failedAt: start,
		trouble: '550 not here',
		body: null,
	});
	expect(await row(db, 'no address')).toMatchObject({ failedAt: start, body: null });
	expect(await sendLetters(db, box, mailer, { now: later(DAY) })).toMatchObject({ sent: 0 });
});

test('after some three days of passing trouble it is given up, kept for a while, then forgotten', async () => {
	const { db, smtp, mailer } = await stage();
	await queue(db, 'grey@example.org');
	smtp.refuses.set('grey@example.org', 451);
	let now = start;
	for (let n = 1; n <= MOST_FAILURES; n++) {
		expect((await row(db, 'grey@example.org')).failedAt).toBeNull();
		await sendLetters(db, box, mailer, { now });
		now = (await row(db, 'grey@example.org')).dueAt;
	}
	const given = await row(db, 'grey@example.org');
	const days = (given.failedAt!.getTime() - start.getTime()) / DAY;
	expect(days).toBeGreaterThan(2.5);
	expect(days).toBeLessThan(3.5);
	expect(given.body).not.toBeNull();
	await sweepLetters(db, later(15 * DAY));
	expect((await row(db, 'grey@example.org')).body).toBeNull();
	await sweepLetters(db, later(91 * DAY));
	expect(await rows(db)).toEqual([]);
});

test('waits grow from a minute to twelve hours', () => {
	expect([1, 2, 3, 10, 11, 15].map((failures) => waitAfter(failures) / MINUTE)).toEqual([
		1, 2, 4, 512, 720, 720,
	]);
});

test('a link for an hour is not tried for days', async () => {
	const { db, smtp, mailer } = await stage();
	await db.tx((tx) =>
		enqueue(db, tx, box, [{ ...letter('grey@example.org'), kind: 'reset' }], start),
	);
	smtp.refuses.set('grey@example.org', 451);
	await sendLetters(db, box, mailer, { now: start });
	await sendLetters(db, box, mailer, { now: later(61 * MINUTE) });
	expect(await row(db, 'grey@example.org')).toMatchObject({ failures: 2, body: null });
	expect((await row(db, 'grey@example.org')).failedAt).toEqual(later(61 * MINUTE));
});

test('a letter that cannot be read any more does not stop the others', async () => {
	const { db, mailer } = await stage();
	await queue(db, 'old@example.org');
	const other = secretBox('another key for tests, of many letters');
	await db.tx((tx) => enqueue(db, tx, other, [letter('ida@example.org')], start));
	expect(await sendLetters(db, other, mailer, { now: start })).toMatchObject({
		sent: 1,
		failed: 1,
	});
	expect(await row(db, 'old@example.org')).toMatchObject({ trouble: 'unreadable' });
});

test('while the server is away few letters are tried; once it is back all of them arrive', async () => {
	const { db } = await stage();
	const away = await startSmtp();
	await away.close();
	const mailer = mailerTo(away.port);
	const many = Array.from({ length: 30 }, (_, n) => `p${n}@example.org`);
	await queue(db, ...many);
	const round = await sendLetters(db, box, mailer, { now: start });
	expect(round.away).toMatchObject({ stage: 'connect', isFinal: false });
	expect(round.waiting).toBeLessThan(6);
	const tried = (await rows(db)).filter(({ failures }) => failures > 0);
	expect(tried).toHaveLength(round.waiting);

	const back = await startSmtp({}, away.port);
	open.push(() => back.close());
	for (const minutes of [1, 1, 1])
		await sendLetters(db, box, mailer, { now: later(minutes * MINUTE) });
	expect(new Set(back.taken.map(({ to }) => to[0]))).toEqual(new Set(many));
	expect(back.taken).toHaveLength(30);
	// Connections are used again.
	expect(back.connections).toBeLessThan(10);
});

test.each(testDatabases)('two servers never send the same letter, on %s', async (_, openDb) => {
	const { db, smtp, mailer } = await stage(openDb);
	const many = Array.from({ length: 50 }, (_, n) => `p${n}@example.org`);
	await queue(db, ...many);
	const other = mailerTo(smtp.port);
	for (let n = 0; n < 3; n++)
		await Promise.all([
			sendLetters(db, box, mailer, { now: start }),
			sendLetters(db, box, other, { now: start }),
		]);
	expect(smtp.taken.map(({ to }) => to[0]).sort()).toEqual(many.sort());
});

test('a server that dies in the middle leaves its letters to the next one', async () => {
	const { db, smtp, mailer } = await stage();
	await queue(db, 'ida@example.org');
	// Taken by the mail server, and never noted.
	const dies = {
		...mailer,
		send: async (one: Parameters<Mailer['send']>[0]) => {
			await mailer.send(one);
			await new Promise<never>(() => {});
		},
	};
	// Its deadline passes long after this test, when the database is closed.
	sendLetters(db, box, dies, { now: start }).catch(() => undefined);
	await vi.waitFor(() => expect(smtp.taken).toHaveLength(1));
	expect(await sendLetters(db, box, mailer, { now: later(MINUTE) })).toMatchObject({ sent: 0 });
	expect(await sendLetters(db, box, mailer, { now: later(20 * MINUTE) })).toMatchObject({
		sent: 1,
	});
	// Whoever got it twice can tell.
	const ids = smtp.taken.map(({ source }) => /Message-ID: (.*)/.exec(source)![1]);
	expect(ids).toHaveLength(2);
	expect(ids[0]).toBe(ids[1]);
});

describe('the conversation', () => {
	test('is encrypted, and signs in, as the address says', async () => {
		const pem = await getCertificate(mkdtempSync(join(tmpdir(), 'tls-')), 'localhost');
		const smtp = await startSmtp({
			key: pem,
			cert: pem,
			authOptional: false,
			disabledCommands: [],
			onAuth: ({ username, password }, _session, done) =>
				username === 'kursus' && password === 'hemmelig'
					? done(null, { user: username })
					: done(Object.assign(new Error('wrong'), { responseCode: 535 })),
		});
		open.push(() => smtp.close());
		const tls = '?tls.rejectUnauthorized=false&requireTLS=true';
		const by = (user: string) =>
			openMailer({
				SMTP_URL: `smtp://${user}@127.0.0.1:${smtp.port}/${tls}`,
				MAIL_FROM: 'no-reply@example.dk',
				DATA_DIR: '',
			});
		const right = by('kursus:hemmelig');
		await right.send(letter('ida@example.org'));
		expect(smtp.taken[0]).toMatchObject({ secure: true, user: 'kursus' });
		right.close();
		const db = await openTestSqlite();
		open.push(() => db.close());
		await queue(db, 'bo@example.org');
		const wrong = by('kursus:gal');
		const round = await sendLetters(db, box, wrong, { now: start });
		wrong.close();
		// The settings are wrong, not the letter.
		expect(round).toMatchObject({ waiting: 1, away: { stage: 'sign-in', isFinal: false } });
		// A certificate that nobody vouches for is not trusted unless the address says so.
		const strict = mailerTo(smtp.port, 'smtp://kursus:hemmelig@');
		await expect(strict.attempt(letter('ida@example.org'))).rejects.toThrow(/certificate/);
	});

	test('is told to who tries it', async () => {
		const { mailer } = await stage();
		expect(await mailer.attempt(letter('ida@example.org'))).toBe('250 kept');
	});
});

test('the postman goes by itself, soon after a letter is written, and stops', async () => {
	const { db, smtp, mailer } = await stage();
	const man = postman({ db, box, mailer, pause: 20 });
	man.start();
	await db.tx((tx) => enqueue(db, tx, box, [letter('ida@example.org')]));
	await vi.waitFor(() => expect(smtp.taken).toHaveLength(1));
	await man.stop();
	await db.tx((tx) => enqueue(db, tx, box, [letter('bo@example.org')]));
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(smtp.taken).toHaveLength(1);
});

test('the postman goes on by itself when the mail server comes back', async () => {
	const { db } = await stage();
	const gone = await startSmtp();
	await gone.close();
	const man = postman({ db, box, mailer: mailerTo(gone.port), pause: 20, longest: 60 });
	const error = vi.spyOn(console, 'error').mockImplementation(() => {});
	const log = vi.spyOn(console, 'log').mockImplementation(() => {});
	await db.tx((tx) => enqueue(db, tx, box, ['a@example.org', 'b@example.org'].map(letter)));
	man.start();
	await vi.waitFor(() =>
		expect(error).toHaveBeenCalledWith('Mail does not go out:', expect.any(String)),
	);
	const back = await startSmtp({}, gone.port);
	open.push(() => back.close());
	// Those that were tried wait for their minute; it is not the test that waits.
	await vi.waitFor(async () => {
		await db.tx((tx) => tx.update(db.tables.letters).set({ dueAt: new Date() }));
		expect(new Set(back.taken.map(({ to }) => to[0])).size).toBe(2);
	});
	await man.stop();
	expect(log).toHaveBeenCalledWith('Mail goes out again.');
	error.mockRestore();
	log.mockRestore();
});
