import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import {
	getFileNameLowLevel,
	openPromise,
	validateFileName,
	type Entry,
	type ZipFile,
} from 'yauzl';
import { PackageProblem } from '#lib/preview/problem.ts';

const MB = 1024 * 1024;

export interface Limits {
	/** How many files. */
	count: number;
	/** Bytes of all files, and of one. */
	total: number;
	single: number;
	/** How many times larger than its part of the zip a file may be, once it has more than a megabyte. */
	ratio: number;
}

/** Four times the largest package that LMSs recommend; text seldom shrinks to less than a fiftieth. */
export const LIMITS: Limits = { count: 10_000, total: 1000 * MB, single: 250 * MB, ratio: 200 };
const SMALL = MB;

/**
 * Unpacks a zip into an empty folder. What the zip says of itself is not trusted: sizes are counted
 * while they are written, and nothing is written outside of the folder, through a link, or twice.
 *
 * @param zip path of the zip
 * @returns the paths of the files, with slashes, sorted
 * @throws PackageProblem naming the entry and the limit; the folder may then hold some of the files
 */
export async function unpack(zip: string, folder: string, limits = LIMITS): Promise<string[]> {
	const opened = await open(zip);
	const names = new Names();
	const written = { bytes: 0 };
	const files: string[] = [];
	try {
		for await (const entry of entries(opened)) {
			const name = nameOf(entry);
			refuseSpecial(entry, name);
			names.take(name);
			if (names.count > limits.count)
				throw new PackageProblem('zip-count', { limit: limits.count });
			const path = join(folder, name);
			if (name.endsWith('/')) {
				await mkdir(path, { recursive: true });
				continue;
			}
			await mkdir(dirname(path), { recursive: true });
			await write(opened, entry, { name, path, limits, written });
			files.push(name);
		}
	} finally {
		opened.close();
	}
	return files.sort();
}

async function open(zip: string): Promise<ZipFile> {
	try {
		// Names are decoded here, so that each refusal can name its entry.
		return await openPromise(zip, { decodeStrings: false, autoClose: false });
	} catch (error) {
		throw new PackageProblem('no-zip', { reason: reason(error) });
	}
}

async function* entries(zip: ZipFile): AsyncGenerator<Entry> {
	const each = zip.eachEntry();
	for (;;) {
		let next: IteratorResult<Entry>;
		try {
			next = await each.next();
		} catch (error) {
			throw new PackageProblem('no-zip', { reason: reason(error) });
		}
		if (next.done) return;
		yield next.value;
	}
}

/** @throws PackageProblem for a name that could lead out of the folder, or that no file can have */
function nameOf(entry: Entry): string {
	const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
	const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
	const parts = name.replace(/\/$/, '').split('/');
	const isSafe =
		validateFileName(name) === null &&
		!hasControls(name) &&
		parts.every((part) => part !== '' && part !== '.' && Buffer.byteLength(part) <= 255) &&
		Buffer.byteLength(name) <= 1000;
	if (!isSafe) throw new PackageProblem('zip-name', { entry: shown(name) });
	return name;
}

function hasControls(name: string): boolean {
	return [...name].some((character) => character < ' ' || character === '\u007f');
}

function shown(name: string): string {
	const visible = [...name].map((one) => (hasControls(one) ? '\ufffd' : one)).join('');
	return visible.length > 120 ? `${visible.slice(0, 120)}…` : visible;
}

/** The kind of a file in the high half of the external attributes, as Unix writes it (stat.h, S_IFMT). */
const KIND = { mask: 0o170000, file: 0o100000, folder: 0o040000 };

function refuseSpecial(entry: Entry, name: string): void {
	if (entry.isEncrypted()) throw new PackageProblem('zip-encrypted', { entry: shown(name) });
	const kind = (entry.externalFileAttributes >>> 16) & KIND.mask;
	if (kind !== 0 && kind !== KIND.file && kind !== KIND.folder)
		throw new PackageProblem('zip-special', { entry: shown(name) });
}

/**
 * The names so far. Two that differ only in case or in how accents are composed are one file on some
 * disks, and a file cannot be a folder as well.
 */
class Names {
	readonly #files = new Set<string>();
	readonly #folders = new Set<string>();
	#entries = 0;

	get count(): number {
		return this.#entries;
	}

	take(name: string): void {
		this.#entries += 1;
		const key = name.normalize('NFC').toLowerCase();
		const parts = key.split('/');
		const isFolder = key.endsWith('/');
		if (isFolder) parts.pop();
		const above = parts.slice(1).map((_, n) => parts.slice(0, n + 1).join('/'));
		const self = parts.join('/');
		const clashes =
			above.some((one) => this.#files.has(one)) ||
			this.#files.has(self) ||
			(!isFolder && this.#folders.has(self));
		if (clashes) throw new PackageProblem('zip-duplicate', { entry: shown(name) });
		above.forEach((one) => this.#folders.add(one));
		(isFolder ? this.#folders : this.#files).add(self);
	}
}

interface Target {
	name: string;
	path: string;
	limits: Limits;
	/** Bytes of all files together so far. */
	written: { bytes: number };
}

async function write(zip: ZipFile, entry: Entry, target: Target): Promise<void> {
	const entryName = shown(target.name);
	const counting = counter(entry, target);
	try {
		const content = await zip.openReadStreamPromise(entry);
		// "x": whatever a name comes to mean on this disk, nothing that is there is written over.
		await pipeline(content, counting.stream, createWriteStream(target.path, { flags: 'wx' }));
	} catch (error) {
		if (error instanceof PackageProblem) throw error;
		throw new PackageProblem('zip-damaged', { entry: entryName, reason: reason(error) });
	}
	if (counting.crc() !== entry.crc32)
		throw new PackageProblem('zip-damaged', { entry: entryName, reason: 'CRC-32' });
}

/** Passes bytes on, and ends it as soon as there are too many. */
function counter(entry: Entry, { name, limits, written }: Target) {
	let bytes = 0;
	let crc = 0;
	const problem = (): PackageProblem | undefined => {
		if (bytes > limits.single)
			return new PackageProblem('zip-entry-size', {
				entry: shown(name),
				limit: limits.single / MB,
			});
		if (written.bytes > limits.total)
			return new PackageProblem('zip-size', { limit: limits.total / MB });
		if (bytes > SMALL && bytes > entry.compressedSize * limits.ratio)
			return new PackageProblem('zip-ratio', { entry: shown(name), limit: limits.ratio });
		return undefined;
	};
	const stream = new Transform({
		transform(chunk: Buffer, _, done) {
			bytes += chunk.length;
			written.bytes += chunk.length;
			crc = crc32(chunk, crc);
			const trouble = problem();
			if (trouble) done(trouble);
			else done(null, chunk);
		},
	});
	return { stream, crc: () => crc };
}

function reason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
