import type { Language } from './language.ts';
import {
	activitiesOf,
	lessonsOf,
	type Course,
	type FinalTest,
	type Lesson,
	type Step,
} from './model.ts';

/** A course without its activities, in one language: what the course map and completion need. */
export interface Outline {
	id: string;
	version: string;
	title: string;
	description: string;
	passMark: number;
	reviewPending: boolean;
	/** The names of conversational moves, by id. */
	skills: Record<string, { name: string; helpful: boolean }>;
	/** By id: what each metaphor is called and which step shows it first, if one does. */
	metaphors: Record<string, { title: string; at?: { lesson: string; step: string } }>;
	chapters: { id: string; title: string; lessons: LessonOutline[] }[];
	/** Whether there are questions to print as cards. */
	hasQuestions: boolean;
	finalTest?: { draw: number; passMark: number; minutes: number };
	/** Whether confidence is asked for before and after, and how long that takes. */
	confidence?: { minutes: number };
}

export interface LessonOutline {
	id: string;
	title: string;
	objective: string;
	message: string;
	/** Sum of its steps. */
	minutes: number;
	steps: StepOutline[];
}

export interface StepOutline {
	id: string;
	title: string;
	minutes: number;
	/** `vignette` is told apart because it is what people look for; other lone activities are `activity`. */
	kind: 'read' | 'vignette' | 'reflection' | 'activity' | 'drill' | 'quiz';
	/** Ids of all activities of the step (the whole bank of a quiz). */
	items: string[];
}

export function outline(course: Course, language: Language): Outline {
	return {
		id: course.id,
		version: course.version,
		title: course.title[language],
		description: course.description[language],
		passMark: course.passMark,
		reviewPending: course.review.state === 'pending',
		skills: Object.fromEntries(
			course.skills.map(({ id, name, helpful }) => [id, { name: name[language], helpful }]),
		),
		metaphors: Object.fromEntries(
			course.metaphors.map(({ id, title }) => [
				id,
				{ title: title[language], at: firstShown(course, id) },
			]),
		),
		chapters: course.chapters.map((chapter) => ({
			id: chapter.id,
			title: chapter.title[language],
			lessons: chapter.lessons.map((lesson) => lessonOutline(lesson, language)),
		})),
		hasQuestions: course.questions.length > 0,
		...(course.finalTest ? { finalTest: testOutline(course.finalTest) } : {}),
		...(course.confidence ? { confidence: { minutes: course.confidence.minutes } } : {}),
	};
}

function testOutline({ draw, passMark, minutes }: FinalTest) {
	return { draw, passMark, minutes };
}

function firstShown(course: Course, metaphor: string) {
	for (const lesson of lessonsOf(course))
		for (const step of lesson.steps)
			if (step.kind === 'read' && step.metaphors.includes(metaphor))
				return { lesson: lesson.id, step: step.id };
}

export function lessonOutline(lesson: Lesson, language: Language): LessonOutline {
	return {
		id: lesson.id,
		title: lesson.title[language],
		objective: lesson.objective[language],
		message: lesson.message[language],
		minutes: lesson.steps.reduce((sum, step) => sum + step.minutes, 0),
		steps: lesson.steps.map((step) => ({
			id: step.id,
			title: step.title[language],
			minutes: step.minutes,
			kind: kindOf(step),
			items: activitiesOf(step).map((activity) => activity.id),
		})),
	};
}

function kindOf(step: Step): StepOutline['kind'] {
	if (step.kind === 'read') return 'read';
	if (step.kind === 'set') return step.role === 'drill' ? 'drill' : 'quiz';
	if (step.activity.type === 'vignette') return 'vignette';
	return step.activity.type === 'reflect' ? 'reflection' : 'activity';
}

export function lessonsOfOutline(course: Outline): LessonOutline[] {
	return course.chapters.flatMap((chapter) => chapter.lessons);
}

/** The lessons before and after one, in course order. */
export function neighbours(
	course: Outline,
	lessonId: string,
): { previous?: LessonOutline; next?: LessonOutline } {
	const lessons = lessonsOfOutline(course);
	const at = lessons.findIndex((lesson) => lesson.id === lessonId);
	return { previous: lessons[at - 1], next: lessons[at + 1] };
}
