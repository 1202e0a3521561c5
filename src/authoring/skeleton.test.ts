import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourse } from './loader.ts';
import { newCourse, newLesson, SkeletonError } from './skeleton.ts';

test('a new course and a new lesson pass the check as they are', () => {
	const dir = mkdtempSync(join(tmpdir(), 'courses-'));
	newCourse(dir, 'night-shift');
	newLesson(dir, 'night-shift', 'first-chapter', 'second-lesson');
	const { course, mistakes } = loadCourse(join(dir, 'night-shift'));
	expect(mistakes).toEqual([]);
	expect(course?.chapters[0]?.lessons.map((lesson) => lesson.id)).toEqual([
		'first-lesson',
		'second-lesson',
	]);
	expect(() => newLesson(dir, 'night-shift', 'third', 'x')).toThrow(SkeletonError);
	expect(() => newCourse(dir, 'night-shift')).toThrow('exists already');
	expect(() => newCourse(dir, 'Night Shift')).toThrow('lower-case words');
	rmSync(dir, { recursive: true });
});
