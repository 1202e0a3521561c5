import * as v from 'valibot';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { unitsOf } from '#lib/course/parts.ts';
import type { UnitCell } from '#lib/progress/enrolment.ts';
import { STATUSES, unitsOfTask, type Status } from '#lib/teaching/standing.ts';
import type { Database } from '../db/database.ts';
import { mapOf } from '../learning/enrolments.ts';
import { attentionFor, type Attention } from './attention.ts';
import { cellsOf, peopleOf, type Person } from './people.ts';
import type { Group, Organisation } from './rights.ts';
import { chosenSubject, subjectsOf, type Subject } from './subjects.ts';

export const SORTS = ['name', 'status', 'progress', 'score', 'active'] as const;
export type Sort = (typeof SORTS)[number];
/** Whom to list: of one status, or past the due day. */
export const FILTERS = [...STATUSES, 'overdue'] as const;

/** People on one page of the table, and the most that are shown on one when all are asked for. */
export const PER_PAGE = 50;
const ALL = 1_000;

const place = v.fallback(
	v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/), v.transform(Number), v.number()),
	1,
);

/** How an address says what to show. What it does not say, or says wrongly, is as usual. */
export const rosterQuery = v.object({
	/** A subject's key. */
	of: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(100)), '')),
	status: v.fallback(v.optional(v.picklist(FILTERS)), undefined),
	q: v.fallback(v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''), ''),
	sort: v.fallback(v.optional(v.picklist(SORTS), 'name'), 'name'),
	order: v.fallback(v.optional(v.picklist(['asc', 'desc']), 'asc'), 'asc'),
	page: v.optional(place, '1'),
	/** Everybody on one page, as for printing. */
	all: v.fallback(v.optional(v.picklist(['1'])), undefined),
});
export type RosterQuery = v.InferOutput<typeof rosterQuery>;

export function readRosterQuery(params: URLSearchParams): RosterQuery {
	return v.parse(rosterQuery, Object.fromEntries(params));
}

/** One line of the table. */
export interface RosterRow extends Person {
	/** In the order of the columns; null where nothing was begun. */
	cells: (UnitCell | null)[];
}

export interface Roster {
	/** What there is to look at, and which of it is looked at. */
	subjects: SubjectLine[];
	subject: SubjectLine;
	/** How many people are of each status, whatever is filtered or searched for. */
	figures: Record<Status, number>;
	overdue: number;
	attention: { total: number; first: Attention[] };
	columns: { id: string; title: string }[];
	rows: RosterRow[];
	/** Found by filter and search. */
	found: number;
	/** Whom the subject is about. */
	people: number;
	page: number;
	pages: number;
}

export interface SubjectLine {
	key: string;
	course: string;
	/** Absent for a course as a whole. */
	assignment?: {
		scope: 'course' | 'lessons' | 'final-test';
		lessons: number;
		startsOn: string;
		dueOn: string | null;
		/** From 0. */
		round: number;
		everyMonths: number | null;
		requiredScore: number | null;
		forEveryone: boolean;
	};
}

/** The page of a group: figures, who needs attention, and one page of the table. */
export async function roster(
	db: Database,
	courses: Course[],
	{ group, organisation }: { group: Group; organisation: Organisation },
	query: RosterQuery,
	language: Language,
	now: Date,
): Promise<Roster> {
	const subjects = await subjectsOf(db, courses, group, organisation, now);
	const subject = await chosenSubject(db, subjects, group.id, query.of);
	const people = await peopleOf(db, group, subject, now);
	const found = sorted(people.filter(matches(query)), query, language);
	const per = query.all ? ALL : PER_PAGE;
	const pages = Math.max(1, Math.ceil(found.length / per));
	const page = Math.min(query.page, pages);
	const shown = found.slice((page - 1) * per, page * per);
	const columns = columnsOf(subject, language);
	const cells = await cellsOf(
		db,
		subject,
		shown.filter(({ lastAt }) => lastAt).map(({ id }) => id),
	);
	return {
		subjects: subjects.map((one) => lineOf(one, language)),
		subject: lineOf(subject, language),
		figures: figuresOf(people),
		overdue: people.filter(({ isOverdue }) => isOverdue).length,
		attention: await attentionFor(db, group, organisation, subject, people, now),
		columns,
		rows: shown.map((person) => ({
			...person,
			cells: columns.map(({ id }) => cells.get(person.id)?.[id] ?? null),
		})),
		found: found.length,
		people: people.length,
		page,
		pages,
	};
}

/** The lessons, and the final test, that a subject consists of. */
export function columnsOf(
	{ course, task }: Subject,
	language: Language,
): { id: string; title: string }[] {
	const titles = new Map(unitsOf(course).map(({ id, title }) => [id, title[language]]));
	return unitsOfTask(task, mapOf(course)).map((id) => ({ id, title: titles.get(id)! }));
}

function lineOf({ key, course, task, assigned }: Subject, language: Language): SubjectLine {
	const line: SubjectLine = { key, course: course.title[language] };
	if (!assigned) return line;
	const { assignment, round } = assigned;
	const { scope, everyMonths, requiredScore, forEveryone } = assignment;
	return {
		...line,
		assignment: {
			...{ scope, everyMonths, requiredScore, forEveryone },
			lessons: task.lessons.length,
			startsOn: round.startsOn,
			dueOn: round.dueOn,
			round: round.number,
		},
	};
}

function figuresOf(people: Person[]): Record<Status, number> {
	const figures: Record<Status, number> = { 'not-begun': 0, 'under-way': 0, stuck: 0, done: 0 };
	for (const { status } of people) figures[status] += 1;
	return figures;
}

function matches({ status, q }: RosterQuery): (person: Person) => boolean {
	const wanted = q.toLocaleLowerCase();
	return (person) =>
		(!status || (status === 'overdue' ? person.isOverdue : person.status === status)) &&
		(!wanted ||
			person.name.toLocaleLowerCase().includes(wanted) ||
			(person.email ?? '').includes(wanted));
}

/** By name where they are equal otherwise; who has no such figure comes last, whichever the order. */
function sorted(people: Person[], { sort, order }: RosterQuery, language: Language): Person[] {
	const { compare } = new Intl.Collator(language);
	const byName = (a: Person, b: Person) =>
		compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
	const sign = order === 'asc' ? 1 : -1;
	if (sort === 'name') return people.sort((a, b) => sign * byName(a, b));
	const figure = FIGURE[sort];
	return people.sort((a, b) => {
		const [left, right] = [figure(a), figure(b)];
		if (left === right) return byName(a, b);
		if (left === null || right === null) return left === null ? 1 : -1;
		return sign * (left - right);
	});
}

const FIGURE: Record<Exclude<Sort, 'name'>, (person: Person) => number | null> = {
	status: ({ status }) => STATUSES.indexOf(status),
	progress: ({ steps, of }) => (of === 0 ? null : steps / of),
	score: ({ score }) => score,
	active: ({ lastAt }) => lastAt?.getTime() ?? null,
};
