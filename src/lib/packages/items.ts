import { lessonsOf, type Course } from '#lib/course/model.ts';
import { FINAL_TEST, unitsOf } from '#lib/course/parts.ts';
import type { Text } from '#lib/course/text.ts';

/** Something that an LMS launches: a SCO, an assignable unit. */
export interface Item {
	/** The lesson's id, or that of the final test; the course's for the whole course. */
	id: string;
	title: Text;
	/** The page to launch, with the part that it is to show. */
	href: string;
	/** The score to reach, 0–100; left out where there is nothing to score. */
	masteryScore?: number;
}

const PAGE = 'index.html';
/** The parameter of a page's address that names the part. */
export const PART = 'part';

/** The whole course as one item. */
export function oneItem(course: Course): Item[] {
	return [{ id: course.id, title: course.title, href: PAGE, ...mastery(course) }];
}

/** One item for each lesson, and one for the final test. */
export function itemsByLesson(course: Course): Item[] {
	return unitsOf(course)
		.filter(({ id }) => id === FINAL_TEST || lessonsOf(course).some((lesson) => lesson.id === id))
		.map(({ id, title }) => ({
			id,
			title,
			href: `${PAGE}?${PART}=${id}`,
			...mastery(partOf(course, id)),
		}));
}

/**
 * A course that is nothing but one of its parts: what an item of a split package keeps a record of.
 * The whole course when it has no such part.
 */
export function partOf(course: Course, part: string | undefined): Course {
	const { finalTest, confidence: _, ...rest } = course;
	if (part === FINAL_TEST && finalTest) return { ...rest, finalTest, chapters: [] };
	const chapters = course.chapters
		.map((chapter) => ({ ...chapter, lessons: chapter.lessons.filter(({ id }) => id === part) }))
		.filter(({ lessons }) => lessons.length > 0);
	return chapters.length > 0 ? { ...rest, chapters } : course;
}

/** The score that an LMS is to ask for: that of the final test, else of the quizzes. */
function mastery(course: Course): Pick<Item, 'masteryScore'> {
	if (course.finalTest) return { masteryScore: course.finalTest.passMark };
	const hasQuiz = lessonsOf(course).some((lesson) =>
		lesson.steps.some((step) => step.kind === 'set' && step.role === 'quiz'),
	);
	return hasQuiz ? { masteryScore: course.passMark } : {};
}
