import { and, desc, eq, ne } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { lessonsOfOutline, outline, type Outline } from '#lib/course/outline.ts';
import { CONFIDENCE, FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
import type { Standing } from '#lib/progress/completion.ts';
import { dueItems, practisable } from '#lib/progress/due.ts';
import type { UnitCell } from '#lib/progress/enrolment.ts';
import { dayOf } from '#lib/progress/practice.ts';
import { noProgress, type LessonProgress, type Progress } from '#lib/progress/progress.ts';
import type { Database, Tables } from '../db/database.ts';
import { EVER } from './enrolments.ts';
import { progressOf } from './progress.ts';

/*
 * What a learner's own pages tell of their courses. Read from what was counted when it happened
 * (enrolments, standings of lessons), so that a page costs the same however much somebody has done.
 */

type Enrolled = Tables['enrolments']['$inferSelect'];

/** Where to go on in a course. */
export type Place =
	| { kind: 'lesson'; id: string; title: string; step?: { id: string; title: string } }
	| { kind: 'final-test' }
	| { kind: 'course' };

/** A course that the learner has begun. */
export interface OwnCourse {
	id: string;
	title: string;
	standing: Standing;
	stepsDone: number;
	steps: number;
	lastAt: Date;
	next: Place;
	/** Items. */
	practiceDue: number;
	lessonsDone: number;
	/** Spent, as `player/session.svelte.ts` measures it. */
	seconds: number;
}

/** The courses that a learner has begun, the one they were in last at the top. */
export async function ownCourses(
	db: Database,
	courses: Course[],
	userId: string,
	language: Language,
	now = new Date(),
): Promise<OwnCourse[]> {
	const found = await enrolledIn(db, courses, userId);
	const standings = await lessonsOfLearner(db, userId);
	return Promise.all(
		found.map(async ({ course, row }) => {
			const map = outline(course, language);
			const progress = await progressIn(db, course, row, standings);
			const { standing, stepsDone, steps, lastAt, seconds, cells } = row;
			return {
				id: course.id,
				title: map.title,
				...{ standing, stepsDone, steps, lastAt, seconds },
				next: await goOn(db, map, row),
				practiceDue: dueItems(practisable(course, map, progress), dayOf(now.getTime())).length,
				lessonsDone: lessonsOfOutline(map).filter(({ id }) => cells[id]?.standing === 'done')
					.length,
			};
		}),
	);
}

async function enrolledIn(
	db: Database,
	courses: Course[],
	userId: string,
): Promise<{ course: Course; row: Enrolled }[]> {
	const { enrolments } = db.tables;
	const rows = await db.read
		.select()
		.from(enrolments)
		.where(and(eq(enrolments.userId, userId), eq(enrolments.since, EVER)))
		.orderBy(desc(enrolments.lastAt));
	return rows.flatMap((row) => {
		const course = courses.find(({ id }) => id === row.course);
		return course ? [{ course, row }] : [];
	});
}

type LessonRow = Tables['lessonStandings']['$inferSelect'];

async function lessonsOfLearner(db: Database, userId: string): Promise<LessonRow[]> {
	const { lessonStandings } = db.tables;
	return db.read.select().from(lessonStandings).where(eq(lessonStandings.userId, userId));
}

/** From the standings of lessons, unless one is missing or was counted by another version of the course. */
async function progressIn(
	db: Database,
	course: Course,
	{ userId, cells }: Enrolled,
	standings: LessonRow[],
): Promise<Progress> {
	const theirs = new Map(
		standings
			.filter((row) => row.course === course.id && row.courseVersion === course.version)
			.map((row) => [row.lesson, row.progress as LessonProgress]),
	);
	const isWhole = Object.keys(cells).every((unit) => theirs.has(unit));
	if (isWhole) return { ...noProgress(), lessons: Object.fromEntries(theirs) };
	return (await progressOf(userId, course, db)).progress;
}

/** Where the learner was, unless they were done there: then the first thing that is left. */
async function goOn(db: Database, map: Outline, { userId, cells, standing }: Enrolled) {
	const { events } = db.tables;
	const [last] = await db.read
		.select({ lesson: events.lesson, step: events.step })
		.from(events)
		.where(and(eq(events.userId, userId), eq(events.course, map.id), ne(events.step, PRACTICE)))
		.orderBy(desc(events.at), desc(events.id))
		.limit(1);
	if (!last || standing === 'done') return { kind: 'course' } as const;
	return placeOf(map, last, cells) ?? firstLeft(map, cells);
}

function placeOf(
	map: Outline,
	{ lesson: id, step }: { lesson: string; step: string },
	cells: Record<string, UnitCell>,
): Place | undefined {
	if (id === CONFIDENCE || cells[id]?.standing === 'done') return undefined;
	if (id === FINAL_TEST) return { kind: 'final-test' };
	const lesson = lessonsOfOutline(map).find((one) => one.id === id);
	const at = lesson?.steps.find((one) => one.id === step);
	if (!lesson) return undefined;
	const place = { kind: 'lesson', id, title: lesson.title } as const;
	return at ? { ...place, step: { id: at.id, title: at.title } } : place;
}

function firstLeft(map: Outline, cells: Record<string, UnitCell>): Place {
	const left = lessonsOfOutline(map).find(({ id }) => cells[id]?.standing !== 'done');
	if (left) return { kind: 'lesson', id: left.id, title: left.title };
	return map.finalTest ? { kind: 'final-test' } : { kind: 'course' };
}

/** A lesson, or the final test, as the learner has done it. */
export interface OwnUnit {
	id: string;
	title: string;
	isTest: boolean;
	standing: Standing;
	/** 0–100; null where there is nothing to score, or nothing is finished. */
	percent: number | null;
	doneAt: Date | null;
}

export interface OwnRecord extends Pick<OwnCourse, 'id' | 'title' | 'standing' | 'seconds'> {
	beganAt: Date;
	lastAt: Date;
	doneAt: Date | null;
	units: OwnUnit[];
}

/** What a learner has done in each course that they have begun. */
export async function ownRecord(
	db: Database,
	courses: Course[],
	userId: string,
	language: Language,
	testTitle: string,
): Promise<OwnRecord[]> {
	const found = await enrolledIn(db, courses, userId);
	return found.map(({ course, row }) => {
		const map = outline(course, language);
		const { standing, seconds, beganAt, lastAt, doneAt, cells } = row;
		const unit = (id: string, title: string, isTest = false): OwnUnit => ({
			id,
			title,
			isTest,
			standing: cells[id]?.standing ?? 'not-begun',
			percent: cells[id]?.percent ?? null,
			doneAt: cells[id]?.doneAt ? new Date(cells[id].doneAt) : null,
		});
		return {
			id: course.id,
			title: map.title,
			...{ standing, seconds, beganAt, lastAt, doneAt },
			units: [
				...lessonsOfOutline(map).map(({ id, title }) => unit(id, title)),
				...(map.finalTest ? [unit(FINAL_TEST, testTitle, true)] : []),
			],
		};
	});
}

export interface OwnCertificate {
	id: string;
	course: string;
	completedAt: Date;
	isRevoked: boolean;
}

/** A learner's certificates, newest first. */
export async function ownCertificates(
	db: Database,
	courses: Course[],
	userId: string,
	language: Language,
): Promise<OwnCertificate[]> {
	const { certificates } = db.tables;
	const rows = await db.read
		.select()
		.from(certificates)
		.where(eq(certificates.userId, userId))
		.orderBy(desc(certificates.completedAt), desc(certificates.id));
	return rows.map(({ id, course, completedAt, revokedAt }) => ({
		id,
		course: courses.find((one) => one.id === course)?.title[language] ?? course,
		completedAt,
		isRevoked: revokedAt !== null,
	}));
}
