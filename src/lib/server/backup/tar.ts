import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = 512;
/** The largest number that eleven octal digits hold; larger ones are written in base 256. */
const OCTAL = 8 ** 11;

/** How many bytes a tar of files of these sizes has. */
export function tarSize(sizes: number[]): number {
	return sizes.reduce((sum, size) => sum + BLOCK + padded(size), 2 * BLOCK);
}

/**
 * Files of a folder as a tar (POSIX.1-1988, ustar; sizes of 8 GiB and more as GNU tar writes them),
 * read as they are sent on.
 *
 * @param within the folder inside of the tar
 */
export async function* tar(
	folder: string,
	names: string[],
	within: string,
): AsyncGenerator<Uint8Array> {
	for (const name of names) {
		const file = join(folder, name);
		const { size, mtimeMs } = await stat(file);
		yield header(`${within}/${name}`, size, Math.floor(mtimeMs / 1000));
		// Not a byte more than was announced, whatever happens to the file.
		if (size > 0)
			for await (const chunk of createReadStream(file, { end: size - 1 }))
				yield chunk as Uint8Array;
		yield new Uint8Array(padded(size) - size);
	}
	yield new Uint8Array(2 * BLOCK);
}

function padded(size: number): number {
	return Math.ceil(size / BLOCK) * BLOCK;
}

function header(name: string, size: number, modified: number): Uint8Array {
	const block = Buffer.alloc(BLOCK);
	const octal = (value: number, at: number, digits: number) =>
		block.write(value.toString(8).padStart(digits, '0'), at, 'ascii');
	block.write(name, 0, 100, 'ascii');
	octal(0o600, 100, 7);
	octal(0, 108, 7);
	octal(0, 116, 7);
	if (size < OCTAL) octal(size, 124, 11);
	else {
		block[124] = 0x80;
		block.writeBigUInt64BE(BigInt(size), 128);
	}
	octal(modified, 136, 11);
	block.fill(' ', 148, 156);
	block.write('0', 156, 'ascii');
	block.write('ustar\u000000', 257, 'ascii');
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
	return block;
}
