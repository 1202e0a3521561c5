import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import { lessonsOf } from '../course/model.ts';
import { outline } from '../course/outline.ts';
import { FINAL_TEST, stepsOf, unitsOf } from '../course/parts.ts';
import { everything } from '../../../tests/support/everything.ts';
import { rulesFor } from '../activities/registry.ts';
import { courseStanding } from '../progress/completion.ts';
import { reduce } from '../progress/reduce.ts';
import { itemsByLesson, partOf } from './items.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;

test('a part is a course of its own, done when that part is', () => {
	for (const { id } of itemsByLesson(course)) {
		const part = partOf(course, id);
		expect(unitsOf(part).map((unit) => unit.id)).toEqual([id]);
		const context = { steps: (unit: string) => stepsOf(part, unit), rules: rulesFor };
		const map = outline(part, 'en');
		const events = everything(part);
		expect(courseStanding(map, reduce(context, [])).standing).toBe('not-begun');
		expect(courseStanding(map, reduce(context, events)).standing).toBe('done');
	}
});

test('the final test is a part without lessons', () => {
	expect(lessonsOf(partOf(course, FINAL_TEST))).toEqual([]);
});

test.each(['no-such-lesson', 'confidence', undefined])(
	'%s is no part: the whole course',
	(part) => {
		expect(partOf(course, part)).toBe(course);
	},
);
