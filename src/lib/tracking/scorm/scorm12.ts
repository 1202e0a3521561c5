import { lessonsOfOutline } from '#lib/course/outline.ts';
import { courseStanding, lessonStanding, quizPercent } from '#lib/progress/completion.ts';
import { SCORM12_LIMIT } from '#lib/progress/suspend.ts';
import { complaint12, timespan12 } from './cmi12.ts';
import { modeIn, numberIn, resumesBy, type Dialect, type Field, type Session } from './dialect.ts';
import { interactionFields12 } from './interactions12.ts';

/**
 * SCORM 1.2 has one field for both completion and success, so:
 *
 * - `incomplete` until the course is done; then `completed` or, when the LMS names a mastery score
 *   and the score reaches it, `passed`. Below it the course stays `incomplete`, since quizzes may be
 *   taken again and some LMSs end the attempt at `failed`.
 * - While the course is not done and the LMS has a mastery score, no score is written: LMSs compare
 *   it at every LMSFinish and would call somebody failed who has only begun.
 * - What is on record never gets worse: neither status nor score.
 */
export const scorm12: Dialect = {
	version: 'scorm12',
	limit: SCORM12_LIMIT,
	session,
	interaction: interactionFields12,
	complaint: complaint12,
};

function session(get: (element: string) => string): Session {
	const credit = get('cmi.core.credit') !== 'no-credit';
	const mastery = numberIn(get('cmi.student_data.mastery_score'));
	const recorded = {
		status: get('cmi.core.lesson_status'),
		score: numberIn(get('cmi.core.score.raw')) ?? 0,
	};
	return {
		mode: modeIn(get('cmi.core.lesson_mode')),
		credit,
		student: get('cmi.core.student_id'),
		resumes: resumesBy(get('cmi.core.entry'), BEGUN.test(recorded.status)),
		location: get('cmi.core.lesson_location'),
		values(course, progress, suspended, milliseconds) {
			const { standing, score } = courseStanding(course, progress);
			const reached = mastery === undefined || score === undefined || score >= mastery;
			const done = standing === 'done' && reached;
			const values: Field[] = [['cmi.suspend_data', suspended]];
			if (progress.last)
				values.push(['cmi.core.lesson_location', `${progress.last.lesson}/${progress.last.step}`]);
			if (credit) {
				if (score !== undefined && (done || mastery === undefined) && score >= recorded.score)
					values.push(
						['cmi.core.score.min', '0'],
						['cmi.core.score.max', '100'],
						['cmi.core.score.raw', String(score)],
					);
				const passed = mastery !== undefined && score !== undefined;
				const status = !done ? 'incomplete' : passed ? 'passed' : 'completed';
				if (rank(status) >= rank(recorded.status)) values.push(['cmi.core.lesson_status', status]);
			}
			values.push(['cmi.core.exit', done ? '' : 'suspend']);
			values.push(['cmi.core.session_time', timespan12(milliseconds)]);
			return values;
		},
		objectives: (course, progress) =>
			lessonsOfOutline(course).map((lesson): Field[] => {
				const theirs = progress.lessons[lesson.id];
				const { standing } = lessonStanding(lesson, theirs, course.passMark);
				const score = quizPercent(lesson, theirs);
				const status = {
					'not-begun': 'not attempted',
					'under-way': 'incomplete',
					done: 'completed',
				};
				return [
					['id', lesson.id],
					...(score === undefined ? [] : scoreFields(score)),
					['status', status[standing]],
				];
			}),
		leaving: [],
	};
}

const scoreFields = (score: number): Field[] => [
	['score.raw', String(score)],
	['score.min', '0'],
	['score.max', '100'],
];

/** "not attempted" and whatever is no status at all tell of nothing. */
const BEGUN = /^(?:incomplete|completed|passed|failed|browsed)$/;

function rank(status: string): number {
	return status === 'passed' ? 2 : status === 'completed' ? 1 : 0;
}
