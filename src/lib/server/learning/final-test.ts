import * as v from 'valibot';
import { types } from '#lib/activities/registry.ts';
import { drawTest } from '#lib/course/final-test.ts';
import type { Language } from '#lib/course/language.ts';
import { LANGUAGES } from '#lib/course/language.ts';
import { localise } from '#lib/course/localise.ts';
import type { Course, FinalTest } from '#lib/course/model.ts';
import { FINAL_TEST, TEST_STEP } from '#lib/course/parts.ts';
import { id } from '#lib/course/text.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { metInTests, testState, type TestState } from '#lib/progress/final-test.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outcome } from '../auth/outcome.ts';
import type { Session, SessionUser } from '../auth/sessions.ts';
import type { Database } from '../db/database.ts';
import { attemptsOf } from '../teaching/attempts.ts';
import { newGuest, store } from './events.ts';

/** What a browser sends to begin an attempt; sending it twice begins one. */
export const beginning = v.strictObject({
	course: id,
	/** The id of the attempt, and of the event that begins it. */
	attempt: v.pipe(v.string(), v.uuid('is no UUID')),
	/** The learner's clock, as in every event, since events are ordered by it. */
	at: v.pipe(v.string(), v.isoTimestamp('is no ISO 8601 time in UTC')),
	language: v.picklist(LANGUAGES),
});
export type Beginning = v.InferOutput<typeof beginning>;

/**
 * Begins an attempt at the final test. Its items are drawn here, so that nobody chooses their own.
 * An attempt that is under way is gone on with instead, also when it was the last one allowed.
 *
 * @returns the session of the guest that somebody without one becomes; a refusal when an assignment
 *   allows no further attempt
 */
export async function beginTest(
	db: Database,
	course: Course & { finalTest: FinalTest },
	user: Pick<SessionUser, 'id'> | null,
	progress: Progress,
	{ attempt, at, language }: Beginning,
	now = new Date(),
): Promise<Outcome<{ session?: Session }>> {
	const underWay = progress.lessons[FINAL_TEST]?.steps[TEST_STEP]?.open.length;
	if (underWay) return {};
	const event: LearnerEvent = {
		v: 1,
		id: attempt,
		at,
		course: course.id,
		courseVersion: course.version,
		language,
		lesson: FINAL_TEST,
		type: 'attempt-began',
		step: TEST_STEP,
		attempt,
		items: drawTest(course.finalTest, metInTests(progress)),
	};
	return db.tx(async (tx) => {
		const attempts = user && (await attemptsOf(db, tx, course, user.id, now));
		if (attempts?.left === 0) return { refused: m.test_no_attempts() };
		const session = user ? undefined : await newGuest(db, tx, language, now);
		await store(db, tx, user?.id ?? session!.userId, [{ course, event }], now);
		return { session };
	});
}

/** Where the learner stands, in one language: open items without their answers. */
export function testFor(
	{ finalTest }: { finalTest: FinalTest },
	progress: Progress,
	language: Language,
): TestState {
	const viewOf = (activity: { type: string }) =>
		types[activity.type]!.publicView(activity) as object;
	return testState(localise(finalTest, language), progress, viewOf);
}
