import { and, eq, inArray } from 'drizzle-orm';
import { mostFailed } from '#lib/progress/enrolment.ts';
import type { LessonProgress } from '#lib/progress/progress.ts';
import { dayIn, daysBetween } from '#lib/teaching/rounds.ts';
import { MANY_FAILED } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Person } from './people.ts';
import type { Group, Organisation } from './rights.ts';
import type { Subject } from './subjects.ts';

/** Why somebody needs attention. */
export type Reason =
	| { kind: 'overdue'; days: number }
	/** Days since a step was last completed. */
	| { kind: 'idle'; days: number }
	/** At the quiz of a lesson (its id), or the final test; null where it cannot be told. */
	| { kind: 'failed'; times: number; unit: string | null }
	| { kind: 'out-of-attempts' }
	| { kind: 'lacks-score'; required: number };

export interface Attention {
	id: string;
	name: string;
	hasBegun: boolean;
	reasons: Reason[];
}

/** So many are named; the table has them all. */
const MOST = 6;
const DAY = 24 * 60 * 60 * 1000;

/** Who is stuck, overdue or may not try again, most in need first, and how many there are in all. */
export async function attentionFor(
	db: Database,
	group: Pick<Group, 'stuckDays'>,
	organisation: Pick<Organisation, 'timeZone'>,
	subject: Subject,
	people: Person[],
	now: Date,
): Promise<{ total: number; first: Attention[] }> {
	const inNeed = people
		.filter(needsAttention)
		.map((person) => ({ person, need: needOf(person) }))
		.sort((a, b) => b.need - a.need);
	const few = inNeed.slice(0, MOST).map(({ person }) => person);
	const failedAt = await placesOfFailure(
		db,
		subject,
		few.filter(({ failed }) => failed >= MANY_FAILED).map(({ id }) => id),
	);
	const today = dayIn(organisation.timeZone, now).toString();
	const first = few.map((person) => ({
		id: person.id,
		name: person.name,
		hasBegun: person.lastAt !== null,
		reasons: reasonsFor(person, { group, subject, today, now, failedAt }),
	}));
	return { total: inNeed.length, first };
}

export function needsAttention({ status, isOverdue, isOutOfAttempts }: Person): boolean {
	return status === 'stuck' || isOverdue || isOutOfAttempts;
}

/** Who cannot go on alone comes first, then who has waited longest. */
function needOf({ status, isOverdue, isOutOfAttempts, failed, progressedAt }: Person): number {
	const stages = [
		isOverdue,
		status === 'stuck',
		status === 'stuck' && failed >= MANY_FAILED,
		isOutOfAttempts,
	];
	const stage = stages.reduce((sum, is, at) => sum + (is ? 2 ** at : 0), 0);
	// Below one whole stage: the earlier, the more.
	return stage + 1 / (1 + (progressedAt?.getTime() ?? 0) / DAY);
}

function reasonsFor(
	person: Person,
	{
		group,
		subject: { assigned, task },
		today,
		now,
		failedAt,
	}: {
		group: Pick<Group, 'stuckDays'>;
		subject: Subject;
		today: string;
		now: Date;
		failedAt: Map<string, string>;
	},
): Reason[] {
	const { id, status, failed, progressedAt } = person;
	const reasons: Reason[] = [];
	if (person.isOutOfAttempts) reasons.push({ kind: 'out-of-attempts' });
	if (status === 'stuck' && failed >= MANY_FAILED)
		reasons.push({ kind: 'failed', times: failed, unit: failedAt.get(id) ?? null });
	const idle = progressedAt ? Math.floor((now.getTime() - progressedAt.getTime()) / DAY) : 0;
	if (status === 'stuck' && idle >= group.stuckDays) reasons.push({ kind: 'idle', days: idle });
	if (person.lacksScore) reasons.push({ kind: 'lacks-score', required: task.requiredScore! });
	const due = assigned?.round.dueOn;
	if (person.isOverdue && due) reasons.push({ kind: 'overdue', days: daysBetween(due, today) });
	return reasons;
}

/** Which lesson's quiz, or the final test, each of a few people failed most often. */
async function placesOfFailure(
	{ read, tables: { lessonStandings } }: Database,
	{ course }: Subject,
	ids: string[],
): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await read
		.select({
			userId: lessonStandings.userId,
			lesson: lessonStandings.lesson,
			progress: lessonStandings.progress,
		})
		.from(lessonStandings)
		.where(and(inArray(lessonStandings.userId, ids), eq(lessonStandings.course, course.id)));
	const found = ids.flatMap((id): [string, string][] => {
		const lessons = Object.fromEntries(
			rows
				.filter(({ userId }) => userId === id)
				.map(({ lesson, progress }) => [lesson, progress as LessonProgress]),
		);
		const most = mostFailed(mapOf(course), { lessons });
		return most ? [[id, most.lesson]] : [];
	});
	return new Map(found);
}
