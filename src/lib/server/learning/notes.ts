import * as v from 'valibot';
import type { Database } from '../db/database.ts';

/** Words that somebody saves from the coach's page; without words there is nothing to save. */
export const note = v.strictObject({
	text: v.pipe(
		v.string(),
		v.regex(/\S/, 'is empty'),
		v.maxLength(10_000, 'is longer than 10,000 characters'),
	),
});

/** In place of a course and a lesson; no id looks like it. */
export const NOTES = '+coach';

/** Keeps them in the learner's own log, beside what was saved before. */
export async function keepNote(
	db: Database,
	userId: string,
	text: string,
	now = new Date(),
): Promise<void> {
	const { reflections } = db.tables;
	const id = crypto.randomUUID();
	await db.tx(async (tx) => {
		await tx.insert(reflections).values({
			id,
			userId,
			course: NOTES,
			lesson: NOTES,
			activity: id,
			text,
			createdAt: now,
			updatedAt: now,
		});
	});
}
