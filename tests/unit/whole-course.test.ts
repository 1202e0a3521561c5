import { expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { drawTest } from '../../src/lib/course/final-test.ts';
import { activitiesOf, lessonsOf, type Activity } from '../../src/lib/course/model.ts';
import { outline } from '../../src/lib/course/outline.ts';
import { stepsOf, TEST_STEP, unitsOf } from '../../src/lib/course/parts.ts';
import { courseStanding } from '../../src/lib/progress/completion.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import type { Progress } from '../../src/lib/progress/progress.ts';
import { reduce } from '../../src/lib/progress/reduce.ts';
import { resume, SCORM12_LIMIT, suspend } from '../../src/lib/progress/suspend.ts';
import { responseTo, type Quality } from '../support/answers.ts';

const course = loadCourse('courses/rygsamtalen').course!;
const map = outline(course, 'da');

function responseOf(item: Activity, quality: Quality): unknown {
	if (item.type === 'reflect') return { written: true };
	if (item.type === 'rewrite') return { checked: [] };
	if (item.type !== 'rate') return responseTo(item, quality);
	const { items } = item as Activity & { items: { id: string }[] };
	return { ratings: Object.fromEntries(items.map(({ id }) => [id, 7])) };
}

/** Everything done twice, first wrong and then right. */
function everything(): Progress {
	let clock = Date.UTC(2027, 0, 10);
	const events: LearnerEvent[] = [];
	const note = (lesson: string, own: object) =>
		events.push({
			v: 1,
			id: crypto.randomUUID(),
			at: new Date(clock++).toISOString(),
			course: course.id,
			courseVersion: course.version,
			language: 'da',
			lesson,
			...own,
		} as unknown as LearnerEvent);
	for (const { id, steps } of unitsOf(course))
		for (const step of steps) {
			if (step.kind === 'read') {
				note(id, { type: 'step-read', step: step.id });
				continue;
			}
			for (const quality of ['wrong', 'right'] as const) {
				const attempt = crypto.randomUUID();
				const all = activitiesOf(step);
				const drawn = step.id === TEST_STEP ? drawTest(course.finalTest!, []) : undefined;
				const items = drawn
					? all.filter((item) => drawn.includes(item.id))
					: all.slice(0, step.kind === 'set' ? step.draw : undefined);
				note(id, {
					type: 'attempt-began',
					step: step.id,
					attempt,
					items: items.map((item) => item.id),
				});
				for (const item of items)
					note(id, {
						type: 'answered',
						step: step.id,
						attempt,
						item: item.id,
						response: responseOf(item, quality),
					});
			}
		}
	return reduce({ steps: (lesson) => stepsOf(course, lesson), rules: rulesFor }, events);
}

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
	const progress = everything();
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
