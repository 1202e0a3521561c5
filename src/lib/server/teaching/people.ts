import { and, eq, inArray } from 'drizzle-orm';
import { lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import type { Enrolment, UnitCell } from '#lib/progress/enrolment.ts';
import {
	statusOf,
	taskStanding,
	unitsOfTask,
	type Status,
	type Task,
} from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import type { Group } from './rights.ts';
import type { Subject } from './subjects.ts';

/** Somebody in a group, and where they stand with what is looked at. */
export interface Person {
	id: string;
	name: string;
	email: string | null;
	status: Status;
	/** Past the end of the due day, and not done. */
	isOverdue: boolean;
	/** Everything is done but the required score. */
	lacksScore: boolean;
	/** The final test is not passed and may not be tried again. */
	isOutOfAttempts: boolean;
	/** Steps done, of how many; the final test is one. */
	steps: number;
	of: number;
	/** 0–100. */
	score: number | null;
	/** Spent on the course in this round. */
	seconds: number;
	/** Failed attempts at one quiz or the final test. */
	failed: number;
	beganAt: Date | null;
	lastAt: Date | null;
	progressedAt: Date | null;
	doneAt: Date | null;
}

/**
 * Everybody whom a subject is about: the members of the group, or the few that an assignment asks. What
 * it costs grows with the group and nothing else. The cells of lessons are large: they are read only
 * for an assignment of some lessons or the final test, which cannot be told without.
 *
 * @param only ids of a few of them; everybody when absent
 */
export async function peopleOf(
	db: Database,
	group: Pick<Group, 'id' | 'stuckDays'>,
	subject: Subject,
	now: Date,
	only?: string[],
): Promise<Person[]> {
	const map = mapOf(subject.course);
	const rows = await rowsOf(db, group.id, subject, only);
	const of = stepsOfTask(subject.task, map);
	const isOver = closed(subject, now);
	return rows.map(({ id, name, email, ...row }) => {
		const begun = row.standing === null ? undefined : (row as Begun);
		const standing = begun ? standingIn(subject.task, map, begun) : NOT_BEGUN;
		const { isOutOfAttempts, lacksScore, steps, score, doneAt } = standing;
		return {
			...{ id, name, email, isOutOfAttempts, lacksScore, steps, of, score, doneAt },
			status: statusOf(standing, begun, group.stuckDays, now),
			isOverdue: isOver && standing.standing !== 'done',
			seconds: row.seconds ?? 0,
			failed: row.failed ?? 0,
			beganAt: row.beganAt,
			lastAt: row.lastAt,
			progressedAt: row.progressedAt,
		};
	});
}

type Figures = Omit<Enrolment, 'cells' | 'steps'>;
type Begun = Figures & { cells: Enrolment['cells'] | null };

const NOT_BEGUN = {
	standing: 'not-begun' as const,
	steps: 0,
	score: null,
	doneAt: null,
	lacksScore: false,
	isOutOfAttempts: false,
};

/**
 * As `taskStanding`, with progress in steps. A course as a whole is told by the enrolment's own
 * columns; only parts of it need the cells.
 */
export function standingIn(task: Task, map: Outline, begun: Begun) {
	if (task.scope !== 'course') {
		const cells = begun.cells ?? {};
		const steps = unitsOfTask(task, map).reduce((sum, id) => sum + (cells[id]?.done ?? 0), 0);
		return { ...taskStanding(task, map, { ...begun, cells }), steps };
	}
	const isComplete = begun.standing === 'done';
	const reaches = task.requiredScore === null || (begun.score ?? 0) >= task.requiredScore;
	return {
		standing: isComplete && !reaches ? ('under-way' as const) : begun.standing,
		steps: begun.stepsDone,
		score: begun.score,
		doneAt: isComplete && reaches ? begun.doneAt : null,
		lacksScore: isComplete && !reaches,
		isOutOfAttempts:
			task.attempts !== null &&
			map.finalTest !== undefined &&
			!(begun.testPassedAt && reaches) &&
			begun.testAttempts >= task.attempts,
	};
}

function stepsOfTask(task: Task, map: Outline): number {
	const units = unitsOfTask(task, map);
	return lessonsOfOutline(map)
		.filter(({ id }) => units.includes(id))
		.reduce((sum, { steps }) => sum + steps.length, units.includes(FINAL_TEST) ? 1 : 0);
}

function closed({ assigned }: Subject, now: Date): boolean {
	const closesAt = assigned?.round.closesAt;
	return closesAt !== null && closesAt !== undefined && closesAt <= now;
}

async function rowsOf(
	{ read, tables }: Database,
	groupId: string,
	subject: Subject,
	only: string[] | undefined,
) {
	const { assignees, enrolments, members, users } = tables;
	const { task, course, since, assigned } = subject;
	const all = read
		.select({
			id: users.id,
			name: users.name,
			email: users.email,
			standing: enrolments.standing,
			stepsDone: enrolments.stepsDone,
			score: enrolments.score,
			failed: enrolments.failed,
			testAttempts: enrolments.testAttempts,
			seconds: enrolments.seconds,
			beganAt: enrolments.beganAt,
			lastAt: enrolments.lastAt,
			progressedAt: enrolments.progressedAt,
			doneAt: enrolments.doneAt,
			testPassedAt: enrolments.testPassedAt,
			...(task.scope === 'course' ? {} : { cells: enrolments.cells }),
		})
		.from(members)
		.innerJoin(users, eq(users.id, members.userId))
		.leftJoin(
			enrolments,
			and(
				eq(enrolments.userId, members.userId),
				eq(enrolments.course, course.id),
				eq(enrolments.since, since),
			),
		);
	const inGroup = and(
		eq(members.groupId, groupId),
		only ? inArray(members.userId, only) : undefined,
	);
	if (!assigned || assigned.assignment.forEveryone) return all.where(inGroup);
	return all
		.innerJoin(
			assignees,
			and(eq(assignees.assignmentId, assigned.assignment.id), eq(assignees.userId, members.userId)),
		)
		.where(inGroup);
}

/** The cells of a few people, by their id. */
export async function cellsOf(
	{ read, tables: { enrolments } }: Database,
	{ course, since }: Pick<Subject, 'course' | 'since'>,
	ids: string[],
): Promise<Map<string, Record<string, UnitCell>>> {
	if (ids.length === 0) return new Map();
	const rows = await read
		.select({ userId: enrolments.userId, cells: enrolments.cells })
		.from(enrolments)
		.where(
			and(
				inArray(enrolments.userId, ids),
				eq(enrolments.course, course.id),
				eq(enrolments.since, since),
			),
		);
	return new Map(rows.map(({ userId, cells }) => [userId, cells]));
}
