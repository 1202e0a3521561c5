import { m } from '#lib/paraglide/messages.js';
import type { Shown, State } from '#lib/server/cmi5/own.ts';

type Unit = Extract<Shown, { kind: 'au' }>;
type MoveOn = Unit['moveOn'];

export function wordOf(state: State): string {
	switch (state) {
		case 'satisfied':
			return m.cmi5_state_satisfied();
		case 'passed':
			return m.cmi5_state_passed();
		case 'completed':
			return m.cmi5_state_completed();
		case 'failed':
			return m.cmi5_state_failed();
		case 'under-way':
			return m.cmi5_state_under_way();
		case 'not-begun':
			return m.cmi5_state_not_begun();
	}
}

/** Which drawn mark stands beside the word. */
export function markOf({
	state,
	moveOn,
}: Pick<Unit, 'state' | 'moveOn'>): 'done' | 'under-way' | 'not-begun' {
	if (state === 'not-begun') return state;
	const isEnough = state === 'passed' || state === 'completed';
	const isDone = state === 'satisfied' || (moveOn === 'NotApplicable' && isEnough);
	return isDone ? 'done' : 'under-way';
}

/** What a unit asks for. */
export function asks(moveOn: MoveOn, mastery: string | undefined): string {
	const least = mastery === undefined ? '' : ` ${m.cmi5_asks_least({ share: mastery })}`;
	switch (moveOn) {
		case 'NotApplicable':
			return m.cmi5_asks_nothing();
		case 'Completed':
			return m.cmi5_asks_completed();
		case 'Passed':
			return m.cmi5_asks_passed() + least;
		case 'CompletedAndPassed':
			return m.cmi5_asks_both() + least;
		case 'CompletedOrPassed':
			return m.cmi5_asks_either() + least;
	}
}
