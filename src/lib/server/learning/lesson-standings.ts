import { and, eq } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { inOrder, reduce } from '#lib/progress/reduce.ts';
import type { Database, Queries } from '../db/database.ts';
import { countingIn } from './courses.ts';

/**
 * Counts anew what a learner's events add up to in every lesson of a course. What is stored next
 * builds on these rows: a lesson without one would count as not begun.
 */
export async function recountLessons(
	{ tables: { events, lessonStandings } }: Pick<Database, 'tables'>,
	tx: Queries,
	course: Course,
	userId: string,
): Promise<void> {
	const rows = await tx
		.select({ body: events.body })
		.from(events)
		.where(and(eq(events.userId, userId), eq(events.course, course.id)));
	const all = inOrder(rows.map(({ body }) => body as LearnerEvent));
	const { lessons } = reduce(countingIn(course), all);
	const last = new Map(all.map((event) => [event.lesson, event]));
	await tx
		.delete(lessonStandings)
		.where(and(eq(lessonStandings.userId, userId), eq(lessonStandings.course, course.id)));
	for (const [lesson, progress] of Object.entries(lessons)) {
		const { at: lastAt, id: lastId } = last.get(lesson)!;
		await tx.insert(lessonStandings).values({
			userId,
			course: course.id,
			lesson,
			courseVersion: course.version,
			progress,
			lastAt,
			lastId,
		});
	}
}
