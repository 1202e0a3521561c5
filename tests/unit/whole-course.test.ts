import { expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { activitiesOf, lessonsOf } from '../../src/lib/course/model.ts';
import { outline } from '../../src/lib/course/outline.ts';
import { courseStanding } from '../../src/lib/progress/completion.ts';
import { reduce } from '../../src/lib/progress/reduce.ts';
import { resume, SCORM12_LIMIT, suspend } from '../../src/lib/progress/suspend.ts';
import { countingIn, everything } from '../support/everything.ts';

const course = loadCourse('courses/rygsamtalen').course!;
const map = outline(course, 'da');

test('the course has its full size', () => {
	expect(course.chapters.map(({ lessons }) => lessons.length)).toEqual([2, 5, 4, 5]);
	expect(course.metaphors).toHaveLength(10);
	expect(course.finalTest!.bank.map(({ items }) => items.length)).toEqual(Array(16).fill(4));
	expect(course.questions.flatMap(({ questions }) => questions)).toHaveLength(25);
	const minutes = map.chapters.flatMap(({ lessons }) => lessons).map((lesson) => lesson.minutes);
	const hours = minutes.reduce((sum, one) => sum + one, 0) / 60;
	expect(hours).toBeGreaterThanOrEqual(4);
	for (const { id, steps } of lessonsOf(course)) {
		const drills = steps.filter((step) => step.kind === 'set' && step.role === 'drill');
		const quizzes = steps.filter((step) => step.kind === 'set' && step.role === 'quiz');
		expect([id, drills.length, quizzes.length]).toEqual([id, 2, 1]);
		for (const quiz of quizzes) {
			expect(activitiesOf(quiz).length, id).toBeGreaterThanOrEqual(8);
			expect(quiz.kind === 'set' && quiz.draw, id).toBeGreaterThanOrEqual(5);
		}
	}
});

test('a whole course, everything done twice, is done and fits the suspend data of SCORM 1.2', () => {
	const progress = reduce(countingIn(course), everything(course));
	expect(courseStanding(map, progress)).toMatchObject({
		standing: 'done',
		score: 100,
		test: 'done',
	});
	const text = suspend(course, progress, rulesFor);
	expect(text.length).toBeLessThanOrEqual(SCORM12_LIMIT);
	const { progress: restored, problem } = resume(course, text, rulesFor);
	expect(problem).toBeUndefined();
	expect(courseStanding(map, restored)).toEqual(courseStanding(map, progress));
	for (const [id, lesson] of Object.entries(progress.lessons))
		expect(restored.lessons[id]!.practice).toEqual(lesson.practice);
});
