import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';

/**
 * Keeps a learner's record, wherever the course runs. The player knows only this. An event handed
 * to `record` is kept on the device before the promise resolves; getting it to where it belongs
 * (our server, an LMS) is the tracker's own business, told by `status`.
 */
export interface Tracker {
	/** Progress on record, with what is not yet sent counted in. Call once. */
	open(): Promise<Progress>;
	/** Keeps an event. Rejects only when it could be kept nowhere at all. */
	record(event: LearnerEvent): Promise<void>;
	/** Events that came from elsewhere (another tab); returns how to stop listening. */
	onelsewhere(listener: (events: LearnerEvent[]) => void): () => void;
	/** Calls at once with the present status, then at each change; returns how to stop. */
	onstatus(listener: (status: TrackerStatus) => void): () => void;
	/** Writes what is left and ends. Safe to call twice and while the page goes away. */
	close(): void;
}

export type TrackerStatus =
	| { state: 'idle' }
	| { state: 'saving' }
	| { state: 'saved' }
	/** Kept on this device; will be sent when the connection is back. */
	| { state: 'offline'; waiting: number }
	/** The session ended; kept on this device until the learner signs in again. */
	| { state: 'signed-out'; waiting: number }
	/** The LMS takes no more of this visit; kept on this device until the course is opened from there again. */
	| { state: 'ended'; waiting: number }
	/** Kept on this device only: no server or LMS was found. */
	| { state: 'local' }
	/** Refused by the record keeper; kept on this device. `reason` is for people. */
	| { state: 'refused'; reason: string; count: number }
	/** Not even this device could keep it (storage full or blocked). */
	| { state: 'lost'; reason: string };
