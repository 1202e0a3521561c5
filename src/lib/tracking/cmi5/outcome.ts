import type { CourseStanding } from '#lib/progress/completion.ts';
import type { Result } from '#lib/xapi/statement.ts';
import type { Once } from './record.ts';

export interface Outcome {
	verb: Once;
	result: Result;
	/** What the LMS asks for, where a score was held against it ("cmi5", section 9.6.3.2). */
	masteryScore?: number;
}

/**
 * What a learner has reached of the course as a whole: `completed` when it is done, `passed` when its
 * score reaches what the LMS asks for, too ("cmi5", sections 9.3.3 and 9.3.4). An LMS that asks for a
 * score where none is given hears of no pass.
 *
 * @param masteryScore 0–1
 */
export function outcome(
	{ standing, score }: Pick<CourseStanding, 'standing' | 'score'>,
	masteryScore: number | undefined,
): Outcome[] {
	if (standing !== 'done') return [];
	const completed: Outcome = { verb: 'completed', result: { completion: true } };
	if (score === undefined) {
		const passed: Outcome = { verb: 'passed', result: { success: true } };
		return masteryScore === undefined ? [completed, passed] : [completed];
	}
	if (masteryScore !== undefined && score / 100 < masteryScore) return [completed];
	const passed: Outcome = {
		verb: 'passed',
		result: { success: true, score: { scaled: score / 100, raw: score, min: 0, max: 100 } },
		...(masteryScore === undefined ? {} : { masteryScore }),
	};
	return [completed, passed];
}
