import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complaint12, responseComplaint12, time12, timespan12 } from './cmi12.ts';

describe('a value of SCORM 1.2', () => {
	test.each([
		['cmi.core.lesson_status', 'completed'],
		['cmi.core.score.raw', ''],
		['cmi.core.score.raw', '83.5'],
		['cmi.core.exit', ''],
		['cmi.core.exit', 'suspend'],
		['cmi.core.session_time', '0001:02:03.40'],
		['cmi.core.lesson_location', 'lesson/step'],
		['cmi.suspend_data', 'x'.repeat(4096)],
		['cmi.interactions.0.result', 'wrong'],
		['cmi.interactions.12.result', '0.5'],
		['cmi.interactions.0.time', '23:59:59'],
		['cmi.interactions.0.correct_responses.0.pattern', 'a,b'],
	])('%s takes "%s"', (element, value) => {
		expect(complaint12(element, value)).toBeUndefined();
	});

	test.each([
		['cmi.core.lesson_status', 'not attempted'],
		['cmi.core.lesson_status', 'unknown'],
		['cmi.core.score.raw', '100.1'],
		['cmi.core.score.raw', '-1'],
		['cmi.core.score.raw', '.5'],
		['cmi.core.exit', 'normal'],
		['cmi.core.session_time', '1:00:00'],
		['cmi.core.session_time', '00:00:01.123'],
		['cmi.core.lesson_location', 'x'.repeat(256)],
		['cmi.suspend_data', 'x'.repeat(4097)],
		['cmi.interactions.0.id', 'with space'],
		['cmi.interactions.0.id', 'kræver'],
		['cmi.interactions.0.id', 'x'.repeat(256)],
		['cmi.interactions.0.result', 'incorrect'],
		['cmi.interactions.0.type', 'long-fill-in'],
		['cmi.interactions.0.time', '24:00:00'],
		['cmi.interactions.0.timestamp', '10:00:00'],
		['cmi.core.total_time', '0000:00:01'],
	])('%s refuses "%s"', (element, value) => {
		expect(complaint12(element, value)).toContain(element);
	});
});

test('responses are single letters and digits, as their type asks', () => {
	expect(responseComplaint12('choice', 'a,c')).toBeUndefined();
	expect(responseComplaint12('matching', 'a.1,b.2')).toBeUndefined();
	expect(responseComplaint12('choice', 'opt-a')).toContain('choice');
	expect(responseComplaint12('numeric', 'many')).toContain('numeric');
	expect(responseComplaint12('sequence', 'a')).toContain('sequence');
});

test('every duration is a valid time span', () => {
	expect(timespan12(3_723_450)).toBe('0001:02:03.45');
	expect(timespan12(59_999)).toBe('0000:01:00.00');
	fc.assert(
		fc.property(fc.double({ min: -1e3, max: 1e12, noNaN: true }), (milliseconds) => {
			expect(complaint12('cmi.core.session_time', timespan12(milliseconds))).toBeUndefined();
		}),
	);
});

test('the time of day is local', () => {
	expect(time12(new Date(2026, 10, 23, 7, 5, 9))).toBe('07:05:09');
});
