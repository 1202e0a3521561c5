import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import { activitiesOf, type Course, type Step } from '#lib/course/model.ts';
import { withPractice } from '#lib/course/parts.ts';
import { localTracker, type LocalTracker } from '#lib/tracking/local.ts';
import type { Keeper } from '../keeper.ts';
import { unitNamed } from '../lessons.ts';

export interface OnThisDevice extends Keeper {
	tracker: LocalTracker;
	/** The steps of a lesson that is known by now. */
	steps(lesson: string): Step[] | undefined;
}

/** What there may be to say of a record that is kept here. */
interface Kept extends Pick<Keeper, 'detail'> {
	/** What the learner must be told. */
	notice?: Keeper['notice'];
	/** Whose record, where people are told apart. */
	owner?: string;
}

/** Keeps the record in this browser. */
export async function onThisDevice(
	course: Course,
	[language]: Language[],
	{ notice, detail, owner }: Kept = {},
): Promise<OnThisDevice> {
	const known = new Map<string, Step[]>();
	const learn = (id: string, steps: unknown[]) => known.set(id, steps as Step[]);
	const steps = (lesson: string) => withPractice(known.get(lesson));
	const tracker = localTracker({
		course: course.id,
		context: { steps, rules: loadedRules },
		...(owner === undefined ? {} : { owner }),
		prepare: (ids) =>
			Promise.all(
				ids.map(async (id) => {
					const { steps } = await unitNamed(id, language!);
					await loadTypes((steps as Step[]).flatMap(activitiesOf).map(({ type }) => type));
					learn(id, steps);
				}),
			),
	});
	return {
		tracker,
		steps,
		know: async ({ id, steps }) => void learn(id, steps),
		learner: owner ?? 'guest',
		notice,
		...(detail === undefined ? {} : { detail }),
	};
}
