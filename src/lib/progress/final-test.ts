import type { Localised } from '#lib/course/localise.ts';
import type { Activity, FinalTest } from '#lib/course/model.ts';
import { FINAL_TEST, TEST_STEP } from '#lib/course/parts.ts';
import { percentOf, type Attempt, type Progress } from './progress.ts';

/** An item as it may be seen before it is answered. */
export interface TestItem extends Activity {
	[shown: string]: unknown;
}

/** An answered item of a finished attempt: with its answers, for looking back. */
export interface ReviewedItem {
	activity: Localised<Activity>;
	/** The lesson that it belongs to. */
	lesson: string;
	/** Absent where only the points were kept. */
	response?: unknown;
	earned: number;
	possible: number;
}

/** Where a learner stands with the final test, and all that may be seen of it. */
export interface TestState {
	/** The items of the attempt under way, without their answers. */
	open?: TestItem[];
	latest?: { percent: number; items: ReviewedItem[] };
	finished: number;
	/** Of all finished attempts, in whole per cent. */
	best?: number;
}

/**
 * @param viewOf the answerless view of an activity
 */
export function testState(
	test: Pick<Localised<FinalTest>, 'bank'>,
	progress: Progress,
	viewOf: (activity: Localised<Activity>) => object,
): TestState {
	const tried = progress.lessons[FINAL_TEST]?.steps[TEST_STEP];
	if (!tried) return { finished: 0 };
	const known = new Map(
		test.bank.flatMap(({ lesson, items }) =>
			items.map((activity) => [activity.id, { lesson, activity }] as const),
		),
	);
	const open = tried.open.at(-1);
	return {
		finished: tried.finished,
		...(open ? { open: open.items.flatMap((id) => shown(known.get(id)?.activity, viewOf)) } : {}),
		...(tried.latest
			? { latest: { percent: percentOf(tried.latest), items: reviewed(tried.latest, known) } }
			: {}),
		...(tried.best ? { best: percentOf(tried.best) } : {}),
	};
}

function shown(
	activity: Localised<Activity> | undefined,
	viewOf: (activity: Localised<Activity>) => object,
): TestItem[] {
	return activity ? [{ ...viewOf(activity), id: activity.id, type: activity.type }] : [];
}

function reviewed(
	attempt: Attempt,
	known: Map<string, { lesson: string; activity: Localised<Activity> }>,
): ReviewedItem[] {
	return attempt.items.flatMap((id) => {
		const found = known.get(id);
		const result = attempt.results[id];
		if (!found || !result) return [];
		const { response, earned, possible } = result;
		return [{ ...found, response, earned, possible }];
	});
}

/** Ids that a fresh attempt should leave out, if it can. */
export function metInTests(progress: Progress): string[] {
	const tried = progress.lessons[FINAL_TEST]?.steps[TEST_STEP];
	return [tried?.latest, tried?.best, tried?.first].flatMap((attempt) => attempt?.items ?? []);
}

/** Progress as it may leave the server: what an unfinished final test has earned is nobody's to see. */
export function withoutOpenScores(progress: Progress): Progress {
	const unit = progress.lessons[FINAL_TEST];
	const tried = unit?.steps[TEST_STEP];
	if (!tried) return progress;
	const hidden = (attempt: Attempt): Attempt => ({
		...attempt,
		results: Object.fromEntries(
			Object.entries(attempt.results).map(([id, result]) => [
				id,
				{ ...result, earned: 0, possible: 0 },
			]),
		),
	});
	const steps = { ...unit.steps, [TEST_STEP]: { ...tried, open: tried.open.map(hidden) } };
	return { ...progress, lessons: { ...progress.lessons, [FINAL_TEST]: { ...unit, steps } } };
}
