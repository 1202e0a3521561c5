import { expect, test } from 'vitest';
import { FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { isBusy } from './busy.ts';

const open = { finished: 0, open: [{ id: 'a', items: ['one'], results: {} }] };
const done = { finished: 1, open: [] };
const progress: Progress = {
	seconds: 0,
	lessons: {
		hello: { read: [], steps: { anna: open, check: done } },
		[FINAL_TEST]: { read: [], steps: { test: open } },
	},
};

test.each([
	['on the course map', {}, false],
	['where an attempt is open', { lesson: 'hello', step: 'anna' }, true],
	['where the attempt is finished', { lesson: 'hello', step: 'check' }, false],
	['where one only reads', { lesson: 'hello', step: 'welcome' }, false],
	['in a lesson not begun', { lesson: 'bye', step: 'end' }, false],
	['in the final test', { lesson: FINAL_TEST }, true],
	['in practice', { lesson: PRACTICE }, true],
	['among the metaphors', { lesson: 'metaphors', step: 'kettle' }, false],
])('%s', (_, place, busy) => expect(isBusy(progress, place)).toBe(busy));
