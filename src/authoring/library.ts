import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as v from 'valibot';
import { lessonsOf, type Course, type QuestionGroup, type Term } from '#lib/course/model.ts';
import { glossaryFile, questionsFile } from '#lib/course/schema.ts';
import type { Mistake } from './mistakes.ts';
import { activityTexts, type Words } from './quality/texts.ts';
import { YamlFile } from './yaml-file.ts';

/** What a course has to look things up in: its glossary and its questions to take along. */
export interface Library {
	glossary: Term[];
	questions: QuestionGroup[];
	/** Every text of it, for what is checked of words. */
	texts: Words[];
	/** Known only with the whole course at hand. */
	check(course: Course): Mistake[];
}

export function loadLibrary(folder: string, mistakes: Mistake[]): Library {
	const glossary = readList(join(folder, 'glossary.yaml'), glossaryFile, mistakes);
	const questions = readList(join(folder, 'questions.yaml'), questionsFile, mistakes);
	return {
		glossary: glossary.entries,
		questions: questions.entries,
		texts: [...glossary.texts, ...questions.texts],
		check: (course) => [...unknownLessons(course, glossary), ...unknownLessons(course, questions)],
	};
}

interface List<T> {
	entries: T[];
	file: YamlFile | undefined;
	texts: Words[];
}

function readList<T extends { id: string; lesson?: string }>(
	path: string,
	schema: v.GenericSchema<unknown, T[]>,
	mistakes: Mistake[],
): List<T> {
	if (!existsSync(path)) return { entries: [], file: undefined, texts: [] };
	const file = new YamlFile(path);
	const entries = file.read(schema) ?? [];
	const ids = entries.map(({ id }) => id);
	ids.forEach((id, at) => {
		if (ids.indexOf(id) < at) file.complain([at, 'id'], 'this id is taken already; choose another');
	});
	mistakes.push(...file.mistakes);
	const texts = entries.flatMap((entry, at) => activityTexts(entry as never, file, [at]));
	return { entries, file, texts };
}

function unknownLessons(
	course: Course,
	{ entries, file }: List<{ id: string; lesson?: string }>,
): Mistake[] {
	if (!file) return [];
	const before = file.mistakes.length;
	const known = lessonsOf(course).map(({ id }) => id);
	entries.forEach(({ lesson }, at) => {
		if (lesson !== undefined && !known.includes(lesson))
			file.complain([at, 'lesson'], `there is no lesson "${lesson}"`);
	});
	return file.mistakes.slice(before);
}
