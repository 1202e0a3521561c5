import { findLesson, type Course } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import type { Progress } from '#lib/progress/progress.ts';
import type { Session } from '../scorm/dialect.ts';
import type { TrackerStatus } from '../tracker.ts';
import type { Asking, Written } from './asking.ts';

export interface Reporter {
	/** Has the LMS told where the learner stands. */
	tell(progress: Progress): void;
	/** How that goes; undefined when nothing was to be told yet. */
	status(): TrackerStatus | undefined;
	onchange(listener: () => void): void;
}

/**
 * Tells an LMS of a record that is kept elsewhere: status, score, time, and as suspend data only where
 * the learner is.
 */
export function reporter(lms: Asking, session: Session, map: Outline, now = Date.now): Reporter {
	const started = now();
	const listeners = new Set<() => void>();
	let written: Written | undefined;
	lms.onwritten((next) => {
		written = next;
		listeners.forEach((listener) => listener());
	});
	return {
		tell(progress) {
			const pointer = pointerTo(map.version, progress.last);
			lms.set(session.values(map, progress, pointer, now() - started), session.leaving);
		},
		status() {
			switch (written?.state) {
				case 'writing':
					return { state: 'saving' };
				case 'written':
					return { state: 'saved' };
				case 'failed':
					return { state: 'refused', reason: written.reason, count: 1 };
				default:
					return undefined;
			}
		},
		onchange: (listener) => void listeners.add(listener),
	};
}

const MARK = 'D1';

/** `D1 1.2.0 lesson/step`: the version of the course, and the place. */
function pointerTo(version: string, last: Progress['last']): string {
	return [MARK, version, ...(last ? [`${last.lesson}/${last.step}`] : [])].join(' ');
}

/** The place in suspend data that we wrote; undefined when the course has none such any more. */
export function resumedAt(course: Course, suspended: string): Progress['last'] {
	const [mark, , place = ''] = suspended.split(' ');
	const [lesson = '', step = ''] = place.split('/');
	const found = mark === MARK && findLesson(course, lesson)?.steps.some(({ id }) => id === step);
	return found ? { lesson, step } : undefined;
}
