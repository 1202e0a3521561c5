import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';
import { ALWAYS } from '#lib/packages/zip.ts';

export interface FileSize {
	/** From the folder on, with slashes. */
	name: string;
	bytes: number;
}

/** What a ZIP without its 64-bit extension can hold, a little less than 4 GiB. */
const MOST = { bytes: 4e9, files: 65_535 };
const CHUNK = 256 * 1024;

/** The files of a folder and of those in it, in order of their names. */
export async function filesIn(folder: string): Promise<FileSize[]> {
	const found = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = found
		.filter((one) => one.isFile())
		.map((one) => join(one.parentPath, one.name))
		.sort();
	const files: FileSize[] = [];
	for (const path of paths) {
		const name = relative(folder, path).split(sep).join('/');
		files.push({ name, bytes: (await stat(path)).size });
	}
	return files;
}

/**
 * A folder as a ZIP, read as it is sent on: memory holds one chunk, however large the folder is. The
 * files are stored as they are, since packing video costs much and wins nothing. The same files give the
 * same bytes, whenever and wherever that is done.
 *
 * @throws when something cannot be read, or there is more than a ZIP can hold
 */
export async function* zipFolder(folder: string): AsyncGenerator<Uint8Array> {
	const files = await filesIn(folder);
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	if (bytes > MOST.bytes || files.length > MOST.files)
		throw new Error(`${folder}: more than ${MOST.bytes / 1e9} GB or ${MOST.files} files`);
	const ready: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		ready.push(chunk);
	});
	for (const { name } of files) {
		const file = new ZipPassThrough(name);
		file.mtime = ALWAYS;
		zip.add(file);
		for await (const chunk of createReadStream(join(folder, name), { highWaterMark: CHUNK })) {
			file.push(chunk as Buffer);
			yield* ready.splice(0);
		}
		file.push(new Uint8Array(0), true);
		yield* ready.splice(0);
	}
	zip.end();
	yield* ready.splice(0);
}
