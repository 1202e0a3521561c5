import { zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { parseDelimited, type Cell, type TableProblem } from '#lib/teaching/people-file.ts';
import { holdable } from '../db/holdable.ts';

/** Bytes of a file of people. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** What a spreadsheet may unpack to. Ten thousand people are some four megabytes. */
const LARGEST_UNPACKED = 40 * 1024 * 1024;
const MOST_ENTRIES = 1000;
/** Beyond these a cell cannot belong to a list of people; a lone one far out would fill the memory. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 256;

/** Why a file could not be read as a table. */
export type FileProblem =
	TableProblem | 'too-large' | 'old-excel' | 'no-table' | 'broken' | 'unpacks-too-large';

export type ReadTable = { rows: Cell[][] } | { problem: FileProblem; row?: number };

/**
 * The first sheet of a spreadsheet, or a text file with delimiters. What a file is, its content
 * tells; names and types that come with it are anybody's.
 */
export async function readTable(bytes: Uint8Array): Promise<ReadTable> {
	if (bytes.byteLength === 0) return { problem: 'empty' };
	if (bytes.byteLength > LARGEST_FILE) return { problem: 'too-large' };
	if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return readExcel(bytes);
	// Compound files: Excel's format until 2003, and newer ones with a password.
	if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { problem: 'old-excel' };
	const text = decode(bytes);
	return text === undefined ? { problem: 'no-table' } : parseDelimited(holdable(text));
}

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
	return signature.every((byte, index) => bytes[index] === byte);
}

/** Text in UTF-8 or UTF-16 with its mark, else in Windows-1252, as Danish Excel writes it. */
function decode(bytes: Uint8Array): string | undefined {
	if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
	if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
	// No text has these: pictures, documents and the like have.
	if (bytes.includes(0) || startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return undefined;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Any failure of the reader means the same to people: the file is broken. */
async function readExcel(bytes: Uint8Array): Promise<ReadTable> {
	try {
		const parts = await unpack(bytes);
		if ('problem' in parts) return parts;
		const clean = zipSync(parts.files, { level: 0 });
		const rows = await readSheet(clean.buffer as ArrayBuffer);
		return { rows: rows as Cell[][] };
	} catch {
		return { problem: 'broken' };
	}
}

/**
 * The parts of a spreadsheet that hold its cells, unpacked with every byte counted: what a zip says of
 * its own sizes is not trusted, and the reader gets nothing but these.
 */
async function unpack(
	bytes: Uint8Array,
): Promise<{ files: Record<string, Uint8Array> } | { problem: FileProblem }> {
	const zip = await fromBufferPromise(Buffer.from(bytes), { autoClose: false });
	const files: Record<string, Uint8Array> = {};
	let left = LARGEST_UNPACKED;
	if (zip.entryCount > MOST_ENTRIES) return { problem: 'unpacks-too-large' };
	for await (const entry of zip.eachEntry()) {
		if (!isNeeded(entry.fileName)) continue;
		const content = await contentOf(zip, entry, left);
		if (!content) return { problem: 'unpacks-too-large' };
		left -= content.byteLength;
		if (isSheet(entry.fileName) && reachesTooFar(content)) return { problem: 'too-many' };
		files[entry.fileName] = content;
	}
	return files['xl/workbook.xml'] ? { files } : { problem: 'no-table' };
}

function isNeeded(name: string): boolean {
	return /^xl\/(?:[^/]+\.xml|_rels\/[^/]+\.rels|worksheets\/[^/]+\.xml)$/.test(name);
}

function isSheet(name: string): boolean {
	return !/sharedStrings|styles|workbook/i.test(name);
}

/** @returns undefined when there is more of it than is left */
async function contentOf(
	zip: ZipFile,
	entry: Entry,
	left: number,
): Promise<Uint8Array | undefined> {
	if (entry.uncompressedSize > left) return undefined;
	const stream = await zip.openReadStreamPromise(entry);
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		size += chunk.byteLength;
		if (size > left) {
			stream.destroy();
			return undefined;
		}
		chunks.push(chunk);
	}
	return new Uint8Array(Buffer.concat(chunks));
}

/** Whether a sheet names a cell or a row that lies beyond any list of people. */
function reachesTooFar(sheet: Uint8Array): boolean {
	const xml = Buffer.from(sheet).toString('latin1');
	for (const [, , place = ''] of xml.matchAll(/\sr\s*=\s*(["'])(.*?)\1/gs)) {
		// Written in another way, it is nothing that a spreadsheet program wrote.
		const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(place) ?? [];
		if (letters === undefined || Number(digits) > MOST_ROWS) return true;
		if (columnNumber(letters) > MOST_COLUMNS) return true;
	}
	return false;
}

/** `A` is 1, `AA` is 27. */
function columnNumber(letters: string): number {
	return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
