import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, made by the book (PNG, third edition, section 5). */
export function png(width: number, height: number): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([
		Buffer.from([0]),
		Buffer.from(Array.from({ length: width }, () => [29, 92, 73]).flat()),
	]);
	const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', pixels),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(name: string, body: Buffer): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt32BE(body.length);
	const named = Buffer.concat([Buffer.from(name), body]);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(named) >>> 0);
	return Buffer.concat([head, named, check]);
}
