import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCourse } from './loader.ts';
import { idsOf } from './lock.ts';
import { formatMistake } from './mistakes.ts';

let folder: string;
beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'course-')), 'tiny');
	cpSync('tests/fixtures/courses/tiny', folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

test('a course has the bank of its final test, lesson by lesson, and its ids are promises', () => {
	const course = loadCourse(folder).course!;
	expect(course.finalTest?.bank.map(({ lesson, items }) => [lesson, items.length])).toEqual([
		['hello', 1],
		['bye', 1],
	]);
	expect(idsOf(course)).toContain('final-test/hello/test-first/greet');
});

describe('says of a final test', () => {
	test.each([
		[
			'that asks about no lesson',
			'lesson: bye',
			'lesson: later',
			/:\d+ .*there is no lesson "later"/,
		],
		['that draws more than there is', 'draw: 2', 'draw: 3', /:1 .*draws 3 of 2 items/],
		['with a type it cannot score', 'type: choice', 'type: vignette', /final-test\.yaml:\d+/],
		['with two ids alike', 'id: test-last', 'id: test-first', /have the same short code/],
		[
			'with a number that no fact supports',
			'Det er sidst.',
			'Det siger 9.',
			/no fact supports "9"/,
		],
	])('%s where it is, and the mend', (_, from, to, said) => {
		const file = join(folder, 'final-test.yaml');
		const text = readFileSync(file, 'utf8');
		expect(text).toContain(from);
		writeFileSync(file, text.replace(from, to));
		const mistakes = loadCourse(folder).mistakes.map((one) => formatMistake(one, folder));
		expect(mistakes.join('\n')).toMatch(said);
	});
});
