import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything } from '../../../tests/support/everything.ts';
import { loadCourse } from '../../authoring/loader.ts';
import { readProgress, writeProgress } from './progress-file.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const events = everything(course);

test('a file gives back what was written', () => {
	expect(events.length).toBeGreaterThan(5);
	const text = writeProgress(course.id, events);
	expect(readProgress(course.id, text)).toEqual({ kind: 'events', events });
});

test('the record of another course stays out', () => {
	const text = writeProgress('other', events);
	expect(readProgress('other', text)).toEqual({ kind: 'other-course' });
	expect(readProgress(course.id, text)).toEqual({ kind: 'other-course' });
});

test.each([
	['nothing', ''],
	['no JSON', '<html></html>'],
	['something else', '{"events":[]}'],
	['a version to come', writeProgress('tiny', events).replace('"v":1', '"v":2')],
	['a broken event', writeProgress('tiny', events).replace('"at":"', '"at":"yesterday ')],
	['an unknown kind of event', writeProgress('tiny', events).replace('step-re', 'step-un')],
])('%s is told, and nothing of it is taken', (_, text) => {
	expect(readProgress('tiny', text)).toEqual({ kind: 'unreadable' });
});

test('no text whatever breaks it', () => {
	const written = writeProgress('tiny', events);
	const cut = fc.nat(written.length - 1).map((at) => written.slice(0, at));
	fc.assert(
		fc.property(fc.oneof(cut, fc.string(), fc.json()), (text) => {
			expect(readProgress('tiny', text).kind).toBe('unreadable');
		}),
	);
});
