import { existsSync } from 'node:fs';
import { code } from '#lib/course/code.ts';
import { lessonsOf, type Activity, type Course, type FinalTest } from '#lib/course/model.ts';
import { finalTestFile } from '#lib/course/schema.ts';
import { readActivity } from './load-lesson.ts';
import type { Mistake } from './mistakes.ts';
import { activityTexts, type Words } from './quality/texts.ts';
import { YamlFile } from './yaml-file.ts';

export interface LoadedFinalTest {
	test: FinalTest;
	file: YamlFile;
	/** Every text of its items, for what is checked of words. */
	texts: Words[];
}

/**
 * What a test can score by itself, without a conversation or the learner's own words, and whose
 * answerless view gives nothing away: the halves of a `match` share their ids, and an `order` is
 * written in its right order.
 */
const TYPES = ['choice', 'categorise', 'estimate', 'spot'];

/** Reads `final-test.yaml`; undefined when there is none, or nothing that can be read. */
export function loadFinalTest(path: string, mistakes: Mistake[]): LoadedFinalTest | undefined {
	if (!existsSync(path)) return undefined;
	const file = new YamlFile(path);
	const content = file.read(finalTestFile);
	const texts: Words[] = [];
	const bank = (content?.bank ?? []).map(({ lesson, items }, at) => ({
		lesson,
		items: items.flatMap((_, index): Activity[] => {
			const place = ['bank', at, 'items', index];
			const activity = readActivity(file, place);
			if (!activity) return [];
			if (!TYPES.includes(activity.type))
				file.complain(
					[...place, 'type'],
					`a test cannot score a "${activity.type}"; there are ${TYPES.join(', ')}`,
				);
			texts.push(...activityTexts(activity, file, place));
			return [activity];
		}),
	}));
	mistakes.push(...file.mistakes);
	return content && { test: { ...content, bank }, file, texts };
}

/** Whether the bank fits the course: known lessons, ids that can be told apart, enough to draw from. */
export function checkFinalTest(course: Course, { test, file }: LoadedFinalTest): Mistake[] {
	const before = file.mistakes.length;
	const lessons = lessonsOf(course).map((lesson) => lesson.id);
	const seen = new Map<number, string>();
	test.bank.forEach(({ lesson, items }, at) => {
		if (!lessons.includes(lesson))
			file.complain(['bank', at, 'lesson'], `there is no lesson "${lesson}"`);
		items.forEach(({ id }, index) => {
			const other = seen.get(code(id));
			if (other !== undefined)
				file.complain(
					['bank', at, 'items', index, 'id'],
					`"${other}" and "${id}" have the same short code (${code(id)}); rename one of them`,
				);
			seen.set(code(id), id);
		});
	});
	const all = test.bank.reduce((sum, { items }) => sum + items.length, 0);
	if (all < test.draw)
		file.complain(['draw'], `draws ${test.draw} of ${all} items; add items or draw fewer`);
	return file.mistakes.slice(before);
}
