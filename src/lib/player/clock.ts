/**
 * The learner's clock for events: milliseconds, strictly increasing, so that events sort in the
 * order in which they were made even within one millisecond or when the system clock steps back.
 */
export function makeClock(now: () => number = Date.now): () => string {
	let last = 0;
	return () => {
		last = Math.max(now(), last + 1);
		return new Date(last).toISOString();
	};
}

/** The one clock of this page. */
export const now = makeClock();
