import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';

/** The learner's clock for events made by a test: a moment ago, and strictly increasing. */
let clock = Date.now() - 60_000;

/** An event of a course as a browser would send it. */
export function eventOf(
	{ id: course, version: courseVersion }: { id: string; version: string },
	own: Record<string, unknown>,
): Record<string, unknown> {
	clock += 1;
	return {
		v: 1,
		id: randomUUID(),
		at: new Date(clock).toISOString(),
		course,
		courseVersion,
		language: 'da',
		...own,
	};
}

/** Of the first lesson of the tiny course, unless it says otherwise. */
export function tinyEvent(own: Record<string, unknown>): Record<string, unknown> {
	return eventOf({ id: 'tiny', version: '1.0.0' }, { lesson: 'hello', ...own });
}

/** Sends events of whoever this context is. @throws when the server refuses any */
export async function send(
	request: APIRequestContext,
	origin: string,
	learner: string | null,
	events: Record<string, unknown>[],
): Promise<string> {
	const response = await request.post(`${origin}/api/events`, {
		headers: { origin },
		data: { learner, events },
	});
	const answer = (await response.json()) as { learner: string; refused: unknown[] };
	if (!response.ok() || answer.refused.length > 0)
		throw new Error(`${response.status()}: ${JSON.stringify(answer)}`);
	return answer.learner;
}
