import type { Plugin } from 'vite';
import type { LoadedCourse } from '../authoring/loader.ts';
import { searchIndex } from '../authoring/search.ts';
import { LANGUAGES, type Language } from '../lib/course/language.ts';
import { localise } from '../lib/course/localise.ts';
import {
	lessonsOf,
	metaphorsOf,
	type Activity,
	type Course,
	type FinalTest,
	type Lesson,
	type Metaphor,
	type Step,
} from '../lib/course/model.ts';
import { CONFIDENCE, unitsOf } from '../lib/course/parts.ts';
import { TEST_ANSWERS } from '../lib/packages/assemble.ts';
import type { BesideData, LessonData } from './lessons.ts';

const LESSONS = 'virtual:package-lessons';

/**
 * A course as files of a package. What every place of it needs stands in the page itself; each lesson
 * in each language is a file of its own, so that a first lesson need not wait for the last. Words are
 * data: they are not sent as script.
 */
export function packageContent(loaded: LoadedCourse & { course: Course }): Plugin {
	const { course } = loaded;
	return {
		name: 'package-content',
		resolveId: (id) => (id === LESSONS ? `\0${id}` : undefined),
		load(id) {
			if (id !== `\0${LESSONS}`) return undefined;
			const entries = lessonsOf(course).flatMap((lesson) =>
				LANGUAGES.map((language) => {
					const file = this.emitFile({
						type: 'asset',
						name: `${lesson.id}.${language}.json`,
						source: JSON.stringify(lessonData(course, lesson, language)),
					});
					const prose = loaded.prose[`${course.id}/${lesson.id}/${language}`];
					return `${JSON.stringify(`${lesson.id}/${language}`)}: { data: import.meta.ROLLUP_FILE_URL_${file}, prose: () => import(${JSON.stringify(prose)}) }`;
				}),
			);
			const pictures = course.metaphors.map(
				(one) =>
					`${JSON.stringify(one.id)}: () => import(${JSON.stringify(loaded.pictures[`${course.id}/${one.id}`])})`,
			);
			/** One file a language, as a map from language to address. */
			const inLanguages = (name: string, sourceIn: (language: Language) => string, file = name) => {
				const entries = LANGUAGES.map((language) => {
					const emitted = this.emitFile({
						type: 'asset',
						name: `${file}.${language}.json`,
						source: sourceIn(language),
					});
					return `${JSON.stringify(language)}: import.meta.ROLLUP_FILE_URL_${emitted}`;
				});
				return `export const ${name} = {${entries.join(', ')}};`;
			};
			return [
				inLanguages('beside', (language) => JSON.stringify(besideData(course, language))),
				course.finalTest
					? inLanguages('finalTest', testIn(course.finalTest), TEST_ANSWERS)
					: 'export const finalTest = {};',
				inLanguages('metaphors', (language) =>
					JSON.stringify(metaphorWords(course.metaphors, language)),
				),
				inLanguages('search', (language) => searchIndex(loaded, language)),
				`export const lessons = {${entries.join(',\n')}};`,
				`export const pictures = {${pictures.join(',\n')}};`,
			].join('\n');
		},
	};
}

const bare = ({ id, type }: Activity): Activity => ({ id, type });

/** What the course map, standing and suspend data need: no words of activities, no answers. */
export function skeleton(course: Course): Course {
	const step = (one: Step): Step =>
		one.kind === 'read'
			? one
			: one.kind === 'activity'
				? { ...one, activity: bare(one.activity) }
				: { ...one, items: one.items.map(bare) };
	return {
		...course,
		metaphors: course.metaphors.map((one) => ({ ...one, texts: {} })),
		facts: [],
		glossary: [],
		// How many there are is all that the course map asks.
		questions: course.questions.map((group) => ({ ...group, questions: [] })),
		...bareTest(course),
		chapters: course.chapters.map((chapter) => ({
			...chapter,
			lessons: chapter.lessons.map((lesson) => ({ ...lesson, steps: lesson.steps.map(step) })),
		})),
	};
}

function bareTest({ finalTest, confidence }: Course): Pick<Course, 'finalTest' | 'confidence'> {
	return {
		finalTest: finalTest && {
			...finalTest,
			bank: finalTest.bank.map(({ lesson, items }) => ({ lesson, items: items.map(bare) })),
		},
		confidence: confidence && { ...confidence, activity: bare(confidence.activity) },
	};
}

const testIn = (test: FinalTest) => (language: Language) =>
	JSON.stringify(localise(test, language));

function besideData(course: Course, language: Language): BesideData {
	const confidence = unitsOf(course).find(({ id }) => id === CONFIDENCE);
	return {
		...(confidence ? { confidence: localise(confidence, language) } : {}),
		...localise({ glossary: course.glossary, questions: course.questions }, language),
	};
}

function lessonData(course: Course, lesson: Lesson, language: Language): LessonData {
	const shown = course.metaphors.filter((one) => metaphorsOf(lesson).includes(one.id));
	return { lesson: localise(lesson, language), metaphors: metaphorWords(shown, language) };
}

function metaphorWords(metaphors: Metaphor[], language: Language): LessonData['metaphors'] {
	return Object.fromEntries(
		metaphors.map((metaphor) => {
			const { title, point, texts } = localise(metaphor, language);
			return [metaphor.id, { title, point, texts }];
		}),
	);
}
