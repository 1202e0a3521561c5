import { lessonsOfOutline } from '#lib/course/outline.ts';
import { courseStanding, lessonStanding, quizPercent } from '#lib/progress/completion.ts';
import { SCORM2004_LIMIT } from '#lib/progress/suspend.ts';
import { complaint2004, timeinterval2004 } from './cmi2004.ts';
import { modeIn, numberIn, resumesBy, type Dialect, type Field, type Session } from './dialect.ts';
import { interactionFields2004 } from './interactions2004.ts';

/**
 * SCORM 2004 tells completion from success:
 *
 * - `completed` when every lesson is done and, where there is one, the final test is passed; until
 *   then `incomplete`, with the share of steps done as progress measure.
 * - `passed` when the course is done and the score reaches what the LMS asks for, else `unknown`:
 *   tests may be taken as often as one likes, and some LMSs end the attempt at `failed`.
 * - While the LMS has a passing score, no score is written before it is reached: the LMS itself
 *   would call somebody failed who has only begun.
 * - What is on record never gets worse.
 * - The session is always suspended, never ended, so that one can come back and look.
 */
export const scorm2004: Dialect = {
	version: 'scorm2004',
	limit: SCORM2004_LIMIT,
	session,
	interaction: interactionFields2004,
	complaint: complaint2004,
};

function session(get: (element: string) => string): Session {
	const credit = get('cmi.credit') !== 'no-credit';
	const passing = numberIn(get('cmi.scaled_passing_score'));
	const recorded = {
		completed: get('cmi.completion_status') === 'completed',
		passed: get('cmi.success_status') === 'passed',
		score: numberIn(get('cmi.score.scaled')) ?? 0,
		progress: numberIn(get('cmi.progress_measure')) ?? 0,
	};
	return {
		mode: modeIn(get('cmi.mode')),
		credit,
		student: get('cmi.learner_id'),
		resumes: resumesBy(get('cmi.entry'), BEGUN.test(get('cmi.completion_status'))),
		location: get('cmi.location'),
		values(course, progress, suspended, milliseconds) {
			const { standing, score: percent, steps, stepsDone } = courseStanding(course, progress);
			const score = percent === undefined ? undefined : percent / 100;
			const completed = standing === 'done' || recorded.completed;
			const reached = passing === undefined || score === undefined || score >= passing;
			const passed = (standing === 'done' && reached) || recorded.passed;
			const values: Field[] = [['cmi.suspend_data', suspended]];
			if (progress.last)
				values.push(['cmi.location', `${progress.last.lesson}/${progress.last.step}`]);
			if (credit) {
				if (score !== undefined && (passed || passing === undefined) && score >= recorded.score)
					values.push(
						['cmi.score.min', '0'],
						['cmi.score.max', '100'],
						['cmi.score.raw', String(percent)],
						['cmi.score.scaled', decimal(score)],
					);
				const measure = completed ? 1 : Math.max(stepsDone / steps, recorded.progress);
				values.push(
					['cmi.progress_measure', decimal(measure)],
					['cmi.completion_status', completed ? 'completed' : 'incomplete'],
				);
				// `unknown` says nothing that the LMS does not know.
				if (passed) values.push(['cmi.success_status', 'passed']);
			}
			values.push(['cmi.exit', 'suspend']);
			values.push(['cmi.session_time', timeinterval2004(milliseconds)]);
			return values;
		},
		objectives: (course, progress) =>
			lessonsOfOutline(course).map((lesson): Field[] => {
				const theirs = progress.lessons[lesson.id];
				const { standing, stepsDone, steps } = lessonStanding(lesson, theirs, course.passMark);
				const score = quizPercent(lesson, theirs);
				const completion = {
					'not-begun': 'not attempted',
					'under-way': 'incomplete',
					done: 'completed',
				};
				return [
					['id', lesson.id],
					...(score === undefined ? [] : scoreFields(score)),
					// A lesson is done only when its quiz is passed.
					['success_status', standing === 'done' ? 'passed' : 'unknown'],
					['completion_status', completion[standing]],
					['progress_measure', decimal(stepsDone / steps)],
					['description', lesson.title],
				];
			}),
		leaving: [['adl.nav.request', 'suspendAll']],
	};
}

const scoreFields = (score: number): Field[] => [
	['score.scaled', decimal(score / 100)],
	['score.raw', String(score)],
	['score.min', '0'],
	['score.max', '100'],
];

const BEGUN = /^(?:incomplete|completed)$/;

/** At most four decimals, with the zero before the point that some LMSs insist on. */
function decimal(value: number): string {
	return String(Math.round(value * 1e4) / 1e4);
}
