import { invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';
import { arrival } from '#lib/tracking/underway.ts';

/**
 * Asks the server for the page on screen once more when it was asked for while the last answers were
 * still on their way: it knows nothing of them. To be called when the page is shown.
 */
export async function askAgain(): Promise<void> {
	const arrived = arrival();
	if (!arrived) return;
	await arrived;
	// Asking while the learner is on their way elsewhere would call them back.
	await navigating.complete?.catch(() => undefined);
	await invalidateAll();
}
