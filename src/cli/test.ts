import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { env, exit } from 'node:process';
import { ensureBrowser } from '../../tests/support/browser.ts';
import { FIXTURES } from '../../tests/support/server.ts';

/** Runs every check of the project and counts: `npm test`. A part that could not run has failed. */
interface Part {
	name: string;
	command: string[];
	env?: Record<string, string>;
	/** A report to count single tests from; a part without one counts as one check. */
	report?: string;
}

const RESULTS = 'test-results';
const UNIT = `${RESULTS}/unit.json`;
const JOURNEYS = `${RESULTS}/journeys.json`;
const npx = (...args: string[]) => ['npx', '--no-install', ...args];
const cli = (...args: string[]) => [process.execPath, 'src/cli/run.mjs', ...args];

/** One after the other; those of a list at the same time, as each keeps one core busy and only reads. */
const parts: (Part | Part[])[] = [
	{ name: 'interface texts', command: cli('messages') },
	{
		name: 'compile interface texts',
		command: npx(
			'paraglide-js',
			'compile',
			'--project',
			'./project.inlang',
			'--outdir',
			'./src/lib/paraglide',
		),
	},
	{ name: 'sync', command: npx('svelte-kit', 'sync') },
	[
		{
			name: 'types',
			command: [...npx('svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
		},
		{ name: 'format', command: npx('prettier', '--check', '--log-level', 'warn', '.') },
		{ name: 'lint', command: npx('eslint', '.') },
	],
	{ name: 'course check', command: cli('course', 'check') },
	{
		name: 'unit tests',
		command: npx('vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${UNIT}`),
		report: UNIT,
	},
	{ name: 'build', command: cli('build') },
	{
		name: 'build with the tiny course',
		command: cli('build'),
		env: { BUILD_DIR: FIXTURES.build, COURSES_DIR: FIXTURES.courses },
	},
	{ name: 'journeys', command: npx('playwright', 'test'), report: JOURNEYS },
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS);
let passed = 0;
let failed = 0;
let browser: string | undefined;
try {
	browser = ensureBrowser();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
}
for (const part of parts)
	await (Array.isArray(part) ? Promise.all(part.map((one) => run(one, false))) : run(part, true));
console.log(`\n${passed} passed, ${failed} failed`);
exit(failed === 0 ? 0 : 1);

/** Runs a part; beside others, what it says is shown once it has ended. */
async function run(part: Part, isAlone: boolean): Promise<void> {
	const began = performance.now();
	if (isAlone) console.log(`\n── ${part.name}`);
	const output = isAlone ? 'inherit' : 'pipe';
	const [command, ...args] = part.command;
	const child = spawn(command!, args, {
		stdio: ['ignore', output, output],
		env: { ...env, ...part.env, ...(browser ? { CHROMIUM_PATH: browser } : {}), CI: '1' },
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
	const status = await new Promise<number | null>((resolve) => {
		child.once('error', (error) => {
			said += error.message;
			resolve(null);
		});
		child.once('close', resolve);
	});
	if (!isAlone) console.log(`\n── ${part.name}\n${said.trimEnd()}`);
	const counted = part.report
		? countReport(part.report)
		: { passed: status === 0 ? 1 : 0, failed: 0 };
	passed += counted.passed;
	// A part that ended badly, or ran nothing, has failed even where its report knows of no failed test.
	const went = status === 0 && counted.passed > 0;
	failed += counted.failed || (went ? 0 : 1);
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`── ${part.name}: ${went ? 'passed' : 'FAILED'} in ${seconds} s`);
}

function countReport(file: string): { passed: number; failed: number } {
	if (!existsSync(file)) return { passed: 0, failed: 0 };
	const report = JSON.parse(readFileSync(file, 'utf8')) as {
		numPassedTests?: number;
		numFailedTests?: number;
		stats?: { expected: number; unexpected: number; flaky: number };
	};
	// Vitest's report, else Playwright's. A test that passed only when repeated has not passed.
	if (report.stats)
		return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
	return { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0 };
}
