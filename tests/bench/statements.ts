import { loadCourse } from '../../src/authoring/loader.ts';
import { types } from '../../src/lib/activities/registry.ts';
import { FINAL_TEST } from '../../src/lib/course/parts.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { noProgress } from '../../src/lib/progress/progress.ts';
import { apply } from '../../src/lib/progress/reduce.ts';
import { courseNarrator } from '../../src/lib/xapi/course-narrator.ts';
import { narrate, type Visit } from '../../src/lib/xapi/narrate.ts';
import { countingIn, everything } from '../support/everything.ts';
import { startLrs } from '../support/lrs.ts';
import { startServer } from '../support/server.ts';

export interface BuildingFigure {
	statements: number;
	perSecond: number;
}

/**
 * Statements of a learner who does all of the course twice, event by event within visits; what events
 * count for is reckoned before the clock starts. One core.
 */
export function measureBuilding(rounds = 20): BuildingFigure {
	const course = loadCourse('courses/rygsamtalen').course!;
	const narrator = courseNarrator(course, (type) => types[type]).as({
		actor: { account: { homePage: 'https://example.org', name: 'karin' } },
	});
	const counting = countingIn(course);
	let progress = noProgress();
	const history = everything(course).map((event) => {
		const before = progress;
		progress = apply(counting, progress, event);
		return { event, before, after: progress };
	});
	let statements = 0;
	let began = 0;
	// The first round makes the definitions, as a server does once.
	for (let round = 0; round <= rounds; round++) {
		if (round === 1) [statements, began] = [0, performance.now()];
		let visit: Visit | undefined;
		for (const { event, before, after } of history) {
			const said = narrate(narrator, before, after, event, visit);
			visit = said.visit;
			statements += said.told.length;
		}
	}
	return { statements, perSecond: perSecond(statements, began) };
}

export interface DrainFigure {
	statements: number;
	requests: number;
	perSecond: number;
}

/**
 * How fast what has gathered in the outbox reaches a record store on this machine: the built server
 * with its database on disk, from the moment when the store takes the first request.
 */
export async function measureDrain(learners = 3): Promise<DrainFigure> {
	const course = loadCourse('courses/rygsamtalen').course!;
	const gate = Promise.withResolvers<undefined>();
	const lrs = await startLrs(() => 'well', undefined, gate.promise);
	const server = await startServer({
		settings: {
			LRS_URL: lrs.endpoint,
			LRS_KEY: 'key',
			LRS_SECRET: 'secret',
			LRS_DETAIL: 'full',
			LRS_INNER: 'allow',
		},
	});
	// The server draws a final test by itself.
	const events = everything(course).filter(({ lesson }) => lesson !== FINAL_TEST);
	for (let n = 0; n < learners; n++) await asGuest(server.origin, events);
	const began = performance.now();
	gate.resolve(undefined);
	let stored = -1;
	// Nothing new for a second: everything has arrived.
	let last = began;
	while (performance.now() - last < 1000) {
		if (lrs.stored.size !== stored) last = performance.now();
		stored = lrs.stored.size;
		await new Promise((done) => setTimeout(done, 20));
	}
	await server.stop();
	await lrs.close();
	return {
		statements: stored,
		requests: lrs.requests,
		perSecond: Math.round((1000 * stored) / (last - began)),
	};
}

/** A new guest does it all, in batches as a browser sends them. */
async function asGuest(origin: string, events: LearnerEvent[]): Promise<void> {
	let learner: string | null = null;
	let cookie = '';
	for (let at = 0; at < events.length; at += 100) {
		const batch = events.slice(at, at + 100).map((one) => ({ ...one, id: crypto.randomUUID() }));
		const response: Response = await fetch(`${origin}/api/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin, cookie },
			body: JSON.stringify({ learner, events: batch }),
		});
		const answer = (await response.json()) as { learner: string; refused: unknown[] };
		if (!response.ok || answer.refused.length > 0) throw new Error(JSON.stringify(answer));
		learner = answer.learner;
		cookie ||= response.headers
			.getSetCookie()
			.map((one) => one.split(';')[0])
			.join('; ');
	}
}

function perSecond(count: number, began: number): number {
	return Math.round((1000 * count) / (performance.now() - began));
}
