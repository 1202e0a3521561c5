import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import { activitiesOf, type Course, type Step } from '#lib/course/model.ts';
import { withPractice } from '#lib/course/parts.ts';
import { localTracker, type LocalTracker } from '#lib/tracking/local.ts';
import type { Keeper } from '../keeper.ts';
import { unitNamed } from '../lessons.ts';

/** Keeps the record in this browser. */
export async function onThisDevice(
	course: Course,
	[language]: Language[],
	notice: Keeper['notice'],
	detail?: string,
): Promise<Keeper & { tracker: LocalTracker }> {
	const known = new Map<string, Step[]>();
	const learn = (id: string, steps: unknown[]) => known.set(id, steps as Step[]);
	const tracker = localTracker({
		course: course.id,
		context: { steps: (lesson) => withPractice(known.get(lesson)), rules: loadedRules },
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
		know: async ({ id, steps }) => void learn(id, steps),
		learner: 'guest',
		notice,
		...(detail === undefined ? {} : { detail }),
	};
}
