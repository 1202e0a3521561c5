import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { main as Main } from './admin/main.ts';
import { adminDir, coursesDir, isNewest } from './built.ts';

/** `npm run admin -- <command>`: administration from the command line (docs/administration.md). */
const built = join(adminDir(), 'main.js');
if (!env.START_WITHOUT_BUILDING && !isThere()) {
	console.error('Building …');
	const { buildAdmin } = await import('./admin/build.ts');
	await buildAdmin(adminDir(), coursesDir());
}
const { main } = (await import(pathToFileURL(built).href)) as { main: typeof Main };
process.exitCode = await main(argv.slice(2), env, {
	out: (line) => console.log(line),
	err: (line) => console.error(line),
});

/** An image holds the build without its sources. */
function isThere(): boolean {
	return existsSync(built) && (!existsSync('vite.config.ts') || isNewest(built));
}
