import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { FIXTURES } from './server.ts';

const COURSES = {
	tiny: FIXTURES,
	rygsamtalen: { courses: 'courses', build: 'build' },
};

/**
 * Makes a package by the command.
 *
 * @returns where it lies, unpacked; the zip is beside it
 */
export function makePackage(
	course: keyof typeof COURSES,
	format: string,
	...options: string[]
): string {
	const { courses, build } = COURSES[course];
	const out = mkdtempSync(join(tmpdir(), 'package-'));
	const printed = execFileSync(
		execPath,
		[
			...['src/cli/run.mjs', 'package', '--course', course, '--format', format],
			...['--out', out, ...options],
		],
		{ env: { ...env, COURSES_DIR: courses, BUILD_DIR: build }, encoding: 'utf8' },
	);
	return printed
		.trim()
		.split('\n')
		.at(-1)!
		.replace(/\.zip$/, '');
}
