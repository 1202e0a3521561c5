import type { Standing } from './session.ts';
import { blocksOf, unitsOf, type Structure } from './structure.ts';

export const MOVE_ON = [
	'NotApplicable',
	'Passed',
	'Completed',
	'CompletedAndPassed',
	'CompletedOrPassed',
] as const;
export type MoveOn = (typeof MOVE_ON)[number];

type Done = Pick<Standing, 'completed' | 'passed'>;

/** Whether a unit's criterion is met (cmi5, sections 10.2.5 and 13.1.4). */
export function isMet(moveOn: MoveOn, { completed, passed }: Done): boolean {
	switch (moveOn) {
		case 'NotApplicable':
			return true;
		case 'Passed':
			return passed;
		case 'Completed':
			return completed;
		case 'CompletedAndPassed':
			return completed && passed;
		case 'CompletedOrPassed':
			return completed || passed;
	}
}

const NOTHING: Done = { completed: false, passed: false };

/** A block or the course, by its id in the structure. */
export interface Whole {
	kind: 'block' | 'course';
	id: string;
	/** Where it stands among the blocks, from 0. */
	at: number;
}

/**
 * What is satisfied and was not said to be: blocks whose units' criteria are all met, those within
 * before the one around them, and the course last (section 9.3.9).
 *
 * @param said ids of blocks and course that "satisfied" was said of
 */
export function newlySatisfied(
	structure: Structure,
	standings: Record<string, Done>,
	said: readonly string[],
): Whole[] {
	const blocks = blocksOf(structure).map((one, at) => ({ ...one, at }));
	return [...blocks, { ...structure, at: 0 }]
		.filter((whole) => !said.includes(keyOf(whole)))
		.filter((whole) =>
			unitsOf(whole).every(({ id, moveOn }) => isMet(moveOn, standings[id] ?? NOTHING)),
		)
		.map(({ kind, id, at }) => ({ kind, id, at }));
}

/** A block may have the course's id: their names tell them apart. */
export function keyOf({ kind, id }: Pick<Whole, 'kind' | 'id'>): string {
	return `${kind} ${id}`;
}
