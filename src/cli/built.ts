import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';

const SOURCES = [
	'courses',
	'messages',
	'project.inlang',
	'src',
	'static',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
];

/** Where the built server lies. */
export function buildDir(): string {
	return resolve(env.BUILD_DIR ?? 'build');
}

export function coursesDir(): string {
	return env.COURSES_DIR ?? 'courses';
}

/** Where the player of a course lies, of which packages are made. */
export function playerDir(course: string): string {
	return join(buildDir(), 'packages', course);
}

/** Where the page lies that plays LMS for packages. */
export function stageDir(): string {
	return join(buildDir(), 'preview');
}

/** Where the page of thin packages lies. */
export function thinDir(): string {
	return join(buildDir(), 'dispatch');
}

/** Where the administrator's command line lies. */
export function adminDir(): string {
	return join(buildDir(), 'admin');
}

const stamp = () => join(buildDir(), 'built.json');

/** Whether the build is there, of these courses, and newer than every source file. */
export function isFresh(): boolean {
	if (!existsSync(stamp())) return false;
	// An image holds the build without its sources.
	if (!existsSync('vite.config.ts')) return true;
	const { courses } = JSON.parse(readFileSync(stamp(), 'utf8')) as { courses: string };
	return courses === coursesDir() && isNewest(stamp());
}

/** Whether a file that a build made is newer than every source file. */
export function isNewest(file: string): boolean {
	const built = statSync(file).mtimeMs;
	return [...SOURCES, coursesDir()].every((source) => newest(source) <= built);
}

export function markBuilt(): void {
	writeFileSync(stamp(), JSON.stringify({ courses: coursesDir() }));
}

function newest(path: string): number {
	if (!existsSync(path)) return 0;
	const found = statSync(path);
	if (!found.isDirectory()) return found.mtimeMs;
	return readdirSync(path)
		.filter((name) => name !== 'paraglide')
		.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
