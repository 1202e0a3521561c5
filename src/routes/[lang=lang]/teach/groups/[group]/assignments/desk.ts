import courses from 'virtual:courses';
import type { Language } from '#lib/course/language.ts';
import { outline } from '#lib/course/outline.ts';
import { app, isRunning } from '#lib/server/app.ts';
import { logError } from '#lib/server/log.ts';
import type { Desk } from '#lib/server/teaching/assignments.ts';
import { groupToChange, mustBeMember } from '#lib/server/teaching/rights.ts';
import { countRounds } from '#lib/server/teaching/rounds.ts';

interface Asking {
	locals: App.Locals;
	params: { lang: string; group: string };
	url: URL;
}

/**
 * Who changes a group's assignments, and with what.
 *
 * @throws 404 for whoever does not follow the group; 403 when it is archived
 */
export async function deskOf({ locals, params, url }: Asking): Promise<Desk> {
	const user = mustBeMember(locals, params.lang);
	const { db, box } = app();
	const found = await groupToChange(db, db.read, user.id, params.group);
	return { db, box, courses, origin: url.origin, actor: user.id, ...found, now: new Date() };
}

/** What the form offers: courses, with chapters and lessons by their titles. */
export function offer(language: Language) {
	return courses.map((course) => {
		const told = outline(course, language);
		return {
			id: told.id,
			title: told.title,
			hasTest: told.finalTest !== undefined,
			chapters: told.chapters.map(({ id, title, lessons }) => ({
				id,
				title,
				lessons: lessons.map((lesson) => ({ id: lesson.id, title: lesson.title })),
			})),
		};
	});
}

/** Counts rounds that a change has begun; nobody has to wait for it. */
export function countInBackground(id: string): void {
	const { db } = app();
	void countRounds(db, courses, { only: id, goOn: () => isRunning(db) }).catch((error: unknown) =>
		logError('Rounds were not counted:', error),
	);
}
