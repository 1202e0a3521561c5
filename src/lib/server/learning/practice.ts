import { findLesson, type Activity, type Course } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import { practiceItems } from '#lib/course/parts.ts';
import { practisable, sitting, type Practisable } from '#lib/progress/due.ts';
import type { Progress } from '#lib/progress/progress.ts';

/** What a learner can practise on a day, and the definitions of one sitting's items. */
export function practiceFor(
	course: Course,
	map: Outline,
	progress: Progress,
	today: number,
): {
	lessons: Pick<Practisable, 'lesson' | 'items'>[];
	items: { lesson: string; activity: Activity }[];
} {
	const lessons = practisable(course, map, progress);
	return {
		lessons: lessons.map(({ lesson, items }) => ({ lesson, items })),
		items: sitting(lessons, today).flatMap(({ lesson, item }) => {
			const activity = practiceItems(findLesson(course, lesson)?.steps ?? []).find(
				({ id }) => id === item,
			);
			return activity ? [{ lesson, activity }] : [];
		}),
	};
}
