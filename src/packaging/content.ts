import type { Plugin } from 'vite';
import type { LoadedCourse } from '../authoring/loader.ts';
import type { Language } from '../lib/course/language.ts';
import { localise } from '../lib/course/localise.ts';
import {
	lessonsOf,
	type Activity,
	type Course,
	type Lesson,
	type Step,
	metaphorsOf,
} from '../lib/course/model.ts';

const COURSE = 'virtual:package-course';
const LESSONS = 'virtual:package-lessons';
const LESSON = 'virtual:package-lesson/';

/**
 * A course as modules of a package: an outline at once, each lesson in each language as a file of
 * its own, so that a first lesson need not wait for the last.
 */
export function packageContent(
	loaded: LoadedCourse & { course: Course },
	languages: Language[],
): Plugin {
	const { course } = loaded;
	const lessons = lessonsOf(course);
	return {
		name: 'package-content',
		resolveId: (id) =>
			id === COURSE || id === LESSONS || id.startsWith(LESSON) ? `\0${id}` : undefined,
		load(id) {
			if (id === `\0${COURSE}`)
				return [
					`export default ${JSON.stringify(skeleton(course))};`,
					`export const languages = ${JSON.stringify(languages)};`,
				].join('\n');
			if (id === `\0${LESSONS}`) {
				const entries = lessons.flatMap((lesson) =>
					languages.map((language) => {
						const key = `${lesson.id}/${language}`;
						return `${JSON.stringify(key)}: () => import(${JSON.stringify(LESSON + key)})`;
					}),
				);
				return `export const lessons = {${entries.join(',\n')}};`;
			}
			const [, lessonId, language] = id.replace(`\0${LESSON}`, `${LESSON}`).split('/');
			const lesson = lessons.find((one) => one.id === lessonId);
			if (!id.startsWith(`\0${LESSON}`) || !lesson) return undefined;
			return lessonModule(loaded, lesson, language as Language);
		},
	};
}

/** What the course map, standing and suspend data need: no words of activities, no answers. */
function skeleton(course: Course): Course {
	const bare = ({ id, type }: Activity): Activity => ({ id, type });
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
		chapters: course.chapters.map((chapter) => ({
			...chapter,
			lessons: chapter.lessons.map((lesson) => ({ ...lesson, steps: lesson.steps.map(step) })),
		})),
	};
}

function lessonModule(
	{ course, prose, pictures }: LoadedCourse & { course: Course },
	lesson: Lesson,
	language: Language,
): string {
	const metaphors = course.metaphors
		.filter((one) => metaphorsOf(lesson).includes(one.id))
		.map((one) => {
			const picture = pictures[`${course.id}/${one.id}`]!;
			const { id, ...props } = localise(one, language);
			return `${JSON.stringify(id)}: { props: ${JSON.stringify(props)}, picture: () => import(${JSON.stringify(picture)}).then((module) => module.default) }`;
		});
	return [
		`export { default as prose } from ${JSON.stringify(prose[`${course.id}/${lesson.id}/${language}`])};`,
		`export const lesson = ${JSON.stringify(localise(lesson, language))};`,
		`export const metaphors = {${metaphors.join(', ')}};`,
	].join('\n');
}
