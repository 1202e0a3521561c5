import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Remark } from '#lib/coach/contract.ts';
import { atMostTwo } from './pick.ts';

const remark = (tone: Remark['tone'], topic: Remark['topic']): Remark => ({
	tone,
	topic,
	span: { start: 0, end: 1 },
});

test('praise comes first', () => {
	const said = atMostTwo([remark('idea', 'flag'), remark('praise', 'opens')]);
	expect(said.map(({ topic }) => topic)).toEqual(['opens', 'flag']);
});

test('much praise does not hide what could be better', () => {
	const said = atMostTwo([
		remark('praise', 'mirrors'),
		remark('praise', 'opens'),
		remark('idea', 'flag'),
	]);
	expect(said.map(({ topic }) => topic)).toEqual(['mirrors', 'flag']);
});

test('two of a kind where there is no other', () => {
	const said = atMostTwo([remark('idea', 'closes'), remark('idea', 'why'), remark('idea', 'flag')]);
	expect(said.map(({ topic }) => topic)).toEqual(['closes', 'why']);
});

test('two at most, of what there was, whatever there was', () => {
	const any = fc.record({
		tone: fc.constantFrom('praise' as const, 'idea' as const, 'unsure' as const),
		topic: fc.constantFrom('opens' as const, 'flag' as const, 'not-sure' as const),
		span: fc.constant({ start: 0, end: 1 }),
	});
	fc.assert(
		fc.property(fc.array(any), (remarks) => {
			const said = atMostTwo(remarks);
			expect(said).toHaveLength(Math.min(2, remarks.length));
			expect(remarks).toEqual(expect.arrayContaining(said));
		}),
	);
});
