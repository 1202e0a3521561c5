import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMet, keyOf, MOVE_ON, newlySatisfied, type MoveOn } from './move-on.ts';
import { blocksOf, unitsOf, type Node, type Structure } from './structure.ts';

test.each([
	// completed, passed: NotApplicable, Passed, Completed, CompletedAndPassed, CompletedOrPassed
	[false, false, [true, false, false, false, false]],
	[true, false, [true, false, true, false, true]],
	[false, true, [true, true, false, false, true]],
	[true, true, [true, true, true, true, true]],
])('completed %s, passed %s', (completed, passed, wanted) => {
	expect(MOVE_ON.map((moveOn) => isMet(moveOn, { completed, passed }))).toEqual(wanted);
});

let ids = 0;
const text = { title: { en: 'T' }, description: { en: 'D' } };
const unit = (moveOn: MoveOn): Node => ({
	...{ kind: 'au', id: `urn:${++ids}`, ...text, url: 'a' },
	...{ launchMethod: 'AnyWindow', moveOn },
});
const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
	node: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.constantFrom(...MOVE_ON).map(unit),
		fc
			.array(tie('node'), { minLength: 1, maxLength: 3 })
			.map((children): Node => ({ kind: 'block', id: `urn:${++ids}`, ...text, children })),
	),
})).node;
const course: fc.Arbitrary<Structure> = fc
	.array(node, { minLength: 1, maxLength: 4 })
	.map((children) => ({ kind: 'course', id: 'urn:course', ...text, children }));

test('whatever order units are done in, everything is satisfied in the end, once, and inside before outside', () => {
	fc.assert(
		fc.property(course, fc.infiniteStream(fc.nat()), (structure, picks) => {
			const units = unitsOf(structure);
			const left = [...units];
			const standings: Record<string, { completed: boolean; passed: boolean }> = {};
			const said: string[] = newlySatisfied(structure, standings, []).map(keyOf);
			while (left.length > 0) {
				const [pick] = [...picks.take(1)];
				const [next] = left.splice(pick! % left.length, 1);
				standings[next!.id] = { completed: true, passed: true };
				said.push(...newlySatisfied(structure, standings, said).map(keyOf));
			}
			const blocks = blocksOf(structure);
			expect(new Set(said).size).toBe(said.length);
			expect(said).toHaveLength(blocks.length + 1);
			expect(said.at(-1)).toBe('course urn:course');
			for (const outer of blocks)
				for (const inner of blocksOf(outer))
					expect(said.indexOf(keyOf(inner))).toBeLessThan(said.indexOf(keyOf(outer)));
		}),
	);
});

test('a block is satisfied no sooner than all its units are', () => {
	fc.assert(
		fc.property(course, fc.array(fc.tuple(fc.boolean(), fc.boolean())), (structure, done) => {
			const standings = Object.fromEntries(
				unitsOf(structure).flatMap(({ id }, at) =>
					done[at] ? [[id, { completed: done[at][0], passed: done[at][1] }]] : [],
				),
			);
			const now = newlySatisfied(structure, standings, []).map(keyOf);
			for (const whole of [...blocksOf(structure), structure]) {
				const isDone = unitsOf(whole).every(({ id, moveOn }) =>
					isMet(moveOn, standings[id] ?? { completed: false, passed: false }),
				);
				expect(now.includes(keyOf(whole))).toBe(isDone);
			}
		}),
	);
});
