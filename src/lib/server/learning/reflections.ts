import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { activitiesOf, findLesson, type Course } from '#lib/course/model.ts';
import { id } from '#lib/course/text.ts';
import type { Database } from '../db/database.ts';

export const reflection = v.strictObject({
	course: id,
	lesson: id,
	activity: id,
	text: v.pipe(v.string(), v.maxLength(10_000, 'is longer than 10,000 characters')),
});
export type Reflection = v.InferOutput<typeof reflection>;

/** Whether the course asks for words of the learner's own there. */
export function asksForWords(
	course: Course | undefined,
	{ lesson, activity }: Reflection,
): boolean {
	const steps = (course && findLesson(course, lesson)?.steps) ?? [];
	return steps.flatMap(activitiesOf).some((one) => one.id === activity && one.type === 'reflect');
}

/** Keeps a learner's words in their own log; writing again replaces them, empty words remove them. */
export async function keepReflection(
	db: Database,
	userId: string,
	{ course, lesson, activity, text }: Reflection,
	now = new Date(),
): Promise<void> {
	const { reflections } = db.tables;
	await db.tx(async (tx) => {
		if (text.trim() === '') {
			const here = [eq(reflections.course, course), eq(reflections.lesson, lesson)];
			const own = [eq(reflections.userId, userId), eq(reflections.activity, activity)];
			await tx.delete(reflections).where(and(...own, ...here));
			return;
		}
		await tx
			.insert(reflections)
			.values({
				id: crypto.randomUUID(),
				userId,
				course,
				lesson,
				activity,
				text,
				createdAt: now,
				updatedAt: now,
			})
			.onConflictDoUpdate({
				target: [reflections.userId, reflections.course, reflections.lesson, reflections.activity],
				set: { text, updatedAt: now },
			});
	});
}
