import type { Course } from '#lib/course/model.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import { unitsOfTask } from '#lib/teaching/standing.ts';
import type { Database, Queries } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import { tasksOf } from './tasks.ts';

/** Attempts at a final test, where somebody asks for it and limits them. */
export interface Attempts {
	left: number;
	of: number;
}

/**
 * How often a learner may still begin the final test; undefined where nothing limits it. Limits are
 * those of assignments that are open and not done; of several the most generous one holds. An
 * assignment that sets none says nothing of it.
 */
export async function attemptsOf(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	course: Course,
	userId: string,
	now: Date,
): Promise<Attempts | undefined> {
	const tasks = await tasksOf(db, queries, [course], userId, now);
	const limited = tasks.filter(
		({ assignment, isOpen }) =>
			isOpen &&
			assignment.attempts !== null &&
			unitsOfTask(assignment, mapOf(course)).includes(FINAL_TEST),
	);
	// Who has passed as asked may take it again as often as they like.
	const isMet = limited.some(
		({ assignment: { requiredScore }, enrolment }) =>
			enrolment?.cells[FINAL_TEST]?.standing === 'done' &&
			(requiredScore === null || (enrolment.score ?? 0) >= requiredScore),
	);
	if (limited.length === 0 || isMet) return undefined;
	const each = limited.map(({ assignment, enrolment }) => ({
		left: Math.max(0, assignment.attempts! - (enrolment?.testAttempts ?? 0)),
		of: assignment.attempts!,
	}));
	return each.reduce((best, one) => (one.left > best.left ? one : best));
}
