import { invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';
import { onarrival } from '#lib/tracking/arrivals.ts';
import { arrival } from '#lib/tracking/underway.ts';

/**
 * Asks the server for the page on screen once more when it may have been asked for before the last
 * answers had arrived, and whenever some arrive that a page before this one could not deliver. To be
 * called when the page is shown; returns how to stop.
 */
export function askAgain(): () => void {
	return onarrival(() => void ask());
}

async function ask(): Promise<void> {
	await arrival();
	// Asking while the learner is on their way elsewhere would call them back.
	await navigating.complete?.catch(() => undefined);
	await invalidateAll();
}
