import type { Verdict } from '#lib/activities/contract.ts';

/**
 * Says what a response is worth and why. Formative activities are graded in the browser, a test
 * whose answers stay on the server by asking it; the player does not know which.
 */
export interface Grader {
	/** Without a response: the opening state of activities that have one (the vignette). */
	grade(lesson: string, activity: string, response: unknown): Verdict | Promise<Verdict>;
}
