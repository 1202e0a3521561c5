import autocannon from 'autocannon';
import type { Running } from '../support/server.ts';

export interface EventsFigure {
	connections: number;
	perSecond: number;
	/** Milliseconds. */
	p50: number;
	p99: number;
	failed: number;
}

/** Single events, each in a request of its own, from many learners at once, for some seconds. */
export async function measureEvents(
	{ origin }: Running,
	place: { course: string; lesson: string; step: string },
	connections = 16,
	duration = 10,
): Promise<EventsFigure> {
	const learners = await Promise.all(
		Array.from({ length: connections }, () => newLearner(origin, place)),
	);
	let next = 0;
	const result = await autocannon({
		url: `${origin}/api/events`,
		connections,
		duration,
		setupClient(client) {
			const learner = learners[next++ % learners.length]!;
			client.setHeaders({ 'content-type': 'application/json', origin, cookie: learner.cookie });
			const body = () => JSON.stringify({ learner: learner.id, events: [stepReached(place)] });
			client.setBody(body());
			client.on('response', () => client.setBody(body()));
		},
		method: 'POST',
	});
	return {
		connections,
		perSecond: Math.round(result['2xx'] / result.duration),
		p50: result.latency.p50,
		p99: result.latency.p99,
		failed: result.non2xx + result.errors + result.timeouts,
	};
}

export function stepReached(place: { course: string; lesson: string; step: string }) {
	return {
		v: 1,
		id: crypto.randomUUID(),
		at: new Date().toISOString(),
		courseVersion: '1.0.0',
		language: 'da',
		type: 'step-reached',
		...place,
	};
}

/** A guest of their own. */
export async function newLearner(
	origin: string,
	place: { course: string; lesson: string; step: string },
): Promise<{ id: string; cookie: string }> {
	const response = await fetch(`${origin}/api/events`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin },
		body: JSON.stringify({ learner: null, events: [stepReached(place)] }),
	});
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	const { learner } = (await response.json()) as { learner: string };
	const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]);
	return { id: learner, cookie: cookie.join('; ') };
}
