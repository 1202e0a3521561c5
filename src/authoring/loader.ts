import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Chapter, Confidence, Course, Fact, Lesson, Metaphor } from '#lib/course/model.ts';
import {
	chapterFile,
	confidenceFile,
	courseFile,
	factsFile,
	metaphorFile,
} from '#lib/course/schema.ts';
import { checkCourse } from './check-course.ts';
import { courseFolders, folders, numberedFolders } from './folders.ts';
import { loadLesson, readActivity, type LoadedLesson } from './load-lesson.ts';
import { checkFinalTest, loadFinalTest } from './final-test.ts';
import { loadLibrary } from './library.ts';
import { checkLock } from './lock.ts';
import { CourseError, type Mistake } from './mistakes.ts';
import { checkQuality } from './quality/check.ts';
import { YamlFile } from './yaml-file.ts';

/** A course as read from its folder. `course` is there when it can be used as it is. */
export interface LoadedCourse {
	folder: string;
	course?: Course;
	/** The course as soon as it hangs together, though its words may be found wanting. */
	draft?: Course;
	mistakes: Mistake[];
	/** Every lesson as read, for reports; also of a course that has mistakes. */
	lessons: LoadedLesson[];
	/** Prose files by `course/lesson/language`, and pictures by `course/metaphor`. */
	prose: Record<string, string>;
	pictures: Record<string, string>;
}

/** Reads and checks one course. Never throws for what an author can mend: see `mistakes`. */
export function loadCourse(folder: string): LoadedCourse {
	const mistakes: Mistake[] = [];
	const id = basename(resolve(folder));
	const file = new YamlFile(join(folder, 'course.yaml'));
	const head = file.read(courseFile);
	if (head && head.id !== id)
		file.complain(['id'], `is "${head.id}" but the folder is called "${id}"; make them the same`);

	const metaphors = folders(join(folder, 'metaphors')).map((name) =>
		loadMetaphor(join(folder, 'metaphors', name), name, mistakes),
	);
	const facts = loadFacts(join(folder, 'facts.yaml'), mistakes);
	const finalTest = loadFinalTest(join(folder, 'final-test.yaml'), mistakes);
	const confidence = loadConfidence(join(folder, 'confidence.yaml'), mistakes);
	const library = loadLibrary(folder, mistakes);
	const loaded: LoadedLesson[] = [];
	const chapters = numberedFolders(folder, ['metaphors', 'cards'], mistakes).map(
		(chapter): Chapter => {
			const chapterYaml = readIfThere(join(chapter.path, 'chapter.yaml'), mistakes);
			const title = chapterYaml?.read(chapterFile)?.title ?? { da: '', en: '' };
			mistakes.push(...(chapterYaml?.mistakes ?? []));
			const lessons = numberedFolders(chapter.path, [], mistakes).map((lesson): Lesson => {
				const one = loadLesson(lesson.path, lesson.id);
				loaded.push(one);
				return one.lesson;
			});
			return { id: chapter.id, title, lessons };
		},
	);
	mistakes.unshift(...file.mistakes);
	mistakes.push(...loaded.flatMap((one) => one.mistakes));

	const found = { folder, mistakes, lessons: loaded, ...filesOf(id, folder, loaded, metaphors) };
	if (!head) return found;
	const course: Course = {
		...head,
		chapters,
		metaphors: metaphors.filter((one) => one !== undefined),
		facts,
		...(finalTest ? { finalTest: finalTest.test } : {}),
		...(confidence ? { confidence } : {}),
		glossary: library.glossary,
		questions: library.questions,
	};
	mistakes.push(...checkCourse(course, folder, loaded));
	if (finalTest) mistakes.push(...checkFinalTest(course, finalTest));
	mistakes.push(...library.check(course));
	if (mistakes.length > 0) return found;
	// The words are judged once everything is there.
	mistakes.push(
		...checkQuality(course, folder, loaded, [...(finalTest?.texts ?? []), ...library.texts]),
		...checkLock(course, folder),
	);
	return { ...found, draft: course, ...(mistakes.length === 0 ? { course } : {}) };
}

/**
 * All courses under some folders.
 *
 * @param drafts takes courses whose words are found wanting as well, for those who write them
 * @throws CourseError with every mistake of every course
 */
export function loadCourses(
	dirs: string[],
	{ drafts = false } = {},
): (LoadedCourse & { course: Course })[] {
	const loaded = courseFolders(dirs)
		.map(loadCourse)
		.map((one) => (drafts && one.draft ? { ...one, course: one.draft } : one));
	const mistakes = loaded.filter(({ course }) => !course).flatMap((one) => one.mistakes);
	if (loaded.length === 0)
		mistakes.push({
			file: resolve(dirs[0] ?? 'courses'),
			message: 'holds no course; `npm run course -- new course <id>` makes one',
		});
	if (mistakes.length > 0) throw new CourseError(mistakes);
	return loaded as (LoadedCourse & { course: Course })[];
}

function readIfThere(file: string, mistakes: Mistake[]): YamlFile | undefined {
	if (existsSync(file)) return new YamlFile(file);
	mistakes.push({ file, message: 'is missing' });
	return undefined;
}

function loadMetaphor(folder: string, id: string, mistakes: Mistake[]): Metaphor | undefined {
	const yaml = readIfThere(join(folder, 'metaphor.yaml'), mistakes);
	const picture = join(folder, 'Metaphor.svelte');
	if (!existsSync(picture)) mistakes.push({ file: picture, message: 'is missing' });
	const content = yaml?.read(metaphorFile);
	mistakes.push(...(yaml?.mistakes ?? []));
	return content && { id, ...content };
}

function loadFacts(file: string, mistakes: Mistake[]): Fact[] {
	if (!existsSync(file)) return [];
	const yaml = new YamlFile(file);
	const facts = yaml.read(factsFile) ?? [];
	const ids = facts.map((fact) => fact.id);
	ids.forEach((id, at) => {
		if (ids.indexOf(id) < at) yaml.complain([at, 'id'], 'this id is taken already; choose another');
	});
	mistakes.push(...yaml.mistakes);
	return facts;
}

function loadConfidence(path: string, mistakes: Mistake[]): Confidence | undefined {
	if (!existsSync(path)) return undefined;
	const file = new YamlFile(path);
	const content = file.read(confidenceFile);
	const activity = content && readActivity(file, ['activity']);
	if (activity && activity.type !== 'rate')
		file.complain(
			['activity', 'type'],
			`is "${activity.type}"; what is asked before and after is a "rate"`,
		);
	mistakes.push(...file.mistakes);
	return activity && { minutes: content.minutes, activity };
}

function filesOf(
	id: string,
	folder: string,
	lessons: LoadedLesson[],
	metaphors: (Metaphor | undefined)[],
): Pick<LoadedCourse, 'prose' | 'pictures'> {
	return {
		prose: Object.fromEntries(
			lessons.flatMap((one) =>
				one.files.map(([language, file]) => [`${id}/${one.lesson.id}/${language}`, file]),
			),
		),
		pictures: Object.fromEntries(
			metaphors.flatMap((one) =>
				one ? [[`${id}/${one.id}`, resolve(folder, 'metaphors', one.id, 'Metaphor.svelte')]] : [],
			),
		),
	};
}
