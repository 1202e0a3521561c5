import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { issueDue } from '../certificates/issue.ts';
import { note } from '../audit.ts';
import type { Database, Queries } from '../db/database.ts';
import { findCourse } from '../learning/courses.ts';
import { EVER, recount } from '../learning/enrolments.ts';
import { recountFirstAnswers } from '../learning/first-answers.ts';
import { recountLessons } from '../learning/lesson-standings.ts';
import { keepRounds } from '../teaching/rounds.ts';
import { groupsFollowedAlone } from '../teaching/unattended.ts';
import { forget } from './forget.ts';
import type { Outcome } from './outcome.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { countAdministrators, isLastAdministrator } from './people.ts';
import { createSession, endAllSessions, type Session, type SessionUser } from './sessions.ts';
import { createToken, useToken } from './tokens.ts';

const email = v.pipe(
	v.string(),
	v.trim(),
	v.toLowerCase(),
	v.email(() => m.auth_email_wrong()),
	v.maxLength(200),
);
const newPassword = v.pipe(
	v.string(),
	v.minLength(10, () => m.auth_password_short()),
	v.maxLength(200, () => m.auth_password_long()),
);
const name = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty(() => m.auth_name_missing()),
	v.maxLength(100, () => m.auth_name_long()),
);
const profession = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), '');

/** What a person's address and profession must be; for other forms, too. */
export const fields = { email, profession };

/** What the forms send. Messages are in the language of the request. */
export const forms = {
	register: v.object({ name, email, password: newPassword, profession }),
	signIn: v.object({ email, password: v.pipe(v.string(), v.maxLength(1000)) }),
	forgot: v.object({ email }),
	reset: v.object({ password: newPassword }),
	profile: v.object({ name, profession, language: v.picklist(LANGUAGES) }),
	password: v.object({ current: v.string(), password: newPassword }),
	remove: v.object({ password: v.string() }),
};
type Form<K extends keyof typeof forms> = v.InferOutput<(typeof forms)[K]>;

/** A new account. A guest keeps their row, and so everything they have done. */
export async function register(
	db: Database,
	form: Form<'register'>,
	guest: Pick<SessionUser, 'id' | 'isGuest'> | null,
	language: string,
	now = new Date(),
): Promise<Outcome<{ session: Session }>> {
	const passwordHash = await hashPassword(form.password);
	return db.tx((tx) => registerIn(db, tx, { ...form, passwordHash }, guest, language, now));
}

/** The same within a transaction that does more; nothing is written where it refuses. */
export async function registerIn(
	db: Database,
	tx: Queries,
	form: Omit<Form<'register'>, 'password'> & { passwordHash: string },
	guest: Pick<SessionUser, 'id' | 'isGuest'> | null,
	language: string,
	now: Date,
): Promise<Outcome<{ id: string; session: Session }>> {
	const { users } = db.tables;
	if (await byEmail(db, tx, form.email)) return { refused: m.auth_email_taken(), field: 'email' };
	const account = {
		email: form.email,
		name: form.name,
		profession: form.profession || null,
		passwordHash: form.passwordHash,
		isGuest: false,
		language,
	};
	const id = guest?.isGuest ? guest.id : crypto.randomUUID();
	if (guest?.isGuest) {
		await tx.update(users).set(account).where(eq(users.id, id));
		// The token of before was a guest's; a new one is not known to whoever shared it.
		await endAllSessions(tx, db.tables, id);
		await issueDue(db, tx, findCourse, id, now);
	} else await tx.insert(users).values({ ...account, id, role: 'learner', createdAt: now });
	return { id, session: await createSession(tx, db.tables, { id, isGuest: false }, now) };
}

/** Signs in. What a guest has done on this device goes over to the account. */
export async function signIn(
	db: Database,
	form: Form<'signIn'>,
	guest: Pick<SessionUser, 'id' | 'isGuest'> | null,
	now = new Date(),
): Promise<Outcome<{ session: Session }>> {
	const found = await byEmail(db, db.read, form.email);
	const fits = await verifyPassword(found?.passwordHash ?? null, form.password);
	if (!found || !fits || found.disabledAt) return { refused: m.auth_sign_in_wrong() };
	return db.tx(async (tx) => {
		if (guest?.isGuest) await takeOver(db, tx, guest.id, found.id, now);
		return { session: await createSession(tx, db.tables, found, now) };
	});
}

async function takeOver(
	db: Database,
	tx: Queries,
	guest: string,
	account: string,
	now: Date,
): Promise<void> {
	const { events, reflections, statements, users } = db.tables;
	const mine = await tx.select().from(events).where(eq(events.userId, guest));
	for (const row of mine)
		await tx
			.insert(events)
			.values({ ...row, userId: account })
			.onConflictDoNothing();
	for (const id of new Set(mine.map((row) => row.course))) {
		const course = findCourse(id);
		if (course) await countAgain(db, tx, course, account, now);
	}
	await issueDue(db, tx, findCourse, account, now);
	await tx.update(statements).set({ userId: account }).where(eq(statements.userId, guest));
	const words = await tx.select().from(reflections).where(eq(reflections.userId, guest));
	for (const row of words)
		await tx
			.insert(reflections)
			.values({ ...row, id: crypto.randomUUID(), userId: account })
			.onConflictDoNothing();
	await tx.delete(users).where(and(eq(users.id, guest), eq(users.isGuest, true)));
}

/** Everything that is counted from a learner's events in a course, once more have come. */
async function countAgain(
	db: Database,
	tx: Queries,
	course: Course,
	userId: string,
	now: Date,
): Promise<void> {
	const { enrolments } = db.tables;
	await recountLessons(db, tx, course, userId);
	await recountFirstAnswers(db, tx, course, userId);
	const theirs = and(eq(enrolments.userId, userId), eq(enrolments.course, course.id));
	const rounds = await tx.select({ since: enrolments.since }).from(enrolments).where(theirs);
	for (const since of new Set([EVER, ...rounds.map((row) => row.since)]))
		await recount(db, tx, course, userId, since);
	await keepRounds(db, tx, course, userId, now);
}

/**
 * A token for a new password; undefined when there is nobody to send it to, which nobody is told.
 *
 * @param tell what sends it, in the same transaction
 */
export async function requestReset(
	db: Database,
	form: Form<'forgot'>,
	now = new Date(),
	tell: (tx: Queries, token: string, userId: string) => Promise<void> = async () => {},
): Promise<string | undefined> {
	const found = await byEmail(db, db.read, form.email);
	if (!found || found.disabledAt) return undefined;
	return db.tx(async (tx) => {
		const token = await createToken(tx, db.tables, 'reset', found.id, now);
		await tell(tx, token, found.id);
		return token;
	});
}

/** Sets a new password by a link, and signs the person out everywhere else. */
export async function resetPassword(
	db: Database,
	token: string,
	form: Form<'reset'>,
	now = new Date(),
): Promise<Outcome<{ session: Session }>> {
	const passwordHash = await hashPassword(form.password);
	return db.tx(async (tx) => {
		const used = await useToken(tx, db.tables, 'reset', token, now);
		if (!used?.userId) return { refused: m.auth_link_dead() };
		const { users } = db.tables;
		await tx.update(users).set({ passwordHash }).where(eq(users.id, used.userId));
		await endAllSessions(tx, db.tables, used.userId);
		const user = { id: used.userId, isGuest: false };
		return { session: await createSession(tx, db.tables, user, now) };
	});
}

/** A one-time link's token for the first administrator; undefined when there is one already. */
export async function newSetupToken(db: Database, now = new Date()): Promise<string | undefined> {
	if ((await countAdministrators(db, db.read)) > 0) return undefined;
	return db.tx((tx) => createToken(tx, db.tables, 'setup', null, now));
}

/** The first administrator, by the link printed at the first start. */
export async function createAdministrator(
	db: Database,
	token: string,
	form: Form<'register'>,
	language: string,
	now = new Date(),
): Promise<Outcome<{ session: Session }>> {
	const passwordHash = await hashPassword(form.password);
	return db.tx(async (tx) => {
		if (await byEmail(db, tx, form.email)) return { refused: m.auth_email_taken(), field: 'email' };
		if ((await countAdministrators(db, tx)) > 0) return { refused: m.auth_link_dead() };
		if (!(await useToken(tx, db.tables, 'setup', token, now)))
			return { refused: m.auth_link_dead() };
		const id = crypto.randomUUID();
		await tx.insert(db.tables.users).values({
			id,
			email: form.email,
			name: form.name,
			profession: form.profession || null,
			role: 'administrator',
			passwordHash,
			isGuest: false,
			language,
			createdAt: now,
		});
		const details = { role: 'administrator' };
		await note(db, tx, { actor: null, action: 'person.created', on: ['person', id], details }, now);
		return { session: await createSession(tx, db.tables, { id, isGuest: false }, now) };
	});
}

/** What a person may see and change of their own account. */
export async function profileOf(db: Database, id: string) {
	const { users } = db.tables;
	const [found] = await db.read.select().from(users).where(eq(users.id, id));
	const { name, email, profession, language } = found!;
	return { name, email, profession, language };
}

export async function updateProfile(
	db: Database,
	id: string,
	form: Form<'profile'>,
): Promise<void> {
	await db.tx(async (tx) => {
		await tx
			.update(db.tables.users)
			.set({ name: form.name, profession: form.profession || null, language: form.language })
			.where(eq(db.tables.users.id, id));
	});
}

/** A new password by the old one; other devices are signed out, this one gets a new session. */
export async function changePassword(
	db: Database,
	id: string,
	form: Form<'password'>,
	now = new Date(),
): Promise<Outcome<{ session: Session }>> {
	if (!(await knowsPassword(db, id, form.current)))
		return { refused: m.auth_password_wrong(), field: 'current' };
	const passwordHash = await hashPassword(form.password);
	return db.tx(async (tx) => {
		await tx.update(db.tables.users).set({ passwordHash }).where(eq(db.tables.users.id, id));
		await endAllSessions(tx, db.tables, id);
		return { session: await createSession(tx, db.tables, { id, isGuest: false }, now) };
	});
}

/**
 * Deletes a person and everything of theirs; that they did so stays in the audit log. Guests have no
 * password to ask for.
 */
export async function deleteAccount(
	db: Database,
	user: SessionUser,
	password: string,
	now = new Date(),
): Promise<Outcome<{ deleted: true }>> {
	if (!user.isGuest && !(await knowsPassword(db, user.id, password)))
		return { refused: m.auth_password_wrong(), field: 'password' };
	return db.tx(async (tx) => {
		if (await isLastAdministrator(db, tx, user.id)) return { refused: m.admin_last() };
		const left = (await groupsFollowedAlone(db, tx, user.id)).map(({ id }) => id);
		await forget(db, tx, [user.id]);
		// That a guest was here is nobody's business once they are gone.
		if (!user.isGuest)
			await note(
				db,
				tx,
				{
					actor: user.id,
					action: 'person.deleted',
					on: ['person', user.id],
					...(left.length > 0 ? { details: { groupsWithoutEducator: left } } : {}),
				},
				now,
			);
		return { deleted: true };
	});
}

async function byEmail({ tables: { users } }: Database, queries: Queries, address: string) {
	const [found] = await queries.select().from(users).where(eq(users.email, address));
	return found;
}

async function knowsPassword(db: Database, id: string, password: string): Promise<boolean> {
	const { users } = db.tables;
	const [found] = await db.read.select().from(users).where(eq(users.id, id));
	return verifyPassword(found?.passwordHash ?? null, password);
}
