import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { link, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import BetterSqlite3 from 'better-sqlite3';
import { packagesFolder } from '../cmi5/courses.ts';
import type { Config } from '../config.ts';
import { unpack } from '../preview/unpack.ts';
import { hashOf, packageFile, type Notes, type Packages } from './notes.ts';
import { filesIn, zipFolder } from './zip-folder.ts';

/*
 * The files of courses that came as cmi5 packages, in backups: a ZIP for each course. A course's files
 * stay as they are once it is made, so its ZIP is the same one day after day, and is kept on the disk
 * once: each backup has a name for it (a hard link).
 */

interface Course {
	id: string;
	name: string;
}

/** A backup that was made before. */
export interface Earlier {
	folder: string;
	notes: Notes;
}

/** Which courses a copy of the database has. One that is too damaged to be read has none that we know of. */
export function coursesIn(file: string): Course[] {
	let copy: BetterSqlite3.Database | undefined;
	try {
		copy = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
		return copy.prepare('SELECT id, name FROM cmi5_courses ORDER BY id').all() as Course[];
	} catch (error) {
		if (/^SQLITE_(NOTADB|CORRUPT)/.test((error as { code?: string }).code ?? '')) return [];
		throw error;
	} finally {
		copy?.close();
	}
}

/** Bytes of the files of each course that has a folder. */
export async function packageSizes(config: Pick<Config, 'DATA_DIR'>): Promise<Map<string, number>> {
	const from = packagesFolder(config);
	const sizes = new Map<string, number>();
	for (const id of existsSync(from) ? await readdir(from) : []) {
		// What cannot be read is told when the backup comes to it.
		const files = await filesIn(join(from, id)).catch(() => []);
		sizes.set(
			id,
			files.reduce((sum, { bytes }) => sum + bytes, 0),
		);
	}
	return sizes;
}

/**
 * Puts the files of courses into a backup's folder. A course whose files cannot be read does not keep
 * the others, or the database, from being backed up: the notes say so.
 *
 * @param courses those of the backup's own copy of the database; their folders were there before they were
 * @param earlier backups that may have the same files, newest first
 * @param tell is told of bytes that are done
 * @throws when nothing can be written
 */
export async function keepPackages(
	folder: string,
	config: Pick<Config, 'DATA_DIR'>,
	{ courses, earlier }: { courses: Course[]; earlier: Earlier[] },
	tell: (bytes: number) => void = () => undefined,
): Promise<Packages> {
	const packages: Packages = { kept: [], missing: [] };
	for (const { id: course, name } of courses) {
		const source = join(packagesFolder(config), course);
		const found = await sumOf(source, tell).catch((error: unknown) =>
			error instanceof Error ? error.message : String(error),
		);
		if (typeof found === 'string') {
			packages.missing.push({ course, name, reason: found });
			continue;
		}
		const file = join(folder, packageFile(course));
		const isThere = await linked(file, { course, sha256: found.sha256 }, earlier);
		const sum = isThere ? found : await written(source, file);
		packages.kept.push({ course, name, ...sum });
	}
	return packages;
}

interface Sum {
	bytes: number;
	sha256: string;
}

/** What the ZIP of a folder would be, without writing it. */
async function sumOf(source: string, tell: (bytes: number) => void): Promise<Sum> {
	const summing = summer(tell);
	for await (const chunk of zipFolder(source)) summing.take(chunk);
	return summing.sum();
}

async function written(source: string, file: string): Promise<Sum> {
	const summing = summer();
	await pipeline(
		async function* () {
			for await (const chunk of zipFolder(source)) {
				summing.take(chunk);
				yield chunk;
			}
		},
		createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
	);
	return summing.sum();
}

function summer(tell: (bytes: number) => void = () => undefined) {
	const hash = createHash('sha256');
	let bytes = 0;
	return {
		take(chunk: Uint8Array): void {
			hash.update(chunk);
			bytes += chunk.length;
			tell(chunk.length);
		},
		sum: (): Sum => ({ bytes, sha256: hash.digest('hex') }),
	};
}

/** Gives the file of an earlier backup a name in this one, if it still is what was backed up then. */
async function linked(
	file: string,
	wanted: { course: string; sha256: string },
	earlier: Earlier[],
): Promise<boolean> {
	const same = earlier.find(({ notes }) =>
		notes.packages?.kept.some(
			(one) => one.course === wanted.course && one.sha256 === wanted.sha256,
		),
	);
	if (!same) return false;
	const there = join(same.folder, packageFile(wanted.course));
	try {
		if ((await hashOf(there)) !== wanted.sha256) return false;
		await link(there, file);
		return true;
	} catch {
		// It was deleted meanwhile, or the file system has no hard links: it is written anew.
		return false;
	}
}

/** Says what is wrong with the packages of a backup; undefined when nothing is. */
export async function faultOfPackages(
	folder: string,
	{ packages }: Notes,
): Promise<string | undefined> {
	for (const { course, name, sha256 } of packages?.kept ?? []) {
		const file = join(folder, packageFile(course));
		const mend = `Copy ${packageFile(course)} here from another backup that has the course "${name}", or use another backup.`;
		if (!existsSync(file)) return `${file} is missing. ${mend}`;
		if ((await hashOf(file)) !== sha256)
			return `${file} is not what was backed up: its SHA-256 is another one. ${mend}`;
	}
	return undefined;
}

/** What was taken once is taken back, whatever is taken of new packages now. */
const ANY = { count: Infinity, total: Infinity, single: Infinity, ratio: Infinity };

/**
 * Unpacks the packages of a backup into a new folder.
 *
 * @throws naming the file that could not be unpacked
 */
export async function unpackPackages(
	folder: string,
	kept: Packages['kept'],
	into: string,
): Promise<void> {
	await rm(into, { recursive: true, force: true });
	for (const { course } of kept) {
		const file = join(folder, packageFile(course));
		await unpack(file, join(into, course), ANY).catch((error: unknown) => {
			throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
				cause: error,
			});
		});
	}
}
