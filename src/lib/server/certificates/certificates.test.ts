import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { readCode } from '#lib/certificates/code.ts';
import { readStates } from '#lib/certificates/states.ts';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { isRefusal } from '../auth/outcome.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { issueDue } from './issue.ts';
import { certificatesOf, ownCertificate, reissue, setShows } from './mine.ts';
import { saveProvider } from './provider.ts';
import { findCertificates, revoke } from './revoke.ts';
import { verify, type Told } from './verify.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const courses = (id: string): Course | undefined => (id === course.id ? course : undefined);
const all = everything(course);
/** The answer that passes the final test; some events come after it. */
const passing = all.findLastIndex(({ lesson }) => lesson === 'final-test');
const now = new Date('2028-01-01T00:00:00Z');
const later = new Date('2028-02-01T00:00:00Z');

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()));
afterAll(() => db.close());

async function person(own: Database, isGuest = false): Promise<string> {
	const id = crypto.randomUUID();
	await own.tx((tx) =>
		tx.insert(own.tables.users).values({
			id,
			name: isGuest ? '' : 'Åse Ørnkjær',
			email: isGuest ? null : `${id}@example.org`,
			role: 'learner',
			isGuest,
			language: 'da',
			createdAt: now,
		}),
	);
	return id;
}

const send = (own: Database, userId: string, events: LearnerEvent[], at = now) =>
	own.tx((tx) =>
		store(
			own,
			tx,
			userId,
			events.map((event) => ({ course, event })),
			at,
		),
	);
const held = (own: Database, userId: string) => certificatesOf(own, courses, userId, now);
const deeds = async (own: Database, certificate: string) => {
	const { audit } = own.tables;
	const rows = await own.read.select().from(audit).where(eq(audit.subjectId, certificate));
	return rows.map(({ action, actor, details }) => ({ action, actor, details }));
};
/** The same deeds a year later. */
const again = (events: LearnerEvent[]) =>
	events.map((event) => ({
		...event,
		id: crypto.randomUUID(),
		at: event.at.replace('2027', '2028'),
		...('attempt' in event ? { attempt: `${event.attempt}-again` } : {}),
	})) as LearnerEvent[];

async function passed(own: Database) {
	const id = await person(own);
	await send(own, id, all);
	const [certificate] = await held(own, id);
	return { id, certificate: certificate! };
}

test.each(testDatabases)(
	'who passes has one certificate, which states what was done, on %s',
	async (_, open) => {
		const own = await open();
		const id = await person(own);
		for (const event of all.slice(0, passing)) await send(own, id, [event]);
		expect(await own.read.select().from(own.tables.certificates)).toEqual([]);
		await send(own, id, all.slice(passing));
		await send(own, id, all.slice(passing));
		const [certificate, ...more] = await held(own, id);
		expect(more).toEqual([]);
		expect(readCode(certificate!.code)).toEqual({ code: certificate!.code });
		expect(certificate!.shows).toEqual({ name: true, result: false });
		expect(certificate!.states).toMatchObject({
			v: 1,
			learner: { name: 'Åse Ørnkjær' },
			course: { id: 'tiny', version: '1.0.0', title: course.title },
			provider: { name: 'Rygsamtalen', accreditation: null, signer: null },
			isRenewal: false,
			objectives: course.chapters.flatMap(({ lessons }) => lessons.map((one) => one.objective)),
			result: { of: 'final-test', percent: 100, passMark: course.finalTest!.passMark },
			review: { state: 'signed', by: 'A. Tester', on: '2026-01-31' },
			authors: [],
		});
		const { hours } = certificate!.states;
		const minutes = course.chapters
			.flatMap(({ lessons }) => lessons.flatMap(({ steps }) => steps))
			.reduce((sum, step) => sum + step.minutes, course.finalTest!.minutes);
		const seconds = all.reduce((sum, one) => sum + ('seconds' in one ? (one.seconds ?? 0) : 0), 0);
		expect(hours).toEqual({ estimatedMinutes: minutes, measuredSeconds: expect.any(Number) });
		expect(hours.measuredSeconds).toBeLessThanOrEqual(seconds);
		expect(await deeds(own, certificate!.id)).toEqual([
			{ action: 'certificate.issued', actor: null, details: { course: 'tiny' } },
		]);
		await own.close();
	},
);

test('two at the same moment issue one', async () => {
	const own = await openTestSqlite();
	const { id } = await passed(own);
	await own.tx((tx) => tx.delete(own.tables.certificates));
	const counts = await Promise.all(
		[1, 2, 3].map(() => own.tx((tx) => issueDue(own, tx, courses, id, now))),
	);
	expect(counts.sort()).toEqual([0, 0, 1]);
	await own.close();
});

test('a guest has none until they have an account', async () => {
	const id = await person(db, true);
	await send(db, id, all);
	expect(await held(db, id)).toEqual([]);
	const { users } = db.tables;
	await db.tx((tx) =>
		tx.update(users).set({ isGuest: false, name: 'Ida' }).where(eq(users.id, id)),
	);
	expect(await held(db, id)).toMatchObject([{ states: { learner: { name: 'Ida' } } }]);
});

test('a certificate does not change with what it is of', async () => {
	const own = await openTestSqlite();
	const { id, certificate } = await passed(own);
	const form = {
		name: 'Rygcenteret',
		address: '',
		signerName: 'Kim',
		signerTitle: '',
		accreditationDa: 'Tre point',
		accreditationEn: 'Three credits',
	};
	await saveProvider(own, id, form, now);
	await own.tx((tx) => tx.update(own.tables.users).set({ name: 'Somebody Else' }));
	const [unchanged] = await held(own, id);
	expect(unchanged!.states).toEqual(certificate.states);
	// The next one says what is so from now on.
	const next = await passed(own);
	expect(next.certificate.states.provider).toMatchObject({
		name: 'Rygcenteret',
		signer: { name: 'Kim', title: '' },
		accreditation: { da: 'Tre point', en: 'Three credits' },
	});
	await own.close();
});

test.each(testDatabases)(
	'a later round of a recurring assignment renews it, the same work does not, on %s',
	async (_, open) => {
		const own = await open();
		const { id, certificate } = await passed(own);
		const { enrolments } = own.tables;
		const [ever] = await own.read.select().from(enrolments).where(eq(enrolments.userId, id));
		const round = (since: string, doneAt: Date) =>
			own.tx((tx) => tx.insert(enrolments).values({ ...ever!, since, doneAt }));
		await round('2027-01-05T00:00:00.000Z', ever!.doneAt!);
		expect(await held(own, id)).toHaveLength(1);
		await round('2028-01-05T00:00:00.000Z', later);
		const both = await held(own, id);
		expect(both).toHaveLength(2);
		const renewal = both.find((one) => one.id !== certificate.id)!;
		expect(renewal.states).toMatchObject({
			isRenewal: true,
			completedAt: later.toISOString(),
		});
		expect(renewal.code).not.toBe(certificate.code);
		await own.close();
	},
);

test('who passes again without being asked has the certificate they had', async () => {
	const { id, certificate } = await passed(db);
	await send(db, id, again(all), new Date('2029-01-01'));
	expect((await held(db, id)).map((one) => one.id)).toEqual([certificate.id]);
});

test.each(testDatabases)('a changed name takes the old code out of use, on %s', async (_, open) => {
	const own = await open();
	const { id, certificate } = await passed(own);
	expect(isRefusal(await reissue(own, id, certificate.id, later))).toBe(true);
	await own.tx((tx) => tx.update(own.tables.users).set({ name: 'Åse Nygaard' }));
	const made = await reissue(own, id, certificate.id, later);
	expect(isRefusal(made)).toBe(false);
	const [anew, old] = await held(own, id);
	expect(anew!.states).toEqual({ ...certificate.states, learner: { name: 'Åse Nygaard' } });
	expect(old).toMatchObject({ id: certificate.id, reason: 'replaced', revokedAt: later });
	expect(await verify(own, old!.code)).toMatchObject({ status: 'revoked', reason: 'replaced' });
	expect(await verify(own, anew!.code)).toMatchObject({ status: 'valid', name: 'Åse Nygaard' });
	expect(await deeds(own, anew!.id)).toEqual([
		{
			action: 'certificate.issued',
			actor: id,
			details: { course: 'tiny', replaces: certificate.id },
		},
	]);
	// What was replaced is not replaced twice, and nobody else may.
	await own.tx((tx) => tx.update(own.tables.users).set({ name: 'Åse Tredje' }));
	expect(isRefusal(await reissue(own, id, certificate.id, later))).toBe(true);
	expect(isRefusal(await reissue(own, await person(own), anew!.id, later))).toBe(true);
	await own.close();
});

test('others see by the code what the holder allows, and nothing else', async () => {
	const { id, certificate } = await passed(db);
	const asked = async () => (await verify(db, certificate.code.toLowerCase())) as Told;
	const always = {
		code: certificate.code,
		status: 'valid',
		course: { title: course.title, version: '1.0.0' },
		provider: 'Rygsamtalen',
		completedAt: certificate.completedAt.toISOString(),
		issuedAt: now.toISOString(),
		review: { state: 'signed', by: 'A. Tester', on: '2026-01-31' },
	};
	expect(await asked()).toEqual({ ...always, name: 'Åse Ørnkjær' });
	expect(await setShows(db, id, certificate.id, { name: false, result: true })).toBe(true);
	const result = { percent: 100, passMark: course.finalTest!.passMark, of: 'final-test' };
	expect(await asked()).toEqual({ ...always, result });
	expect(await setShows(db, await person(db), certificate.id, { name: true, result: true })).toBe(
		false,
	);
	expect(await asked()).toEqual({ ...always, result });
});

test('a code that is none says so without telling more', async () => {
	expect(await verify(db, '0000-0000-0000-0000-0000')).toEqual({ status: 'unknown' });
	expect(await verify(db, '0000-0000-0000-0000-0001')).toEqual({
		status: 'unreadable',
		why: 'mistyped',
	});
	expect(await verify(db, "' or 1=1 --")).toEqual({ status: 'unreadable', why: 'sign' });
});

test.each(testDatabases)('an administrator finds and revokes it, once, on %s', async (_, open) => {
	const own = await open();
	const { id, certificate } = await passed(own);
	await passed(own);
	const chief = await person(own);
	for (const words of [certificate.code.toLowerCase(), `${id}@example.org`]) {
		const { found, total } = await findCertificates(own, words, 1);
		expect(total).toBe(1);
		expect(found).toMatchObject([{ id: certificate.id, name: 'Åse Ørnkjær', revokedAt: null }]);
	}
	expect((await findCertificates(own, 'ørnkjær', 1)).total).toBe(2);
	expect((await findCertificates(own, 'nobody', 1)).total).toBe(0);
	expect((await findCertificates(own, '', 1)).total).toBe(2);

	const form = { id: certificate.id, reason: 'not-own-work' as const, note: 'Set af kollega' };
	expect(await revoke(own, chief, form, later)).toEqual({ done: true });
	expect(isRefusal(await revoke(own, chief, { ...form, reason: 'error' }, later))).toBe(true);
	expect(await verify(own, certificate.code)).toEqual({
		code: certificate.code,
		status: 'revoked',
		revokedOn: later.toISOString(),
		reason: 'not-own-work',
		course: { title: course.title, version: '1.0.0' },
		provider: 'Rygsamtalen',
		completedAt: certificate.completedAt.toISOString(),
		issuedAt: certificate.issuedAt.toISOString(),
		review: { state: 'signed', by: 'A. Tester', on: '2026-01-31' },
	});
	expect(await ownCertificate(own, own.read, id, certificate.id)).toMatchObject({
		reason: 'not-own-work',
	});
	const [, deed] = await deeds(own, certificate.id);
	// The note is an administrator's, and stays out of the log.
	expect(deed).toEqual({
		action: 'certificate.revoked',
		actor: chief,
		details: { course: 'tiny', reason: 'not-own-work' },
	});
	// What is revoked is not issued anew for the same work.
	expect(await held(own, id)).toHaveLength(1);
	await own.close();
});

test('the first version of what a certificate states is readable for good', () => {
	const stored = {
		v: 1,
		learner: { name: 'Ida' },
		course: { id: 'tiny', version: '1.0.0', title: { da: 'Lille kursus', en: 'Tiny course' } },
		provider: {
			name: 'Rygcenteret',
			address: '',
			logo: null,
			signer: { name: 'Kim', title: 'Overlæge' },
			signature: null,
			accreditation: null,
		},
		beganAt: '2027-01-10T00:01:00.000Z',
		completedAt: '2027-01-10T01:00:00.000Z',
		isRenewal: false,
		hours: { estimatedMinutes: 12.5, measuredSeconds: 1800 },
		objectives: [{ da: 'hilse', en: 'greet' }],
		result: { of: 'quizzes', percent: null, passMark: 80, lessons: 1 },
		review: { state: 'pending' },
		authors: [{ name: 'Bo' }, { name: 'Liv', role: { da: 'læge', en: 'doctor' } }],
	};
	expect(readStates(stored)).toEqual(stored);
	expect(() => readStates({ ...stored, v: 2 })).toThrow();
});
