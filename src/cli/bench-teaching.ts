import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { measureImport } from '../../tests/bench/import.ts';
import { NOTES, seed, type Seeded } from '../../tests/bench/seed/seed.ts';
import { measureTeaching, type Place } from '../../tests/bench/teaching.ts';
import { startServer } from '../../tests/support/server.ts';
import { loadCourse } from '../authoring/loader.ts';
import { lessonsOfOutline, outline } from '../lib/course/outline.ts';

/**
 * `npm run bench:teaching [-- --learners 1000,10000,100000] [--dir folder]`: an educator's pages on
 * databases of several sizes, made where they are missing (docs/performance.md). Needs a built product.
 */
const { values } = parseArgs({
	args: argv.slice(2),
	options: {
		learners: { type: 'string', default: '1000,10000,100000' },
		dir: { type: 'string', default: 'test-results/bench-teaching' },
	},
});
const SIZES = [30, 250, 5_000];
const COURSE = 'courses/rygsamtalen';
const course = outline(loadCourse(COURSE).course!, 'en');
const [VIGNETTE, QUIZ] = (['vignette', 'quiz'] as const).map((kind) => {
	const lesson = lessonsOfOutline(course).find(({ steps }) =>
		steps.some((one) => one.kind === kind),
	)!;
	return { lesson: lesson.id, step: lesson.steps.find((one) => one.kind === kind)!.id };
}) as [Place, Place];

for (const learners of values.learners.split(',').map(Number)) {
	const dataDir = join(values.dir, String(learners));
	const { probes, events } = await prepared(dataDir, learners);
	const server = await startServer({ dataDir });
	// Groups of a few sizes tell enough.
	const few = Object.entries(probes).filter(([, one]) => SIZES.includes(one.members));
	const figures = await measureTeaching(server, Object.fromEntries(few), VIGNETTE, QUIZ);
	const imported = await measureImport(server, probes);
	await server.stop();
	console.log(`${learners} learners, ${events} events (goal: p95 under 200 ms)`);
	console.table(figures);
	console.log('A file of people, looked at and confirmed (goal: under 10 s)');
	console.table([imported]);
	writeFileSync(join(values.dir, `${learners}.json`), JSON.stringify(figures, undefined, '\t'));
}

async function prepared(dataDir: string, learners: number): Promise<Seeded> {
	const notes = join(dataDir, NOTES);
	if (existsSync(notes)) return JSON.parse(readFileSync(notes, 'utf8')) as Seeded;
	console.log(`Making a database with ${learners} learners …`);
	const organisations = Math.ceil(learners / 500);
	return seed({
		dataDir,
		courseDir: COURSE,
		learners,
		organisations,
		events: learners * 200,
		seed: 1,
	});
}
