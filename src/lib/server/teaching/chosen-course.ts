import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Database, Queries } from '../db/database.ts';
import { coursesOf } from './answers.ts';

/**
 * The course that an address asks figures of (`?course=`), else the one that the group most likely
 * takes; and all that one may choose from.
 *
 * @throws 404 for a course that this server does not have
 */
export async function chosenCourse(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	groupId: string,
	{ searchParams }: URL,
	language: Language,
): Promise<{ course: Course; choices: { id: string; title: string }[] }> {
	const all = await coursesOf(db, queries, courses, groupId);
	const wanted = searchParams.get('course') ?? all[0]?.id ?? '';
	const course = all.find(({ id }) => id === wanted);
	if (!course) error(404, { message: m.teach_activity_no_course({ course: wanted }) });
	return { course, choices: all.map(({ id, title }) => ({ id, title: title[language] })) };
}
