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
