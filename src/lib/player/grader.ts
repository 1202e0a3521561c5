import type { Verdict } from '#lib/activities/contract.ts';
import { loadedType } from '#lib/activities/load.ts';
import { activitiesOf, type Activity, type Step } from '#lib/course/model.ts';

/**
 * Says what a response is worth and why. Formative activities are graded in the browser, a test
 * whose answers stay on the server by asking it; the player does not know which.
 */
export interface Grader {
	/** Without a response: the opening state of activities that have one (the vignette). */
	grade(activity: Activity, response: unknown): Verdict | Promise<Verdict>;
}

/** Grades with the definitions at hand. */
export const localGrader: Grader = {
	grade: (activity, response) => loadedType(activity.type).grade(activity, response),
};

export function findActivity(step: Step, id: string): Activity | undefined {
	return activitiesOf(step).find((activity) => activity.id === id);
}
