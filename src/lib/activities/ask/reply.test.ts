import { expect, test } from 'vitest';
import { ACTS, FLAGS, type Flag, type FlagKind } from '#lib/coach/contract.ts';
import { replyTo } from './reply.ts';

const flag = (kind: FlagKind): Flag => ({ kind, start: 0, end: 3, why: 'w', instead: 'i' });

test('the patient answers by what kind of thing was said', () => {
	expect(ACTS.map((act) => [act, replyTo({ act, flags: [] })])).toEqual([
		['open-question', 'open'],
		['closed-question', 'closed'],
		['reflection', 'heard'],
		['validation', 'heard'],
		['information', 'told'],
		['advice', 'told'],
		['other', 'told'],
	]);
});

test('alarming and dismissive words hurt, whatever they stand in', () => {
	for (const act of ACTS)
		expect(
			FLAGS.filter((kind) => replyTo({ act, flags: [flag('double'), flag(kind)] }) === 'hurt'),
		).toEqual(['alarm', 'dismissive']);
});
