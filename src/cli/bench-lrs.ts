import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { fill } from '../../tests/bench/records/fill.ts';
import { measureRecords, memoryOf } from '../../tests/bench/records/measure.ts';
import { startServer } from '../../tests/support/server.ts';

/**
 * `npm run bench:lrs [-- --statements 10000,100000 | --quick] [--dir folder] [--seconds n]`: the record
 * store of the built server over HTTP, with so many statements in it (docs/performance.md). One
 * database, which grows from size to size, and goes on growing when called again with more.
 */
const QUICK = '20000';
const { values } = parseArgs({
	args: argv.slice(2),
	options: {
		statements: { type: 'string', default: '5000000' },
		quick: { type: 'boolean', default: false },
		dir: { type: 'string', default: 'test-results/bench-lrs' },
		seconds: { type: 'string', default: '6' },
	},
});
const sizes = (values.quick ? QUICK : values.statements).split(',');
if (![...sizes, values.seconds].every((size) => /^\d{1,9}$/.test(size))) {
	console.error('--statements takes whole numbers with commas between, --seconds one of them.');
	exit(2);
}

for (const size of sizes.map(Number)) {
	console.log(`Making a record store with ${size} statements …`);
	const filled = await fill(values.dir, size);
	const gigabytes = statSync(join(values.dir, 'rygsamtalen.db')).size / 1e9;
	const server = await startServer({ dataDir: values.dir });
	const figures = await measureRecords(server, filled, Number(values.seconds));
	const memory = memoryOf(server.pid);
	await server.stop();
	console.log(
		`${size} statements, ${gigabytes.toFixed(1)} GB; ${filled.added} added in ${filled.seconds} s; ` +
			`the server holds ${memory.megabytes} MB, at most ${memory.most} MB`,
	);
	console.log(
		'Goals: 2,000 statements a second in batches, 400 singly; by registration or agent p99 under 20 ms',
	);
	console.table(figures);
	writeFileSync(
		join(values.dir, `${size}.json`),
		JSON.stringify({ size, gigabytes, memory, figures }, undefined, '\t'),
	);
}
