/** Pictures that administrators give: read as far as it takes to know that they are what they say. */

export interface Picture {
	type: 'png' | 'jpeg';
	/** Pixels. */
	width: number;
	height: number;
	/** Without whatever else the file told: places, cameras, names. */
	bytes: Uint8Array;
}

/** What is wrong with a picture. */
export type PictureTrouble =
	'too-large' | 'not-a-picture' | 'damaged' | 'dimensions' | 'interlaced';

/** Bytes; a form of one picture stays below what the server takes at all (512 KB). */
export const MOST_BYTES = 400 * 1024;
/** On either side, so that nobody has the server unpack what fills its memory. */
const MOST_PIXELS = 2000;
const LEAST_PIXELS = 16;

/** Reads a PNG or JPEG by its bytes, whatever its name says. */
export function readPicture(bytes: Uint8Array): Picture | PictureTrouble {
	if (bytes.length > MOST_BYTES) return 'too-large';
	const read = isPng(bytes) ? readPng(bytes) : isJpeg(bytes) ? readJpeg(bytes) : 'not-a-picture';
	if (typeof read === 'string') return read;
	const sides = [read.width, read.height];
	return sides.every((side) => side >= LEAST_PIXELS && side <= MOST_PIXELS) ? read : 'dimensions';
}

/** As an address that holds the picture itself. */
export function dataUrl({ type, bytes }: Pick<Picture, 'type' | 'bytes'>): string {
	return `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(bytes: Uint8Array): boolean {
	return PNG.every((byte, at) => bytes[at] === byte);
}

/** Chunks that make the picture (PNG, third edition, 11.2–11.3.2); all others are left behind. */
const CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

function readPng(bytes: Uint8Array): Picture | PictureTrouble {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kept: Uint8Array[] = [bytes.subarray(0, PNG.length)];
	const names: string[] = [];
	let size = { width: 0, height: 0 };
	for (let at = PNG.length; names.at(-1) !== 'IEND';) {
		if (at + 12 > bytes.length) return 'damaged';
		const length = view.getUint32(at);
		const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		if (at + 12 + length > bytes.length) return 'damaged';
		if (name === 'IHDR') {
			if (length !== 13 || names.length > 0) return 'damaged';
			size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
			if (bytes[at + 20] !== 0) return 'interlaced';
		}
		names.push(name);
		if (CHUNKS.includes(name)) kept.push(bytes.subarray(at, at + 12 + length));
		at += 12 + length;
	}
	if (names[0] !== 'IHDR' || !names.includes('IDAT')) return 'damaged';
	return { type: 'png', ...size, bytes: joined(kept) };
}

function isJpeg(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

const START_OF_SCAN = 0xda;
/** Baseline and progressive frames hold the size (ITU-T T.81, B.2.2). */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** Comments and what applications add, but for JFIF (APP0) and Adobe's word on colours (APP14). */
const isTalk = (marker: number) =>
	marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);

function readJpeg(bytes: Uint8Array): Picture | PictureTrouble {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kept: Uint8Array[] = [bytes.subarray(0, 2)];
	let size: { width: number; height: number } | undefined;
	for (let at = 2; ;) {
		if (at + 4 > bytes.length || bytes[at] !== 0xff) return 'damaged';
		const marker = bytes[at + 1]!;
		const length = view.getUint16(at + 2);
		const end = at + 2 + length;
		if (length < 2 || end > bytes.length) return 'damaged';
		if (FRAMES.includes(marker)) {
			if (length < 8) return 'damaged';
			size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		}
		if (marker === START_OF_SCAN) {
			const isWhole = bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
			if (!size || !isWhole) return 'damaged';
			return { type: 'jpeg', ...size, bytes: joined([...kept, bytes.subarray(at)]) };
		}
		if (!isTalk(marker)) kept.push(bytes.subarray(at, end));
		at = end;
	}
}

function joined(parts: Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
