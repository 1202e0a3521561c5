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

/**
 * Told when the record keeper has come to know more; who listens is `arrivals.ts`, which a lesson is
 * spared.
 */
export const post: { heed?: (() => void) | undefined; isNews?: boolean } = {};

/** Says that the record keeper now knows more than it did. */
export function arrived(): void {
	if (post.heed) post.heed();
	else post.isNews = true;
}
