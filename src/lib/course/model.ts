import type { Language } from './language.ts';
import type { Text } from './text.ts';

/**
 * The course as the engine knows it: read from files by `src/authoring`, checked once, then
 * only read. Texts are still in every language; see `localise`.
 */
export interface Course {
	id: string;
	/** The author's version of the content, for example "1.0.0"; goes into statements and certificates. */
	version: string;
	title: Text;
	description: Text;
	/** Share of a quiz that must be right for its step to count as done, 0–100. */
	passMark: number;
	review: Review;
	/** Who has written it; certificates name them. */
	authors?: Author[];
	/** What authors have set themselves; `course check` holds them to it. */
	readingEase?: Record<Language, Band>;
	proseWords?: Band;
	vignetteTurns?: Band;
	chapters: Chapter[];
	/** The conversational moves that vignettes name. */
	skills: Skill[];
	metaphors: Metaphor[];
	facts: Fact[];
	finalTest?: FinalTest;
	confidence?: Confidence;
	glossary: Term[];
	/** Questions to take into a consultation. */
	questions: QuestionGroup[];
}

export interface Band {
	from: number;
	to: number;
}

/** Clinical sign-off. Until a named clinician has signed, educators see that the content is pending. */
export type Review =
	{ state: 'pending'; note?: Text } | { state: 'signed'; by: string; on: string };

export interface Author {
	name: string;
	/** What they are, for example "physiotherapist, PhD". */
	role?: Text;
}

export interface Chapter {
	id: string;
	title: Text;
	lessons: Lesson[];
}

export interface Lesson {
	id: string;
	title: Text;
	/** Measurable: what the learner can do afterwards. */
	objective: Text;
	/** The key message in one plain sentence. */
	message: Text;
	steps: Step[];
}

/** One screen-worth of a lesson, in the order in which the prose places it. */
export type Step = ReadStep | ActivityStep | SetStep;

interface StepBase {
	id: string;
	title: Text;
	/** Estimated minutes, whole or half. */
	minutes: number;
}
export interface ReadStep extends StepBase {
	kind: 'read';
	/** Ids of the metaphors that it shows. */
	metaphors: string[];
}
export interface ActivityStep extends StepBase {
	kind: 'activity';
	activity: Activity;
}
export interface SetStep extends StepBase {
	kind: 'set';
	/**
	 * A drill trains one skill and may be retried item by item; a quiz is scored and retaken as a
	 * whole. Beside lessons: the final test, and the items of a lesson as practice (`parts.ts`).
	 */
	role: 'drill' | 'quiz' | 'test' | 'practice';
	intro?: Text;
	/** How many items an attempt draws from the bank; all when absent. */
	draw?: number;
	items: Activity[];
}

/** Any activity. What else it holds is known to its type's folder under `src/lib/activities`. */
export interface Activity {
	id: string;
	type: string;
}

/** Items over the whole course. Their answers stay on the server, or in the package that scores them. */
export interface FinalTest {
	/** How many items an attempt has. */
	draw: number;
	/** Share of points at which it is passed, 0–100. */
	passMark: number;
	/** Estimated. */
	minutes: number;
	bank: { lesson: string; items: Activity[] }[];
}

/** How confident the learner feels in the tasks that the course is about; asked before and after, never scored. */
export interface Confidence {
	/** Estimated, for each time. */
	minutes: number;
	activity: Activity;
}

export interface Skill {
	id: string;
	name: Text;
	/** Whether choosing it counts as a skill met. */
	helpful: boolean;
}

export interface Metaphor {
	id: string;
	title: Text;
	/** The point of the metaphor in one sentence. */
	point: Text;
	/** Every other text of the interactive picture, by key. */
	texts: Record<string, Text>;
}

/** A word of the course and what it means there. */
export interface Term {
	id: string;
	term: Text;
	/** Other words for it, for those who search. */
	also?: Text;
	meaning: Text;
	/** The lesson that is about it. */
	lesson?: string;
}

/** Questions that serve one purpose. */
export interface QuestionGroup {
	id: string;
	title: Text;
	/** When they help. */
	when: Text;
	/** The lesson that is about it. */
	lesson?: string;
	questions: { id: string; text: Text }[];
}

export interface Fact {
	id: string;
	statement: Text;
	/** Where in the source book. */
	source: string;
	caution?: Text;
}

/** The activities of a step: none for reading, one or a bank. */
export function activitiesOf(step: Step): Activity[] {
	if (step.kind === 'read') return [];
	return step.kind === 'activity' ? [step.activity] : step.items;
}

/** Ids of the metaphors that a lesson shows. */
export function metaphorsOf(lesson: Lesson): string[] {
	return [...new Set(lesson.steps.flatMap((step) => (step.kind === 'read' ? step.metaphors : [])))];
}

export function lessonsOf(course: Pick<Course, 'chapters'>): Lesson[] {
	return course.chapters.flatMap((chapter) => chapter.lessons);
}

export function findLesson(course: Course, lessonId: string): Lesson | undefined {
	return lessonsOf(course).find((lesson) => lesson.id === lessonId);
}
