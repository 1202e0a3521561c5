import { error } from '@sveltejs/kit';
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { unitsOf } from '#lib/course/parts.ts';
import { m } from '#lib/paraglide/messages.js';
import { SUMMARY } from '#lib/progress/first-answers.ts';
import { dayIn } from '#lib/teaching/rounds.ts';
import type { Status } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import type { Cell, Sheet } from '../spreadsheets/sheet.ts';
import { fileName } from '../spreadsheets/write.ts';
import { branchSheet, itemSheet } from './activity-sheets.ts';
import { coursesOf } from './answers.ts';
import { cellsOf, peopleOf, type Person } from './people.ts';
import type { Group, Organisation } from './rights.ts';
import { columnsOf } from './roster.ts';
import { chosenSubject, subjectsOf, type Subject } from './subjects.ts';

/*
 * What an educator may take along of a group. Only who is in it, by name, is read at once; the rest
 * comes a few people at a time, as the file is written.
 */

export const TABLES = ['progress', 'answers', 'members', 'items', 'branches'] as const;
export type Table = (typeof TABLES)[number];

export function isTable(text: string): text is Table {
	return (TABLES as readonly string[]).includes(text);
}

export interface Exported {
	db: Database;
	courses: Course[];
	group: Group;
	organisation: Organisation;
	language: Language;
	now: Date;
}

/** What of a table is wanted, as an address says it. */
export interface Part {
	/** Of progress: the key of the subject that is looked at. */
	of?: string;
	/** Of items and branches: a course, or one place in it. */
	course?: string;
	lesson?: string;
	step?: string;
}

/** @throws 404 for a course that this server does not have */
export async function exportSheet(from: Exported, table: Table, part: Part = {}): Promise<Sheet> {
	const { db, group, language } = from;
	const name = `${fileName(group.name)}-${table}`;
	switch (table) {
		case 'progress':
			return { name, ...(await progressSheet(from, part.of)) };
		case 'answers':
			return { name, ...answersSheet(from) };
		case 'members':
			return { name, ...membersSheet(from) };
		case 'items':
		case 'branches': {
			const course = await courseOf(from, part.course);
			const sheetOf = table === 'items' ? itemSheet : branchSheet;
			return { ...sheetOf(db, db.read, course, group.id, language, placeIn(part)), name };
		}
	}
}

async function courseOf({ db, courses, group }: Exported, id: string | undefined): Promise<Course> {
	const all = await coursesOf(db, db.read, courses, group.id);
	const found = id === undefined ? all[0] : all.find((course) => course.id === id);
	return found ?? error(404, { message: m.teach_activity_no_course({ course: id ?? '' }) });
}

function placeIn({ lesson, step }: Part): { lesson: string; step: string } | undefined {
	return lesson !== undefined && step !== undefined ? { lesson, step } : undefined;
}

/** A sheet but for its name. */
type Rows = Omit<Sheet, 'name'>;

/** People in one reading. Their answers are many more. */
const FEW = 200;
const FEW_WITH_ANSWERS = 20;

async function progressSheet(from: Exported, of: string | undefined): Promise<Rows> {
	const { db, courses, group, organisation, language, now } = from;
	const subjects = await subjectsOf(db, courses, group, organisation, now);
	const subject = await chosenSubject(db, subjects, group.id, of);
	const units = columnsOf(subject, language);
	const locale = { locale: language };
	const words = statusWords(language);
	return {
		columns: [
			...personHeads(language),
			m.teach_export_profession({}, locale),
			m.teach_export_status({}, locale),
			m.teach_export_steps_done({}, locale),
			m.teach_export_steps({}, locale),
			m.teach_export_score({}, locale),
			m.teach_export_minutes({}, locale),
			m.teach_export_began({}, locale),
			m.teach_export_active({}, locale),
			m.teach_export_done({}, locale),
			m.teach_export_due({}, locale),
			m.teach_export_overdue({}, locale),
			...units.map(({ title }) => m.teach_export_unit({ lesson: title }, locale)),
		],
		rows: progressRows(
			from,
			subject,
			words,
			units.map(({ id }) => id),
		),
	};
}

async function* progressRows(
	from: Exported,
	subject: Subject,
	words: Record<Status, string>,
	units: string[],
): AsyncGenerator<Cell[]> {
	const { db, group, organisation, now } = from;
	const due = subject.assigned?.round.dueOn ?? null;
	const day = (at: Date | null) => at && dayIn(organisation.timeZone, at).toString();
	for await (const few of membersOf(from, FEW)) {
		const ids = few.map(({ id }) => id);
		const people = await peopleOf(db, group, subject, now, ids);
		const byId = new Map(people.map((person) => [person.id, person]));
		const cells = await cellsOf(db, subject, ids);
		for (const { id, name, email, profession } of few) {
			const person = byId.get(id);
			// Not asked by this assignment, or gone in the meantime.
			if (!person) continue;
			yield [
				...[name, email, profession, words[person.status]],
				...figures(person),
				...[day(person.beganAt), day(person.lastAt), day(person.doneAt), due],
				person.isOverdue,
				...units.map((unit) => percentDone(cells.get(id)?.[unit])),
			];
		}
	}
}

function figures({ steps, of, score, seconds }: Person): Cell[] {
	return [steps, of, score, Math.ceil(seconds / 60)];
}

/** A number: spreadsheets take "3/6" for a day in March. */
function percentDone(cell: { done: number; of: number } | undefined): number {
	return cell && cell.of > 0 ? Math.floor((100 * cell.done) / cell.of) : 0;
}

function answersSheet(from: Exported): Rows {
	const locale = { locale: from.language };
	return {
		columns: [
			...personHeads(from.language),
			m.teach_export_course({}, locale),
			m.teach_export_lesson({}, locale),
			m.teach_export_step({}, locale),
			m.teach_export_item({}, locale),
			m.teach_export_earned({}, locale),
			m.teach_export_possible({}, locale),
			m.teach_export_answered({}, locale),
		],
		rows: answerRows(from),
	};
}

async function* answerRows(from: Exported): AsyncGenerator<Cell[]> {
	const { firstAnswers } = from.db.tables;
	const titles = titlesOf(from.courses, from.language);
	for await (const few of membersOf(from, FEW_WITH_ANSWERS)) {
		const rows = await from.db.read
			.select({
				userId: firstAnswers.userId,
				course: firstAnswers.course,
				lesson: firstAnswers.lesson,
				step: firstAnswers.step,
				item: firstAnswers.item,
				earned: firstAnswers.earned,
				possible: firstAnswers.possible,
				at: firstAnswers.at,
			})
			.from(firstAnswers)
			.where(
				and(
					inArray(
						firstAnswers.userId,
						few.map(({ id }) => id),
					),
					ne(firstAnswers.lesson, SUMMARY),
				),
			)
			.orderBy(asc(firstAnswers.at), asc(firstAnswers.item));
		const theirs = Map.groupBy(rows, ({ userId }) => userId);
		for (const { id, name, email } of few)
			for (const { course, lesson, step, item, earned, possible, at } of theirs.get(id) ?? []) {
				const where = [
					titles.get(course) ?? course,
					titles.get(`${course}/${lesson}`) ?? lesson,
					titles.get(`${course}/${lesson}/${step}`) ?? step,
				];
				yield [name, email, ...where, item, earned, possible, at];
			}
	}
}

/** Titles of courses, their parts and steps, by `course/lesson/step`. */
function titlesOf(courses: Course[], language: Language): Map<string, string> {
	return new Map(
		courses.flatMap((course) => [
			[course.id, course.title[language]] as const,
			...unitsOf(course).flatMap((unit) => [
				[`${course.id}/${unit.id}`, unit.title[language]] as const,
				...unit.steps.map(
					(step) => [`${course.id}/${unit.id}/${step.id}`, step.title[language]] as const,
				),
			]),
		]),
	);
}

function membersSheet(from: Exported): Rows {
	const locale = { locale: from.language };
	return {
		columns: [
			...personHeads(from.language),
			m.teach_export_profession({}, locale),
			m.teach_export_joined({}, locale),
		],
		rows: memberRows(from),
	};
}

async function* memberRows(from: Exported): AsyncGenerator<Cell[]> {
	for await (const few of membersOf(from, FEW))
		for (const { name, email, profession, joinedAt } of few)
			yield [name, email, profession, dayIn(from.organisation.timeZone, joinedAt).toString()];
}

interface Member {
	id: string;
	name: string;
	email: string | null;
	profession: string | null;
	joinedAt: Date;
}

/** The members of a group by name, a few at a time, read by their ids. */
async function* membersOf(
	{ db, group, language }: Exported,
	many: number,
): AsyncGenerator<Member[]> {
	const { members, users } = db.tables;
	const all = await db.read
		.select({ id: users.id, name: users.name })
		.from(members)
		.innerJoin(users, eq(users.id, members.userId))
		.where(eq(members.groupId, group.id));
	const { compare } = new Intl.Collator(language);
	all.sort((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
	for (let from = 0; from < all.length; from += many) {
		const ids = all.slice(from, from + many).map(({ id }) => id);
		const rows = await db.read
			.select({
				id: users.id,
				name: users.name,
				email: users.email,
				profession: users.profession,
				joinedAt: members.joinedAt,
			})
			.from(members)
			.innerJoin(users, eq(users.id, members.userId))
			.where(and(eq(members.groupId, group.id), inArray(members.userId, ids)));
		const byId = new Map(rows.map((row) => [row.id, row]));
		yield ids.flatMap((id) => byId.get(id) ?? []);
	}
}

function personHeads(language: Language): string[] {
	const locale = { locale: language };
	return [m.teach_export_name({}, locale), m.teach_export_email({}, locale)];
}

function statusWords(language: Language): Record<Status, string> {
	const locale = { locale: language };
	return {
		'not-begun': m.teach_progress_status_not_begun({}, locale),
		'under-way': m.teach_progress_status_under_way({}, locale),
		stuck: m.teach_progress_status_stuck({}, locale),
		done: m.teach_progress_status_done({}, locale),
	};
}
