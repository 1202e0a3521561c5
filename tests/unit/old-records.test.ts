import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { findLesson } from '../../src/lib/course/model.ts';
import { learnerEvent } from '../../src/lib/progress/events.ts';
import { points } from '../../src/lib/progress/progress.ts';
import { reduce } from '../../src/lib/progress/reduce.ts';
import { resume } from '../../src/lib/progress/suspend.ts';
import type { Course, Lesson } from '../../src/lib/course/model.ts';
import { scorm12 } from '../../src/lib/tracking/scorm/scorm12.ts';
import { scorm2004 } from '../../src/lib/tracking/scorm/scorm2004.ts';
import { strictLms } from '../../src/lib/tracking/scorm/testing.ts';
import { scormTracker } from '../../src/lib/tracking/scorm/tracker.ts';
import { tinyEvent } from '../support/finish.ts';

// What was once recorded loads for ever. These files are never edited; a new format adds a new one.
const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const fixture = (name: string) => readFileSync(`tests/fixtures/records/${name}`, 'utf8');

test('events of version 1 still load and count as they did', () => {
	const events = v.parse(v.array(learnerEvent), JSON.parse(fixture('events-v1.json')));
	const context = {
		steps: (lesson: string) => findLesson(tiny, lesson)?.steps,
		rules: rulesFor,
	};
	const progress = reduce(context, events);
	expect(progress).toMatchObject({
		language: 'en',
		seconds: 105,
		last: { lesson: 'hello', step: 'anna' },
	});
	const { read, steps } = progress.lessons['hello']!;
	expect(read).toEqual(['welcome']);
	expect(steps['anna']).toMatchObject({ finished: 1, open: [] });
	expect(points(steps['anna']!.best!)).toEqual({ earned: 3, possible: 4 });
});

test('suspend data of version 1 still resume', () => {
	const { progress, problem } = resume(tiny, fixture('suspend-v1.txt').trim(), rulesFor);
	expect(problem).toBeUndefined();
	expect(progress.last).toEqual({ lesson: 'hello', step: 'anna' });
	expect(progress.lessons['hello']?.read).toEqual(['welcome']);
	expect(points(progress.lessons['hello']!.steps['anna']!.best!)).toEqual({
		earned: 3,
		possible: 4,
	});
});

/** The course as it may be a year later: steps and items gone, others new, the order another. */
function later(course: Course): Course {
	const [chapter] = course.chapters;
	const [hello, ...rest] = chapter!.lessons;
	const added: Lesson = { ...rest[0]!, id: 'thanks' };
	const read = { ...hello!.steps[0]!, id: 'and-more' };
	const steps = hello!.steps
		.filter(({ id }) => id !== 'my-tea')
		.map((step) => (step.kind === 'set' ? { ...step, items: step.items.slice(1) } : step))
		.reverse();
	const lessons = [added, ...rest, { ...hello!, steps: [read, ...steps] }];
	return { ...course, version: '2.0.0', chapters: [{ ...chapter!, lessons }] };
}

test.each([scorm12, scorm2004])(
	'what an LMS has of an earlier course goes on in a later one: $version',
	async (dialect) => {
		const course = later(tiny);
		const { api, lms } = strictLms(dialect, {
			'cmi.suspend_data': fixture('suspend-v1.txt').trim(),
		});
		const tracker = scormTracker({
			course,
			rules: rulesFor,
			interaction: () => undefined,
			api,
			dialect,
		});
		await tracker.open();
		const lesson = findLesson(course, 'hello')!;
		tracker.know(lesson);
		expect(tracker.hasGaps).toBe(false);
		const { lessons, last } = await tracker.open();
		expect(last).toEqual({ lesson: 'hello', step: 'anna' });
		expect(lessons.hello!.read).toEqual(['welcome']);
		expect(points(lessons.hello!.steps.anna!.best!)).toEqual({ earned: 3, possible: 4 });
		await tracker.record(
			v.parse(learnerEvent, tinyEvent({ type: 'step-read', step: 'and-more', seconds: 5 })),
		);
		tracker.close();
		expect(lms.complaints).toEqual([]);
		const again = resume(course, lms.committed.get('cmi.suspend_data')!, rulesFor);
		expect(again.problem).toBeUndefined();
		expect(again.progress.lessons.hello!.read).toEqual(['welcome', 'and-more']);
		expect(again.progress.lessons.hello!.steps.anna!.finished).toBe(1);
		// And back again, as when an older package is still open somewhere.
		const before = resume(tiny, lms.committed.get('cmi.suspend_data')!, rulesFor);
		expect(before.problem).toBeUndefined();
		expect(before.progress.lessons.hello!.read).toEqual(['welcome']);
	},
);
