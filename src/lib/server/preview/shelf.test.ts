import { strToU8, zipSync } from 'fflate';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { LIFETIME, MOST, Shelf } from './shelf.ts';

const MANIFEST = `<manifest identifier="m"><metadata><schemaversion>1.2</schemaversion></metadata>
	<organizations><organization identifier="o"><title>T</title><item identifier="i" identifierref="r"/></organization></organizations>
	<resources><resource identifier="r" href="index.html"/></resources></manifest>`;
const zipOf = (files: Record<string, string>) =>
	Readable.from([
		Buffer.from(
			zipSync(Object.fromEntries(Object.entries(files).map(([k, text]) => [k, strToU8(text)]))),
		),
	]);
const good = () => zipOf({ 'imsmanifest.xml': MANIFEST, 'index.html': 'hello' });

function aShelf() {
	const folder = mkdtempSync(join(tmpdir(), 'shelf-'));
	return { folder, shelf: new Shelf(folder) };
}

test('a package is kept for its owner, for a day', async () => {
	const { folder, shelf } = aShelf();
	const begun = await shelf.begin({ owner: 'ida', name: 'a.zip' });
	const { token } = await shelf.take(begun!, good(), 1);
	expect(await shelf.list('ida')).toMatchObject([
		{ token, name: 'a.zip', package: { title: 'T' } },
	]);
	expect(await shelf.list('bo')).toEqual([]);
	expect(existsSync(join(shelf.filesOf(token), 'index.html'))).toBe(true);

	const later = Date.now() + LIFETIME + 1;
	expect(await shelf.find(token, later)).toBeUndefined();
	await shelf.sweep(later);
	expect(readdirSync(folder)).toEqual([]);
});

test('nothing is left of a package that is too large or no good', async () => {
	const { folder, shelf } = aShelf();
	const take = async (zip: Readable, limit: number) =>
		shelf.take((await shelf.begin({ owner: 'ida', name: 'a.zip' }))!, zip, limit);
	await expect(take(good(), 0.0001)).rejects.toMatchObject({ code: 'upload' });
	await expect(take(zipOf({ 'index.html': 'x' }), 1)).rejects.toMatchObject({
		code: 'no-manifest',
	});
	const noFile = zipOf({ 'imsmanifest.xml': MANIFEST });
	await expect(take(noFile, 1)).rejects.toMatchObject({
		code: 'no-file',
		details: { path: 'index.html' },
	});
	expect(readdirSync(folder)).toEqual([]);
});

test('a person has so many at a time; a folder of another name is never touched', async () => {
	const { shelf } = aShelf();
	for (let n = 0; n < MOST; n++)
		expect(await shelf.begin({ owner: 'ida', name: 'a.zip' })).toBeDefined();
	expect(await shelf.begin({ owner: 'ida', name: 'a.zip' })).toBeUndefined();
	expect(await shelf.begin({ owner: 'bo', name: 'a.zip' })).toBeDefined();
	for (const token of ['..', '../..', 'x', '', `${'x'.repeat(31)}/`])
		expect(await shelf.find(token)).toBeUndefined();
});
