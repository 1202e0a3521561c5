import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cmi } from './cmi.ts';
import { changesAt, EMPTY, record, stored, type Call, type Happening } from './recorder.ts';

const launched = (cmi: Cmi = {}, how: 'new' | 'resumed' = 'new'): Happening => ({
	kind: 'launched',
	at: 0,
	title: 'One',
	how,
	cmi,
});
const called = (call: Partial<Call>, cmi?: Cmi): Happening => ({
	kind: 'called',
	at: 1,
	call: { name: 'LMSCommit', returned: 'true', error: '0', errorText: '', ...call },
	...(cmi ? { cmi } : {}),
});
const set = (element: string, value: string, returned = 'true') =>
	called({ name: 'LMSSetValue', element, value, returned });
const play = (...happenings: Happening[]) => happenings.reduce(record, EMPTY);

describe('a recording', () => {
	test('holds what was set with success, and nothing that was refused', () => {
		const { cmi } = play(launched({ a: '1' }), set('b', '2'), set('c', '3', 'false'));
		expect(cmi).toEqual({ a: '1', b: '2' });
	});

	test('takes up what the LMS made of it at a commit', () => {
		const { cmi, commits } = play(
			launched(),
			set('status', 'completed'),
			called({}, { status: 'passed' }),
		);
		expect(cmi).toEqual({ status: 'passed' });
		expect(commits).toMatchObject([{ index: 2, cmi: { status: 'passed' } }]);
	});

	test('knows whether a session is open', () => {
		const open = play(launched(), called({ name: 'LMSInitialize' }));
		expect(open.isOpen).toBe(true);
		expect(record(open, called({ name: 'LMSFinish' })).isOpen).toBe(false);
		expect(record(open, called({ name: 'LMSFinish', returned: 'false' })).isOpen).toBe(true);
	});

	test('marks what changed since the commit before', () => {
		const recording = play(launched({ a: '1' }), set('b', '2'), called({}), set('a', '3'));
		expect(changesAt(recording, 0)).toEqual(new Set(['b']));
		expect(changesAt(recording)).toEqual(new Set(['a']));
	});
});

describe('the next session gets', () => {
	test('nothing that was not committed', () => {
		expect(stored(play(launched(), set('a', '1')))).toBeUndefined();
		expect(stored(play(launched(), set('a', '1'), called({}), set('a', '2')))).toEqual({ a: '1' });
		expect(stored(play(launched(), set('a', '1'), called({ returned: 'false' })))).toBeUndefined();
	});

	test('what it was resumed with, when nothing was committed since', () => {
		expect(stored(play(launched({ a: '1' }, 'resumed'), set('a', '2')))).toEqual({ a: '1' });
	});
});

test('every commit keeps the data that the calls before it made, whatever comes after', () => {
	const element = fc.constantFrom('a', 'b', 'c');
	const happening = fc.oneof(
		fc.tuple(element, fc.string()).map(([name, value]) => set(name, value)),
		fc.tuple(element, fc.string()).map(([name, value]) => set(name, value, 'false')),
		fc.constant(called({})),
		fc.constant(called({ returned: 'false' })),
	);
	fc.assert(
		fc.property(fc.array(happening), (happenings) => {
			const { commits, happenings: all } = play(launched(), ...happenings);
			for (const { index, cmi } of commits)
				expect(play(...all.slice(0, index + 1)).cmi).toEqual(cmi);
		}),
	);
});
