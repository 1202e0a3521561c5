import { and, asc, desc, eq } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import {
	lessonsOfOutline,
	outline,
	type LessonOutline,
	type Outline,
} from '#lib/course/outline.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import { reduceWithAttempts, type FinishedAttempt } from '#lib/progress/attempts.ts';
import type { Standing } from '#lib/progress/completion.ts';
import { dueItems, practisable } from '#lib/progress/due.ts';
import type { UnitCell } from '#lib/progress/enrolment.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { dayOf } from '#lib/progress/practice.ts';
import { unitsOfTask } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { countingIn } from '../learning/courses.ts';
import { EVER } from '../learning/enrolments.ts';
import { tasksOf, type AssignedTask } from './tasks.ts';

/**
 * What an educator sees of one learner, and the learner of what their educator sees: both pages are
 * made of this. Figures and dates only; never an answer, a reflection or any other words of theirs.
 */
export interface LearnerView {
	/** What is due first comes first. */
	assignments: ViewedAssignment[];
	/** Those that were begun, in the server's order. */
	courses: ViewedCourse[];
	/** The newest first. */
	certificates: ViewedCertificate[];
	/** Items that are due for practice today, of all courses. */
	practiceDue: number;
}

export interface ViewedAssignment {
	id: string;
	group: { id: string; name: string };
	course: { id: string; title: string };
	scope: 'course' | 'lessons' | 'final-test';
	/** Titles of the lessons that it asks for, where it does not ask for all of them. */
	lessons: string[];
	/** From 0; later ones of an assignment that comes again are done anew. */
	round: number;
	/** Days in the organisation's time zone. */
	startsOn: string;
	dueOn: string | null;
	isOpen: boolean;
	isOverdue: boolean;
	standing: Standing;
	/** Lessons and final test done, of how many. */
	done: number;
	of: number;
	/** 0–100. */
	score: number | null;
	requiredScore: number | null;
	lacksScore: boolean;
	isOutOfAttempts: boolean;
	doneAt: Date | null;
}

export interface ViewedCourse {
	id: string;
	title: string;
	standing: Standing;
	stepsDone: number;
	steps: number;
	/** 0–100. */
	score: number | null;
	/** Spent, by the learner's clock. */
	seconds: number;
	beganAt: Date;
	lastAt: Date;
	doneAt: Date | null;
	lessons: ViewedLesson[];
	/** Absent in a course without one. */
	test?: ViewedTest;
}

export interface ViewedLesson {
	id: string;
	title: string;
	standing: Standing;
	/** Steps done, of how many. */
	done: number;
	of: number;
	/** 0–100: the best at its quizzes; null before one is finished. */
	best: number | null;
	/** Finished attempts at its quizzes, oldest first. */
	attempts: ViewedAttempt[];
	doneAt: Date | null;
}

export interface ViewedTest {
	standing: Standing;
	/** 0–100. */
	passMark: number;
	best: number | null;
	/** Finished ones, oldest first; how one under way is going is nobody's to see. */
	attempts: ViewedAttempt[];
	passedAt: Date | null;
}

export interface ViewedAttempt {
	/** 0–100. */
	percent: number;
	at: Date;
}

export interface ViewedCertificate {
	id: string;
	course: { id: string; title: string };
	completedAt: Date;
	issuedAt: Date;
	isRevoked: boolean;
}

/**
 * @param groupId shows the assignments of this group only: what other groups ask for is not its
 *   educators' business; those of all groups when absent
 */
export async function learnerView(
	db: Database,
	courses: Course[],
	learnerId: string,
	language: Language,
	now: Date,
	groupId?: string,
): Promise<LearnerView> {
	const tasks = await tasksOf(db, db.read, courses, learnerId, now);
	const maps = new Map(courses.map((course) => [course.id, outline(course, language)]));
	const viewed: { view: ViewedCourse; due: number }[] = [];
	for (const course of courses) {
		const one = await courseView(db, course, maps.get(course.id)!, learnerId, now);
		if (one) viewed.push(one);
	}
	return {
		assignments: tasks
			.filter(({ group }) => groupId === undefined || group.id === groupId)
			.map((task) => assignmentView(task, maps.get(task.assignment.course)!)),
		courses: viewed.map(({ view }) => view),
		certificates: await certificatesOf(db, maps, learnerId),
		practiceDue: viewed.reduce((sum, { due }) => sum + due, 0),
	};
}

function assignmentView(
	{ assignment, group, round, standing, isOpen, isOverdue }: AssignedTask,
	map: Outline,
): ViewedAssignment {
	const units = unitsOfTask(assignment, map);
	const lessons = lessonsOfOutline(map).filter(({ id }) => units.includes(id));
	return {
		id: assignment.id,
		group,
		course: { id: map.id, title: map.title },
		scope: assignment.scope,
		lessons: assignment.scope === 'lessons' ? lessons.map(({ title }) => title) : [],
		round: round.number,
		startsOn: round.startsOn,
		dueOn: round.dueOn,
		isOpen,
		isOverdue,
		...standing,
		requiredScore: assignment.requiredScore,
	};
}

async function courseView(
	db: Database,
	course: Course,
	map: Outline,
	learnerId: string,
	now: Date,
): Promise<{ view: ViewedCourse; due: number } | undefined> {
	const { enrolments, events } = db.tables;
	const [row] = await db.read
		.select()
		.from(enrolments)
		.where(
			and(
				eq(enrolments.userId, learnerId),
				eq(enrolments.course, course.id),
				eq(enrolments.since, EVER),
			),
		);
	if (!row) return undefined;
	const told = await db.read
		.select({ body: events.body })
		.from(events)
		.where(and(eq(events.userId, learnerId), eq(events.course, course.id)))
		.orderBy(asc(events.at), asc(events.id));
	const { progress, attempts } = reduceWithAttempts(
		countingIn(course),
		told.map(({ body }) => body as LearnerEvent),
	);
	const { standing, stepsDone, steps, score, seconds, cells, beganAt, lastAt, doneAt } = row;
	const view: ViewedCourse = {
		id: course.id,
		title: map.title,
		...{ standing, stepsDone, steps, score, seconds, beganAt, lastAt, doneAt },
		lessons: lessonsOfOutline(map).map((lesson) => lessonView(lesson, cells[lesson.id], attempts)),
	};
	if (map.finalTest) view.test = testView(map.finalTest, cells[FINAL_TEST], attempts);
	return { view, due: dueNow(course, map, progress, now) };
}

function lessonView(
	{ id, title, steps }: LessonOutline,
	cell: UnitCell | undefined,
	attempts: FinishedAttempt[],
): ViewedLesson {
	const quizzes = steps.filter(({ kind }) => kind === 'quiz').map((step) => step.id);
	return {
		id,
		title,
		standing: cell?.standing ?? 'not-begun',
		done: cell?.done ?? 0,
		of: cell?.of ?? steps.length,
		best: cell?.percent ?? null,
		attempts: attempts
			.filter(({ lesson, step }) => lesson === id && quizzes.includes(step))
			.map(attemptView),
		doneAt: dateOf(cell?.doneAt),
	};
}

function testView(
	{ passMark }: NonNullable<Outline['finalTest']>,
	cell: UnitCell | undefined,
	attempts: FinishedAttempt[],
): ViewedTest {
	return {
		standing: cell?.standing ?? 'not-begun',
		passMark,
		best: cell?.percent ?? null,
		attempts: attempts.filter(({ lesson }) => lesson === FINAL_TEST).map(attemptView),
		passedAt: dateOf(cell?.doneAt),
	};
}

function attemptView({ percent, at }: FinishedAttempt): ViewedAttempt {
	return { percent, at: new Date(at) };
}

function dateOf(text: string | undefined): Date | null {
	return text === undefined ? null : new Date(text);
}

function dueNow(course: Course, map: Outline, progress: Progress, now: Date): number {
	return dueItems(practisable(course, map, progress), dayOf(now.toISOString())).length;
}

async function certificatesOf(
	db: Database,
	maps: Map<string, Outline>,
	learnerId: string,
): Promise<ViewedCertificate[]> {
	const { certificates } = db.tables;
	const rows = await db.read
		.select({
			id: certificates.id,
			course: certificates.course,
			completedAt: certificates.completedAt,
			issuedAt: certificates.issuedAt,
			revokedAt: certificates.revokedAt,
		})
		.from(certificates)
		.where(eq(certificates.userId, learnerId))
		.orderBy(desc(certificates.issuedAt), asc(certificates.id));
	return rows.map(({ course, revokedAt, ...row }) => ({
		...row,
		course: { id: course, title: maps.get(course)?.title ?? course },
		isRevoked: revokedAt !== null,
	}));
}
