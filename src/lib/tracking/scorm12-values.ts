import type { Outline } from '#lib/course/outline.ts';
import { courseStanding } from '#lib/progress/completion.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { timespan12 } from './cmi12.ts';

/** What the LMS said at launch. */
export interface Launch12 {
	/** `browse` and `review`: the learner looks, nothing is written. */
	mode: 'browse' | 'normal' | 'review';
	credit: boolean;
	/** 0–100; undefined when the LMS names none. */
	mastery: number | undefined;
	/** Status and score on record. */
	status: string;
	score: number | undefined;
	student: string;
}

export function launch12(get: (element: string) => string): Launch12 {
	const mode = get('cmi.core.lesson_mode');
	return {
		mode: mode === 'browse' || mode === 'review' ? mode : 'normal',
		credit: get('cmi.core.credit') !== 'no-credit',
		mastery: numberIn(get('cmi.student_data.mastery_score')),
		status: get('cmi.core.lesson_status'),
		score: numberIn(get('cmi.core.score.raw')),
		student: get('cmi.core.student_id'),
	};
}

function numberIn(value: string): number | undefined {
	return value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}

/**
 * What to write, in order. SCORM 1.2 has one field for both completion and success, so:
 *
 * - `incomplete` until the course is done; then `completed` or, when the LMS names a mastery score
 *   and the score reaches it, `passed`. Below it the course stays `incomplete`, since quizzes may be
 *   taken again and some LMSs end the attempt at `failed`.
 * - While the course is not done and the LMS has a mastery score, no score is written: LMSs compare
 *   it at every LMSFinish and would call somebody failed who has only begun.
 * - What is on record never gets worse: neither status nor score.
 */
export function values12(
	course: Outline,
	progress: Progress,
	launch: Launch12,
	suspended: string,
	milliseconds: number,
): [string, string][] {
	const { standing, score } = courseStanding(course, progress);
	const { mastery } = launch;
	const reached = mastery === undefined || score === undefined || score >= mastery;
	const done = standing === 'done' && reached;
	const values: [string, string][] = [['cmi.suspend_data', suspended]];
	if (progress.last)
		values.push(['cmi.core.lesson_location', `${progress.last.lesson}/${progress.last.step}`]);
	if (launch.credit) {
		if (score !== undefined && (done || mastery === undefined) && score >= (launch.score ?? 0))
			values.push(
				['cmi.core.score.min', '0'],
				['cmi.core.score.max', '100'],
				['cmi.core.score.raw', String(score)],
			);
		const passed = mastery !== undefined && score !== undefined;
		const status = !done ? 'incomplete' : passed ? 'passed' : 'completed';
		if (rank(status) >= rank(launch.status)) values.push(['cmi.core.lesson_status', status]);
	}
	values.push(['cmi.core.exit', done ? '' : 'suspend']);
	values.push(['cmi.core.session_time', timespan12(milliseconds)]);
	return values;
}

function rank(status: string): number {
	return status === 'passed' ? 2 : status === 'completed' ? 1 : 0;
}
