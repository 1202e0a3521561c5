import * as v from 'valibot';
import type { Course, Step } from '#lib/course/model.ts';
import { TEST_STEP } from '#lib/course/parts.ts';
import { now } from '#lib/player/clock.ts';
import { testState, type TestState } from '#lib/progress/final-test.ts';
import type { Progress } from '#lib/progress/progress.ts';
import type { Tracker } from '#lib/tracking/tracker.ts';
import type { TestKeeper } from '../keeper.ts';
import type { Connection } from './dispatch-connection.ts';

const answered = v.object({
	standing: v.pipe(
		v.looseObject({ finished: v.number() }),
		v.transform((standing) => standing as unknown as TestState),
	),
	progress: v.pipe(
		v.looseObject({ lessons: v.record(v.string(), v.unknown()), seconds: v.number() }),
		v.transform((progress) => progress as unknown as Progress),
	),
});

/**
 * The final test as our server draws and scores it.
 *
 * @param there undefined for somebody who only looks: they see what was reached, and begin nothing
 * @param progress what this page knows
 * @param learned hears what the server said: the step with the items that may be seen, and progress
 */
export function testThere(
	there: { connection: Connection; course: Course } | undefined,
	tracker: Tracker,
	progress: () => Progress,
	learned?: (steps: Step[], progress: Progress) => void,
): TestKeeper {
	if (!there)
		return {
			tracker,
			standing: async () => testState({ bank: [] }, progress(), () => ({})),
			begin: () => Promise.reject(new Error('Somebody who only looks begins no test')),
		};
	const { connection, course } = there;
	const address = connection.path('final-test');
	const good = async (response: Response) => {
		if (!response.ok) throw new Error(String(response.status));
		return response;
	};
	return {
		tracker,
		async standing(language) {
			const response = await good(await connection.fetch(`${address}?language=${language}`));
			const { standing, progress } = v.parse(answered, await response.json());
			const items = standing.open ?? [];
			learned?.([{ id: TEST_STEP, kind: 'set', role: 'test', items } as unknown as Step], progress);
			return standing;
		},
		async begin(language) {
			await good(
				await connection.fetch(address, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({
						course: course.id,
						attempt: crypto.randomUUID(),
						at: now(),
						language,
					}),
				}),
			);
		},
	};
}
