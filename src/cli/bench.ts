import { writeFileSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { feedbackTimes } from '../../tests/bench/feedback.ts';
import { firstLoad } from '../../tests/bench/first-load.ts';
import { measureEvents } from '../../tests/bench/events.ts';
import { measureBuilding, measureDrain } from '../../tests/bench/statements.ts';
import { startServer } from '../../tests/support/server.ts';

/** Measures the built server and prints what docs/performance.md compares: `npm run bench`. */
const PLACE = { course: 'rygsamtalen', lesson: 'dialogue-from-the-person', step: 'start' };
const VIGNETTE = '/da/courses/rygsamtalen/dialogue-from-the-person/karin';

const server = await startServer();
const events = [];
for (const connections of [1, 16, 64]) events.push(await measureEvents(server, PLACE, connections));
const load = await firstLoad(`${server.origin}${VIGNETTE}`);
const feedback = await feedbackTimes(`${server.origin}${VIGNETTE}`);
await server.stop();
const building = measureBuilding();
const drain = await measureDrain();

const result = {
	at: new Date().toISOString(),
	node: process.version,
	cores: cpus().length,
	cpu: cpus()[0]?.model,
	events,
	firstLoad: load,
	feedback,
	building,
	drain,
};
mkdirSync('test-results', { recursive: true });
writeFileSync('test-results/bench.json', JSON.stringify(result, undefined, '\t'));
console.log(
	'Single events, each on disk before it is acknowledged (goal: 500 a second, p99 under 50 ms)',
);
console.table(events);
console.log('To the first vignette choice (goals: script 60 KB, all 120 KB, 10 requests)');
console.table([load]);
console.log(
	`Feedback after a choice, processor four times slower (goal: 100 ms): ${feedback[Math.floor(feedback.length / 2)]} ms (${feedback.join(', ')})`,
);
console.log('Statements built on one core (goal: 20,000 a second)');
console.table([building]);
console.log('The outbox reaches a record store on this machine (goal: 500 a second)');
console.table([drain]);
