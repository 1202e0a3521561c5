import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { EDUCATOR, PASSWORD, seed } from '../../tests/bench/seed/seed.ts';

/**
 * `npm run bench:seed -- --data-dir folder [--learners n] [--organisations n] [--events n] [--seed n]`:
 * makes a database as large as asked for, to measure on.
 */
const { values } = parseArgs({
	args: argv.slice(2),
	options: {
		'data-dir': { type: 'string' },
		course: { type: 'string', default: 'rygsamtalen' },
		learners: { type: 'string', default: '100000' },
		organisations: { type: 'string' },
		events: { type: 'string' },
		seed: { type: 'string', default: '1' },
	},
});
const dataDir = values['data-dir'];
if (!dataDir) fail('Say where to put the database: --data-dir folder');
if (existsSync(join(dataDir, 'rygsamtalen.db')))
	fail(`${dataDir} holds a database already; name a new folder.`);
const learners = whole('learners', values.learners);
const result = await seed({
	dataDir,
	courseDir: join(env.COURSES_DIR ?? 'courses', values.course),
	learners,
	organisations: whole('organisations', values.organisations ?? String(Math.ceil(learners / 500))),
	events: whole('events', values.events ?? String(learners * 200)),
	seed: whole('seed', values.seed),
});
console.table({ ...result, probes: Object.keys(result.probes).join(', ') });
console.log(`Sign in as ${EDUCATOR} with "${PASSWORD}".`);

function whole(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) fail(`--${name} must be a whole number, not "${text}".`);
	return Number(text);
}

function fail(message: string): never {
	console.error(message);
	exit(2);
}
