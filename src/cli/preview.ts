import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { argv, exit } from 'node:process';
import { PackageProblem } from '../lib/preview/problem.ts';
import { previewListener } from '../lib/server/preview/listener.ts';
import { Shelf } from '../lib/server/preview/shelf.ts';
import { buildStage } from '../preview/build.ts';
import { isNewest, stageDir } from './built.ts';

/**
 * `npm run preview -- file.zip`: plays LMS for a package on this machine, and shows what the package
 * says to it. Needs no account and no database; ends with Ctrl-C and leaves nothing behind.
 */
const [zip] = argv.slice(2);
if (!zip || !existsSync(zip))
	fail(zip ? `There is no file ${zip}.` : 'npm run preview -- <file.zip>');

await buildWhatIsMissing();
const folder = mkdtempSync(join(tmpdir(), 'preview-'));
const shelf = new Shelf(folder);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(0));
const token = await open(zip);
const server = createServer(previewListener({ shelf, ui: stageDir() }));
// This machine only: the package is nobody else's business.
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	console.log(`${basename(zip)} is at http://127.0.0.1:${port}/${token}/`);
});

async function open(zip: string): Promise<string> {
	const begun = await shelf.begin({ owner: 'local', name: basename(zip) });
	try {
		return (await shelf.take(begun!, createReadStream(zip), Infinity)).token;
	} catch (error) {
		if (!(error instanceof PackageProblem)) throw error;
		const { wordsFor } = await import('../lib/preview/words.ts');
		console.error(wordsFor(error, { locale: 'en' }));
		return end(1);
	}
}

async function buildWhatIsMissing(): Promise<void> {
	const page = join(stageDir(), 'stage.html');
	if (existsSync(page) && (!existsSync('vite.config.ts') || isNewest(page))) return;
	console.log('Building …');
	await buildStage(stageDir());
}

function end(code: number): never {
	rmSync(folder, { recursive: true, force: true });
	exit(code);
}

function fail(message: string): never {
	console.error(message);
	exit(1);
}
