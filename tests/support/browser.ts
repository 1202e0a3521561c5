import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { env, getuid } from 'node:process';

/** What a headless Chromium needs to run as root in a container, and to keep quiet on the network. */
export const LAUNCH_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const USUAL = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A Chromium on this machine: the one that the environment names, a usual one, or Playwright's own. */
export function chromiumPath(): string | undefined {
	const named = [env.CHROMIUM_PATH, env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH];
	return [...named, ...USUAL, chromium.executablePath()].find((path) => path && existsSync(path));
}

/**
 * The path of a Chromium, installed if there is none: Playwright's own, else the system's package.
 *
 * @throws when neither can be had, saying what to do
 */
export function ensureBrowser(): string {
	const found = chromiumPath() ?? install();
	if (found) return found;
	throw new Error(
		'No Chromium was found and none could be installed. Install one (for example ' +
			'`apt-get install chromium`) or set CHROMIUM_PATH to its path.',
	);
}

function install(): string | undefined {
	const root = getuid?.() === 0;
	const ways: [string, string[]][] = [
		['npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium']],
		...(root
			? ([
					['apt-get', ['update', '-qq']],
					['apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']],
				] as [string, string[]][])
			: []),
	];
	for (const [command, args] of ways) {
		console.log(`No Chromium yet: ${command} ${args.join(' ')} …`);
		try {
			execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
		} catch (error) {
			console.log(`  ${String(error instanceof Error ? error.message : error).split('\n')[0]}`);
		}
		const path = chromiumPath();
		if (path) return path;
	}
	return undefined;
}
