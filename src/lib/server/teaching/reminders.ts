import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, max, or } from 'drizzle-orm';
import { isLanguage, type Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { roundAt, type Round } from '#lib/teaching/rounds.ts';
import type { Database, Queries } from '../db/database.ts';
import { practiceDue, type PracticeDue } from '../learning/reminders.ts';
import { enqueue } from '../mail/queue.ts';
import type { SecretBox } from '../secret-box.ts';
import { askedOf } from './asked.ts';
import {
	isAnotherDay,
	isMorning,
	lastDay,
	reminderDue,
	type DueReminder,
} from './reminder-days.ts';
import { reminderLetter, type Reason } from './reminder-letter.ts';
import type { Assignment } from './tasks.ts';

interface Post {
	db: Database;
	box: SecretBox;
	courses: Course[];
	/** For the links in letters. */
	origin: string;
	now: Date;
	/** Asked between batches. */
	goOn?: () => boolean;
}

/** An assignment of which a reminder is due today. */
interface Occasion {
	assignment: Assignment;
	course: Course;
	group: { name: string };
	round: Round;
	due: DueReminder;
}

interface Person {
	id: string;
	email: string;
	language: Language;
	occasions: Occasion[];
	/** Where they use this server, if they asked for letters about practice. */
	practisesAt?: string;
}

/** Of whoever is in no organisation. */
const HOME = 'Europe/Copenhagen';
const DAY = 24 * 60 * 60 * 1000;
/** Letters in one transaction: others want to write, too. */
const FEW = 50;

/**
 * Writes to everybody of whose assignments a reminder is due, and to who asked to be reminded of
 * practice: one letter with all of it, and not another one that day. What was reminded of is noted in
 * the transaction that puts the letter into the queue, so that it may be run at any time, as often as
 * one likes, by several servers. The work grows with the assignments that are due, not with the
 * learners.
 *
 * @returns how many letters
 */
export async function sendReminders(post: Post): Promise<number> {
	const people = new Map<string, Person>();
	for (const occasion of await occasionsOf(post)) await addAsked(post, people, occasion);
	await addPractising(post, people);
	const all = [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
	let written = 0;
	for (let from = 0; from < all.length && (post.goOn?.() ?? true); from += FEW)
		written += await writeTo(post, all.slice(from, from + FEW));
	return written;
}

/** Assignments of which a reminder is due. One that comes again may be due at any time. */
async function occasionsOf({ db, courses, now }: Post): Promise<Occasion[]> {
	const { assignments, groups, organisations } = db.tables;
	// No reminder is further from its due day; one day more, as days are elsewhere.
	const earliest = new Date(now.getTime() - 40 * DAY).toISOString().slice(0, 10);
	const rows = await db.read
		.select({
			assignment: assignments,
			group: { name: groups.name },
			timeZone: organisations.timeZone,
		})
		.from(assignments)
		.innerJoin(groups, and(eq(groups.id, assignments.groupId), isNull(groups.archivedAt)))
		.innerJoin(
			organisations,
			and(eq(organisations.id, groups.organisationId), isNull(organisations.archivedAt)),
		)
		.where(
			and(
				isNull(assignments.withdrawnAt),
				or(isNotNull(assignments.everyMonths), gte(assignments.dueOn, earliest)),
			),
		);
	return rows.flatMap(({ assignment, group, timeZone }) => {
		const course = courses.find(({ id }) => id === assignment.course);
		const round = roundAt({ ...assignment, timeZone }, now);
		const due = reminderDue(assignment, round, timeZone, now);
		return course && due ? [{ assignment, course, group, round, due }] : [];
	});
}

/** Members who are asked, have not done it, and were not reminded of it yet. */
async function addAsked(
	{ db }: Post,
	people: Map<string, Person>,
	occasion: Occasion,
): Promise<void> {
	const { assignment, course, round, due } = occasion;
	const { remindersSent } = db.tables;
	for await (const some of askedOf(db, db.read, course, assignment, round)) {
		const reminded = await db.read
			.select({ userId: remindersSent.userId })
			.from(remindersSent)
			.where(
				and(
					inArray(
						remindersSent.userId,
						some.map(({ userId }) => userId),
					),
					eq(remindersSent.assignmentId, assignment.id),
					eq(remindersSent.dueOn, lastDay(round)),
					eq(remindersSent.daysBefore, due.daysBefore),
				),
			);
		const had = new Set(reminded.map(({ userId }) => userId));
		for (const { userId: id, email, language, joinedAt, standing } of some) {
			const isNew = joinedAt.toISOString().slice(0, 10) > due.day;
			if (standing.standing === 'done' || had.has(id) || isNew) continue;
			const person = people.get(id) ?? { id, email, language, occasions: [] };
			person.occasions.push(occasion);
			people.set(id, person);
		}
	}
}

/** Who asked to be reminded of practice, and had no such letter today. */
async function addPractising({ db, now }: Post, people: Map<string, Person>): Promise<void> {
	const { reminders, users } = db.tables;
	let after = '';
	for (;;) {
		const rows = await db.read
			.select({
				id: users.id,
				email: users.email,
				language: users.language,
				origin: reminders.origin,
				lastSentAt: reminders.lastSentAt,
			})
			.from(reminders)
			.innerJoin(users, eq(users.id, reminders.userId))
			.where(and(isNull(users.disabledAt), gt(reminders.userId, after)))
			.orderBy(asc(reminders.userId))
			.limit(500);
		for (const { id, email, language, origin, lastSentAt } of rows) {
			const isRecent = lastSentAt && now.getTime() - lastSentAt.getTime() < 20 * 60 * 60 * 1000;
			if (!email || isRecent) continue;
			const theirs = isLanguage(language) ? language : 'da';
			const person = people.get(id) ?? { id, email, language: theirs, occasions: [] };
			people.set(id, { ...person, practisesAt: origin });
		}
		if (rows.length < 500) return;
		after = rows.at(-1)!.id;
	}
}

async function writeTo(post: Post, some: Person[]): Promise<number> {
	const { db, box, courses, now } = post;
	const zones = await zonesOf(
		post,
		some.map(({ id }) => id),
	);
	const practice = new Map<string, PracticeDue>();
	for (const { id, practisesAt } of some) {
		const awake = (zones.get(id) ?? [HOME]).every((zone) => isMorning(zone, now));
		const found = practisesAt && awake ? await practiceDue(db, courses, id, now) : undefined;
		if (found) practice.set(id, found);
	}
	return db.tx(async (tx) => {
		let written = 0;
		await lock(db, tx, some);
		const last = await lastLetters(post, tx, some);
		for (const person of some) {
			if (!isAnotherDay(last.get(person.id), zones.get(person.id) ?? [HOME], now)) continue;
			const reason = await claim(post, tx, person, practice.get(person.id));
			if (!reason) continue;
			await enqueue(db, tx, box, [reminderLetter(person, reason, post.origin, now)], now);
			written += 1;
		}
		return written;
	});
}

/** Keeps another server waiting that wants to write to the same people; SQLite has one writer anyway. */
async function lock({ engine, tables: { users } }: Database, tx: Queries, some: Person[]) {
	if (engine !== 'postgres') return;
	const ids = some.map(({ id }) => id);
	await tx.update(users).set({ isGuest: false }).where(inArray(users.id, ids));
}

/** Notes what somebody is reminded of. @returns what is to be said, if anything */
async function claim(
	{ db: { tables }, now }: Post,
	tx: Queries,
	{ id: userId, occasions, practisesAt }: Person,
	practice: PracticeDue | undefined,
): Promise<Reason | undefined> {
	const { reminders, remindersSent } = tables;
	const fresh: Occasion[] = [];
	for (const occasion of occasions) {
		const { assignment, round, due } = occasion;
		const row = (daysBefore: number) => ({
			userId,
			assignmentId: assignment.id,
			dueOn: lastDay(round),
			daysBefore,
			sentAt: now,
		});
		const noted = await tx
			.insert(remindersSent)
			.values([due.daysBefore, ...due.missed].map(row))
			.onConflictDoNothing()
			.returning({ daysBefore: remindersSent.daysBefore });
		if (noted.some(({ daysBefore }) => daysBefore === due.daysBefore)) fresh.push(occasion);
	}
	if (practice)
		await tx.update(reminders).set({ lastSentAt: now }).where(eq(reminders.userId, userId));
	if (fresh.length === 0 && !practice) return undefined;
	return {
		occasions: fresh,
		...(practice ? { practice: { ...practice, origin: practisesAt! } } : {}),
	};
}

/** When each last had a letter of these, whichever it was about. */
async function lastLetters(
	{ db: { tables } }: Post,
	tx: Queries,
	some: Person[],
): Promise<Map<string, Date>> {
	const { reminders, remindersSent } = tables;
	const ids = some.map(({ id }) => id);
	const sent = await tx
		.select({ userId: remindersSent.userId, at: max(remindersSent.sentAt) })
		.from(remindersSent)
		.where(inArray(remindersSent.userId, ids))
		.groupBy(remindersSent.userId)
		.orderBy(desc(remindersSent.userId));
	const practised = await tx
		.select({ userId: reminders.userId, at: reminders.lastSentAt })
		.from(reminders)
		.where(inArray(reminders.userId, ids));
	const last = new Map<string, Date>();
	for (const { userId, at } of [...sent, ...practised]) {
		const known = last.get(userId);
		if (at && (!known || at > known)) last.set(userId, at);
	}
	return last;
}

/** Time zones of the organisations that somebody is a learner in. */
async function zonesOf({ db: { read, tables } }: Post, ids: string[]) {
	const { groups, members, organisations } = tables;
	const rows = await read
		.selectDistinct({ userId: members.userId, timeZone: organisations.timeZone })
		.from(members)
		.innerJoin(groups, eq(groups.id, members.groupId))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.where(inArray(members.userId, ids));
	return new Map(
		[...Map.groupBy(rows, ({ userId }) => userId)].map(([id, theirs]) => [
			id,
			theirs.map(({ timeZone }) => timeZone),
		]),
	);
}
