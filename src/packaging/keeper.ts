import type { Tracker } from '#lib/tracking/tracker.ts';

/** Who keeps the record of this visit. */
export interface Keeper {
	tracker: Tracker;
	/** Hands in a lesson's definitions before anything is done in it. */
	know(lesson: { id: string; steps: unknown[] }): void;
	/** Whose unfinished input this device holds. */
	learner: string;
	/** What the learner must be told: no LMS there, none that opened a session, or only a preview. */
	notice: 'no-lms' | 'closed' | 'preview' | undefined;
}

/**
 * The tracker as one lesson sees it: the visit opens and closes it once, lessons come and go.
 */
export function forLesson(tracker: Tracker): Tracker {
	return {
		open: () => tracker.open(),
		record: (event) => tracker.record(event),
		onelsewhere: (listener) => tracker.onelsewhere(listener),
		onstatus: (listener) => tracker.onstatus(listener),
		close: () => undefined,
	};
}
