import { loadedType } from '#lib/activities/load.ts';
import { drawTest } from '#lib/course/final-test.ts';
import type { Language } from '#lib/course/language.ts';
import { FINAL_TEST, TEST_STEP, testStep } from '#lib/course/parts.ts';
import { makeEvent } from '#lib/player/event.ts';
import { metInTests, testState } from '#lib/progress/final-test.ts';
import { forLesson, type Keeper, type TestKeeper } from './keeper.ts';
import { loadFinalTest } from './lessons.ts';

/** The final test where no server is: its items are drawn and scored here. */
export function testHere(keeper: Keeper, course: { id: string; version: string }): TestKeeper {
	const { tracker } = keeper;
	return {
		tracker: forLesson(tracker),
		async standing(language) {
			const test = await loadFinalTest(language);
			// The tracker scores by the whole definitions; the page is shown them without answers.
			await keeper.know({ id: FINAL_TEST, steps: [testStep(test)] });
			const viewOf = (activity: { type: string }) =>
				loadedType(activity.type).publicView(activity as never) as object;
			return testState(test, await tracker.open(), viewOf);
		},
		async begin(language: Language) {
			const items = drawTest(await loadFinalTest(language), metInTests(await tracker.open()));
			const began = { step: TEST_STEP, attempt: crypto.randomUUID(), items };
			await tracker.record(makeEvent({ course, language }, FINAL_TEST, 'attempt-began', began));
		},
	};
}
