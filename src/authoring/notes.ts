import { activitiesOf, type Course } from '#lib/course/model.ts';
import type { LoadedCourse } from './loader.ts';
import { formatMistake } from './mistakes.ts';

/** What stands beside an activity for those who write it. */
export interface AuthorNote {
	/** `courses/…/vignette.yaml:12` */
	place: string;
	/** What the check says of it. */
	says: string[];
}

/** By `course/lesson/activity`: where each activity is written, and what is to mend in it. */
export function notesOn(loaded: (LoadedCourse & { course: Course })[]): Record<string, AuthorNote> {
	const notes: Record<string, AuthorNote> = {};
	for (const { course, lessons, mistakes } of loaded)
		for (const { lesson, where } of lessons) {
			const places = lesson.steps.flatMap(activitiesOf).flatMap(({ id }) => {
				const found = where(id);
				return found ? [{ id, file: found.file.file, line: found.file.lineOf(found.path) }] : [];
			});
			for (const { id, file, line } of places) {
				const next = Math.min(
					...places.filter((one) => one.file === file && one.line > line).map((one) => one.line),
				);
				const own = mistakes.filter(
					(one) =>
						one.file === file && one.line !== undefined && one.line >= line && one.line < next,
				);
				notes[`${course.id}/${lesson.id}/${id}`] = {
					place: formatMistake({ file, line, message: '' }).trim(),
					says: own.map(({ line, message }) => `${line}: ${message}`),
				};
			}
		}
	return notes;
}
