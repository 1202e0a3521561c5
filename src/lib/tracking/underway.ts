const underway = new Set<Promise<unknown>>();

/** Notes that something is being brought to its record keeper. */
export function bring<T>(work: Promise<T>): Promise<T> {
	underway.add(work);
	const done = () => void underway.delete(work);
	work.then(done, done);
	return work;
}

/**
 * Resolves when everything that is being brought has arrived or has failed; undefined when there is
 * nothing. A page that asks the record keeper before that would be told the past.
 */
export function arrival(): Promise<void> | undefined {
	return underway.size === 0 ? undefined : allArrived();
}

async function allArrived(): Promise<void> {
	while (underway.size > 0) await Promise.allSettled(underway);
}

let heed: (() => void) | undefined;
/** Something has arrived that nobody has heard of. */
let isNews = false;

/** Says that the record keeper now knows more than it did. */
export function arrived(): void {
	if (heed) heed();
	else isNews = true;
}

/**
 * Calls each time the record keeper has come to know more; at once, if it has since somebody last
 * listened. One listener at a time: the page on screen. Returns how to stop.
 */
export function onarrival(listener: () => void): () => void {
	heed = listener;
	if (isNews) listener();
	isNews = false;
	return () => {
		if (heed === listener) heed = undefined;
	};
}
