import { and, asc, desc, eq } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { withoutOpenScores } from '#lib/progress/final-test.ts';
import { noProgress, type Progress } from '#lib/progress/progress.ts';
import { reduce } from '#lib/progress/reduce.ts';
import { app } from '../app.ts';
import type { Database } from '../db/database.ts';
import { countingIn } from './courses.ts';

/** More than a browser sends in one batch, so that it knows which of its waiting events have arrived. */
const RECENT = 100;

/**
 * A learner's progress in a course, as they may see it, and the ids of the events that were received
 * last.
 */
export async function progressOf(
	userId: string | null,
	course: Course,
	db: Database = app().db,
): Promise<{ progress: Progress; recent: string[] }> {
	if (!userId) return { progress: noProgress(), recent: [] };
	const { events } = db.tables;
	const theirs = and(eq(events.userId, userId), eq(events.course, course.id));
	const rows = await db.read
		.select({ body: events.body })
		.from(events)
		.where(theirs)
		.orderBy(asc(events.at), asc(events.id));
	const last = await db.read
		.select({ id: events.id })
		.from(events)
		.where(theirs)
		.orderBy(desc(events.receivedAt))
		.limit(RECENT);
	return {
		progress: withoutOpenScores(
			reduce(
				countingIn(course),
				rows.map((row) => row.body as LearnerEvent),
			),
		),
		recent: last.map((row) => row.id),
	};
}
