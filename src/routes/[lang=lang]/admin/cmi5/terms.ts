import { m } from '#lib/paraglide/messages.js';
import type { Au } from '#lib/cmi5/structure.ts';

/** cmi5's words for what a unit takes and where it opens, said plainly. */
export const MOVE_ON: Record<Au['moveOn'], () => string> = {
	NotApplicable: m.admin_cmi5_move_on_nothing,
	Passed: m.admin_cmi5_move_on_passed,
	Completed: m.admin_cmi5_move_on_completed,
	CompletedAndPassed: m.admin_cmi5_move_on_both,
	CompletedOrPassed: m.admin_cmi5_move_on_either,
};

export const WINDOW: Record<Au['launchMethod'], () => string> = {
	AnyWindow: m.admin_cmi5_window_any,
	OwnWindow: m.admin_cmi5_window_own,
};
