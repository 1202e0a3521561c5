import { strToU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zip } from './zip.ts';

const files: [string, Uint8Array][] = [
	['b.txt', strToU8('b')],
	['a/a.txt', strToU8('a')],
];

test('the same files give the same bytes, in whatever order they come', () => {
	expect(zip(new Map(files))).toEqual(zip(new Map([...files].reverse())));
});

test('holds every file', () => {
	expect(unzipSync(zip(new Map(files)))).toEqual(Object.fromEntries(files));
});
