import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';

/** What a build is made of, beside the courses. What is generated from these is not among them. */
const SOURCES = ['messages', 'package-lock.json', 'src', 'svelte.config.js', 'vite.config.ts'];
const GENERATED = join('src', 'lib', 'paraglide');

/**
 * The version that a build of these files has (kit's `version.name`): the same files make the same one.
 * By default it is the time at which a command began, and every command that only looks (types, unit
 * tests) writes its own into the folder that a build running beside it reads: the server then has
 * another version than its scripts, and no page comes alive.
 *
 * @param root the project's folder
 */
export function versionOf(root: string, courses = env.COURSES_DIR ?? 'courses'): string {
	const hash = createHash('sha256');
	for (const source of [...SOURCES, courses])
		for (const file of filesIn(root, source)) {
			const bytes = readFileSync(resolve(root, file));
			hash.update(`${file}\n${bytes.length}\n`).update(bytes);
		}
	return hash.digest('hex').slice(0, 16);
}

function filesIn(root: string, path: string): string[] {
	const found = statSync(resolve(root, path), { throwIfNoEntry: false });
	if (!found || path === GENERATED) return [];
	if (!found.isDirectory()) return [path];
	const names = readdirSync(resolve(root, path)).sort();
	return names.flatMap((name) => filesIn(root, join(path, name)));
}
