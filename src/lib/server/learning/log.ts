import { and, asc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Language } from '#lib/course/language.ts';
import { activitiesOf, lessonsOf, type Course } from '#lib/course/model.ts';
import type { Text } from '#lib/course/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Database, Tables } from '../db/database.ts';
import { NOTES } from './notes.ts';

/*
 * The learner's own log. Nobody else can read it: these functions, and the export of one's own data,
 * are all that reads its words, and each is given the id of who asks.
 */

/** What a form sends to change an entry; without words it goes. */
export const change = v.object({
	id: v.pipe(v.string(), v.maxLength(64)),
	text: v.pipe(
		v.string(),
		v.maxLength(10_000, () => m.account_log_long()),
	),
});

/**
 * Changes an entry of somebody's own log, or removes it where no words are left. An entry may be older
 * than the course as it is now: that its place is gone takes it from nobody.
 *
 * @returns whether there was such an entry
 */
export async function changeEntry(
	db: Database,
	userId: string,
	{ id: entry, text }: v.InferOutput<typeof change>,
	now = new Date(),
): Promise<boolean> {
	const { reflections } = db.tables;
	const { id, userId: owner } = reflections;
	const own = and(eq(id, entry), eq(owner, userId));
	return db.tx(async (tx) => {
		const changed =
			text.trim() === ''
				? await tx.delete(reflections).where(own).returning({ id })
				: await tx.update(reflections).set({ text, updatedAt: now }).where(own).returning({ id });
		return changed.length > 0;
	});
}

type Row = Tables['reflections']['$inferSelect'];

/** One entry, with what was asked where the course still asks it. */
export interface Entry {
	id: string;
	prompt?: string;
	text: string;
	updatedAt: Date;
}

/** The entries of a lesson, oldest first. */
export interface LoggedLesson {
	course: string;
	lesson: string;
	entries: Entry[];
}

/**
 * A learner's own log in one language, by course and lesson in their order; what the courses no longer
 * have stands last, under its id, as it was written.
 */
export async function logOf(
	db: Database,
	courses: Course[],
	userId: string,
	language: Language,
): Promise<LoggedLesson[]> {
	const { reflections } = db.tables;
	const rows = await db.read
		.select()
		.from(reflections)
		.where(eq(reflections.userId, userId))
		.orderBy(asc(reflections.createdAt), asc(reflections.id));
	const known = courses.flatMap((course) =>
		lessonsOf(course).map((lesson) => ({ course, lesson })),
	);
	const placed = known.map(({ course, lesson }) => ({
		course: course.title[language],
		lesson: lesson.title[language],
		entries: rows
			.filter((row) => row.course === course.id && row.lesson === lesson.id)
			.map((row) => {
				const asked = lesson.steps.flatMap(activitiesOf).find(({ id }) => id === row.activity);
				return entryOf(row, (asked as { prompt?: Text } | undefined)?.prompt?.[language]);
			}),
	}));
	const isKnown = (row: Row) =>
		known.some(({ course, lesson }) => row.course === course.id && row.lesson === lesson.id);
	const lost = rows.filter((row) => !isKnown(row));
	const rest = [...Map.groupBy(lost, (row) => `${row.course} ${row.lesson}`).values()].map(
		(theirs) => {
			const [{ course: id, lesson }] = theirs as [Row];
			const entries = theirs.map((row) => entryOf(row));
			if (id === NOTES) return { ...notesIn(language), entries };
			const course = courses.find((one) => one.id === id)?.title[language] ?? id;
			return { course, lesson, entries };
		},
	);
	return [...placed, ...rest].filter(({ entries }) => entries.length > 0);
}

/** What was saved from the coach's page, where no course asked. */
function notesIn(language: Language): Pick<LoggedLesson, 'course' | 'lesson'> {
	const locale = { locale: language };
	return { course: m.coach_page_title({}, locale), lesson: m.coach_page_log_place({}, locale) };
}

function entryOf({ id, text, updatedAt }: Row, prompt?: string): Entry {
	return { id, ...(prompt ? { prompt } : {}), text, updatedAt };
}

/** The log as a Markdown file, in one language. */
export function logFile(log: LoggedLesson[], language: Language): string {
	const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
	const courses = Map.groupBy(log, ({ course }) => course);
	const parts = [...courses].flatMap(([course, lessons]) => [
		`## ${course}`,
		...lessons.flatMap(({ lesson, entries }) => [
			`### ${lesson}`,
			...entries.flatMap(({ prompt, text, updatedAt }) => [
				...(prompt ? [`> ${prompt}`] : []),
				text.trim(),
				`*${date.format(updatedAt)}*`,
			]),
		]),
	]);
	return [`# ${m.account_log()}`, ...parts].join('\n\n') + '\n';
}
