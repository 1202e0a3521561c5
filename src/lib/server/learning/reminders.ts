import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { isLanguage } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { dueItems, practisable } from '#lib/progress/due.ts';
import { dayOf } from '#lib/progress/practice.ts';
import type { Database } from '../db/database.ts';
import { reminderLetter } from '../mail/letters.ts';
import type { Mailer } from '../mail/mailer.ts';
import { progressOf } from './progress.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Whether somebody wants letters about practice. */
export async function wantsReminders(db: Database, userId: string): Promise<boolean> {
	const { reminders } = db.tables;
	const found = await db.read.select().from(reminders).where(eq(reminders.userId, userId));
	return found.length > 0;
}

/** @param origin where the person uses this server, for the links in the letters */
export async function setReminders(
	db: Database,
	userId: string,
	wanted: boolean,
	origin: string,
): Promise<void> {
	const { reminders } = db.tables;
	await db.tx(async (tx) => {
		if (!wanted) await tx.delete(reminders).where(eq(reminders.userId, userId));
		else
			await tx
				.insert(reminders)
				.values({ userId, origin })
				.onConflictDoUpdate({ target: reminders.userId, set: { origin } });
	});
}

/**
 * Writes to everybody who asked for it and has something due, at most once a day each. The letter is
 * noted before it is sent: one that is lost is better than the same one every hour.
 *
 * @returns how many were sent
 */
export async function sendReminders(
	db: Database,
	courses: Course[],
	mailer: Mailer,
	now = new Date(),
): Promise<number> {
	const { reminders, users } = db.tables;
	const people = await db.read
		.select({
			id: users.id,
			email: users.email,
			language: users.language,
			origin: reminders.origin,
		})
		.from(reminders)
		.innerJoin(users, eq(users.id, reminders.userId))
		.where(
			and(
				isNull(users.disabledAt),
				or(isNull(reminders.lastSentAt), lt(reminders.lastSentAt, new Date(now.getTime() - DAY))),
			),
		);
	let sent = 0;
	for (const { id, email, language, origin } of people) {
		const found = await somethingDue(db, courses, id, now);
		if (!found || !email) continue;
		await db.tx((tx) =>
			tx.update(reminders).set({ lastSentAt: now }).where(eq(reminders.userId, id)),
		);
		const locale = isLanguage(language) ? language : 'da';
		await mailer.send(
			reminderLetter(
				email,
				{
					title: found.course.title[locale],
					count: found.count,
					link: `${origin}/${locale}/courses/${found.course.id}/practice`,
					settings: `${origin}/${locale}/account/settings`,
				},
				locale,
			),
		);
		sent += 1;
	}
	return sent;
}

/** The first course in which something is due. */
async function somethingDue(db: Database, courses: Course[], userId: string, now: Date) {
	for (const course of courses) {
		const { progress } = await progressOf(userId, course, db);
		const lessons = practisable(course, outline(course, 'da'), progress);
		const count = dueItems(lessons, dayOf(now.getTime())).length;
		if (count > 0) return { course, count };
	}
	return undefined;
}
