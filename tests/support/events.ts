import type { LearnerEvent } from '../../src/lib/progress/events.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The same events, each new, so that the last of them happened so many days ago. */
export function endingDaysAgo(events: LearnerEvent[], days: number): LearnerEvent[] {
	const by = Date.now() - days * DAY - Date.parse(events.at(-1)!.at);
	return events.map((event) => ({
		...event,
		id: crypto.randomUUID(),
		at: new Date(Date.parse(event.at) + by).toISOString(),
	}));
}

/** Sends a learner's events to the server as their browser would. */
export async function sendEvents(
	origin: string,
	cookie: string,
	learner: string,
	events: LearnerEvent[],
): Promise<void> {
	for (let from = 0; from < events.length; from += 100) {
		const response = await fetch(`${origin}/api/events`, {
			method: 'POST',
			headers: { origin, cookie, 'content-type': 'application/json' },
			body: JSON.stringify({ learner, events: events.slice(from, from + 100) }),
		});
		const { refused } = (await response.json()) as { refused?: { reason: string }[] };
		if (!response.ok || !refused || refused.length > 0)
			throw new Error(`${response.status}: ${refused?.[0]?.reason}`);
	}
}
