import { eq } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { dueItems, practisable } from '#lib/progress/due.ts';
import { dayOf } from '#lib/progress/practice.ts';
import type { Database } from '../db/database.ts';
import { progressOf } from './progress.ts';

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

/** Something that waits to be practised. */
export interface PracticeDue {
	course: Course;
	/** Questions. */
	count: number;
}

/** The first course in which somebody has something to practise. */
export async function practiceDue(
	db: Database,
	courses: Course[],
	userId: string,
	now: Date,
): Promise<PracticeDue | undefined> {
	for (const course of courses) {
		const { progress } = await progressOf(userId, course, db);
		const lessons = practisable(course, outline(course, 'da'), progress);
		const count = dueItems(lessons, dayOf(now.getTime())).length;
		if (count > 0) return { course, count };
	}
	return undefined;
}
