import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from './mistakes.ts';

/** A numbered folder: the number is the order, the rest is the id. */
export interface Numbered {
	id: string;
	path: string;
}

const NUMBERED = /^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/** The numbered folders in a folder, in order; other folders are mistakes unless named in `besides`. */
export function numberedFolders(
	folder: string,
	besides: string[],
	mistakes: Mistake[],
): Numbered[] {
	const found: (Numbered & { number: string })[] = [];
	for (const name of folders(folder)) {
		if (besides.includes(name)) continue;
		const path = join(folder, name);
		const [, number, id] = NUMBERED.exec(name) ?? [];
		if (!number || !id)
			mistakes.push({
				file: path,
				message:
					'a folder here is called by number and id, such as "01-about-back-pain"; rename it',
			});
		else found.push({ number, id, path });
	}
	found.sort((a, b) => (a.number < b.number ? -1 : 1));
	found.forEach((one, at) => {
		if (one.number === found[at - 1]?.number)
			mistakes.push({ file: one.path, message: `number ${one.number} is taken already; renumber` });
	});
	return found;
}

export function folders(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
		.map((entry) => entry.name)
		.sort();
}

/** The folders of all courses under some folders: those that hold a `course.yaml`. */
export function courseFolders(dirs: string[]): string[] {
	return dirs.flatMap((dir) =>
		folders(dir)
			.map((name) => join(dir, name))
			.filter((path) => existsSync(join(path, 'course.yaml'))),
	);
}
