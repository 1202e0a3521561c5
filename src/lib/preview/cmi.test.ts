import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeinterval2004 } from '#lib/tracking/scorm/cmi2004.ts';
import { timespan12 } from '#lib/tracking/scorm/cmi12.ts';
import { complaint, flat, launchData, spent, tree, withoutSuspendData } from './cmi.ts';

const learner = { id: 'preview-1', name: 'Preview' };
const item = { id: 'i', title: 'One', href: 'index.html', masteryScore: 80 };

describe('an LMS launches', () => {
	test('a new attempt without anything from before', () => {
		expect(launchData({ format: 'scorm12', item, mode: 'normal', learner })).toEqual({
			'cmi.core.lesson_status': 'not attempted',
			'cmi.core.student_id': 'preview-1',
			'cmi.core.student_name': 'Preview',
			'cmi.core.lesson_mode': 'normal',
			'cmi.core.credit': 'credit',
			'cmi.core.entry': 'ab-initio',
			'cmi.core.total_time': '0000:00:00.00',
			'cmi.student_data.mastery_score': '80',
		});
	});

	test('what was suspended, with the time spent added up and what held for that session gone', () => {
		const stored = {
			'cmi.exit': 'suspend',
			'cmi.session_time': 'PT30S',
			'cmi.total_time': 'PT1M',
			'cmi.suspend_data': 'x',
			'adl.nav.request': 'suspendAll',
		};
		const cmi = launchData({ format: 'scorm2004', item, mode: 'normal', learner, stored });
		expect(cmi).toMatchObject({
			'cmi.entry': 'resume',
			'cmi.total_time': 'PT1M30S',
			'cmi.suspend_data': 'x',
		});
		expect(Object.keys(cmi)).not.toContain('adl.nav.request');
		expect(Object.keys(cmi)).not.toContain('cmi.exit');
	});

	test('without credit to look around or back', () => {
		for (const mode of ['browse', 'review'] as const)
			expect(launchData({ format: 'scorm12', item, mode, learner })).toMatchObject({
				'cmi.core.lesson_mode': mode,
				'cmi.core.credit': 'no-credit',
			});
	});

	test('data without what the course had stored, when it lost them', () => {
		expect(withoutSuspendData({ 'cmi.suspend_data': 'x', 'cmi.location': 'y' })).toEqual({
			'cmi.location': 'y',
		});
	});
});

test('every time span of both versions is read back', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 3_000_000_00 }), (hundredths) => {
			const milliseconds = hundredths * 10;
			expect(spent(timespan12(milliseconds))).toBeCloseTo(milliseconds, 3);
			expect(spent(timeinterval2004(milliseconds))).toBeCloseTo(milliseconds, 3);
		}),
	);
	expect(spent(undefined)).toBe(0);
	expect(spent('P1DT1H')).toBe(25 * 60 * 60 * 1000);
});

test('values judged by our own rules, a response by its interaction’s type', () => {
	const data = { 'cmi.interactions.0.type': 'choice' };
	expect(complaint('scorm12', 'cmi.core.exit', 'normal', data)).toContain('cmi.core.exit');
	expect(complaint('scorm12', 'cmi.interactions.0.student_response', 'opt-a', data)).toContain(
		'choice',
	);
	expect(complaint('scorm12', 'cmi.interactions.0.student_response', 'a,b', data)).toBeUndefined();
	expect(complaint('scorm2004', 'cmi.score.scaled', '2', {})).toContain('cmi.score.scaled');
});

test('data become values by element and a tree, with numbers in their order', () => {
	const cmi = flat({ core: { exit: '', score: { raw: '1' } }, interactions: { 10: { id: 'k' } } });
	expect(cmi).toEqual({ 'cmi.core.score.raw': '1', 'cmi.interactions.10.id': 'k' });
	const [root] = tree({ 'cmi.a.10': 'x', 'cmi.a.9': 'y' });
	expect(root!.twigs[0]!.twigs.map(({ name, value }) => [name, value])).toEqual([
		['9', 'y'],
		['10', 'x'],
	]);
});
