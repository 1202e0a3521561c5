import { readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import type { Language } from '#lib/course/language.ts';
import { localise } from '#lib/course/localise.ts';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { SEARCH_OPTIONS, type Found } from '#lib/course/search.ts';
import { splitMatter } from './lesson-file.ts';
import type { LoadedCourse } from './loader.ts';
import { plain } from './quality/texts.ts';

/**
 * The search index of a course in one language, as JSON: lessons, their reading steps, metaphors,
 * questions and the glossary. Activities stay out of it, they hold answers.
 */
export function searchIndex(
	{ course, prose }: LoadedCourse & { course: Course },
	language: Language,
) {
	const index = new MiniSearch<Found>(SEARCH_OPTIONS);
	index.addAll(documents(course, language, prose));
	return JSON.stringify(index);
}

function documents(course: Course, language: Language, prose: LoadedCourse['prose']): Found[] {
	const { glossary, questions, metaphors } = localise(
		{ glossary: course.glossary, questions: course.questions, metaphors: course.metaphors },
		language,
	);
	const lessons = lessonsOf(course).flatMap((lesson): Omit<Found, 'id'>[] => {
		const { title, message, objective } = localise(lesson, language);
		const words = wordsOfSteps(
			readFileSync(prose[`${course.id}/${lesson.id}/${language}`]!, 'utf8'),
		);
		return [
			{ kind: 'lesson', title, text: `${message} ${objective}`, place: lesson.id },
			...lesson.steps
				.filter(({ kind }) => kind === 'read')
				.map((step) => ({
					kind: 'step' as const,
					title: step.title[language],
					text: words[step.id] ?? '',
					place: lesson.id,
					step: step.id,
				})),
		];
	});
	const all: Omit<Found, 'id'>[] = [
		...glossary.map(({ id, term, also, meaning, lesson }) => ({
			kind: 'term' as const,
			title: term,
			text: meaning,
			also,
			place: id,
			step: lesson,
		})),
		...lessons,
		...metaphors.map(({ id, title, point }) => ({
			kind: 'metaphor' as const,
			title,
			text: point,
			place: id,
		})),
		...questions.flatMap((group) =>
			group.questions.map(({ text }) => ({
				kind: 'question' as const,
				title: text,
				text: `${group.title}. ${group.when}`,
				place: group.id,
			})),
		),
	];
	return all.map((one, id) => ({ ...one, id }));
}

/** By step: its words without any markup. */
function wordsOfSteps(file: string): Record<string, string> {
	const steps = splitMatter(file).body.matchAll(
		/<Step\b[^>]*\bid="([^"]*)"[^>]*>([\s\S]*?)<\/Step>/g,
	);
	return Object.fromEntries(
		[...steps].map(([, id, body]) => [
			id!,
			body!
				.split('\n')
				.map(plain)
				.filter((line) => line !== '')
				.join(' '),
		]),
	);
}
