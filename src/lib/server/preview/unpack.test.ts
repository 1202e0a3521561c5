import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PackageProblem, type ProblemCode } from '#lib/preview/problem.ts';
import { unpack, type Limits } from './unpack.ts';

const LIMITS: Limits = { count: 5, total: 3_000_000, single: 2_500_000, ratio: 50 };

function write(bytes: Uint8Array): { zip: string; folder: string; around: string } {
	const around = mkdtempSync(join(tmpdir(), 'unpack-'));
	const folder = mkdtempSync(join(around, 'folder-'));
	const zip = join(around, 'package.zip');
	writeFileSync(zip, bytes);
	return { zip, folder, around };
}

/** What is thrown, and that nothing was written outside of the folder. */
async function refusal(bytes: Uint8Array, limits = LIMITS): Promise<PackageProblem> {
	const { zip, folder, around } = write(bytes);
	const error = await unpack(zip, folder, limits).then(
		(files) => expect.fail(`was unpacked: ${files.join(', ')}`),
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(PackageProblem);
	expect(readdirSync(around).sort()).toEqual([relative(around, folder), 'package.zip'].sort());
	return error as PackageProblem;
}

const zipOf = (names: string[]) =>
	zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)])));

/** A zip with bytes of another zip's directory or headers changed at every place where `from` stands. */
function patched(bytes: Uint8Array, from: string, to: string): Uint8Array {
	expect(to.length).toBe(from.length);
	const text = Buffer.from(bytes).toString('latin1').replaceAll(from, to);
	return Buffer.from(text, 'latin1');
}

/** Offsets of the entries in the central directory (APPNOTE.TXT, section 4.3.12). */
function* directory(bytes: Buffer): Generator<number> {
	for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4))
		yield at;
}

test('whatever files and folders were zipped are unpacked as they were', async () => {
	const path = fc.stringMatching(/^[a-z]{1,4}(\/[a-z]{1,4}){0,2}\.(html|js)$/);
	await fc.assert(
		fc.asyncProperty(
			fc.dictionary(path, fc.uint8Array({ maxLength: 3000 }), {
				maxKeys: 5,
				noNullPrototype: true,
			}),
			async (content) => {
				const { zip, folder } = write(zipSync(content));
				const files = await unpack(zip, folder, LIMITS);
				expect(files).toEqual(Object.keys(content).sort());
				for (const [name, bytes] of Object.entries(content))
					expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(bytes);
			},
		),
		{ numRuns: 40 },
	);
});

describe('refuses', () => {
	test.each<[string, ProblemCode]>([
		['../outside.txt', 'zip-name'],
		['a/../../outside.txt', 'zip-name'],
		['/etc/outside.txt', 'zip-name'],
		['a\\..\\outside.txt', 'zip-name'],
		['C:/outside.txt', 'zip-name'],
		['a\0.txt', 'zip-name'],
		['æ\n.txt', 'zip-name'],
		['a//b.txt', 'zip-name'],
		['./b.txt', 'zip-name'],
		[`${'x'.repeat(300)}.txt`, 'zip-name'],
	])('the name %j', async (name, code) => {
		expect((await refusal(zipOf([name]))).code).toBe(code);
	});

	test('any name that would leave the folder', async () => {
		const part = fc.constantFrom('..', '.', 'a', '', '\\', '..\\', 'C:', '\0', '...');
		await fc.assert(
			fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
				const name = parts.join('/');
				fc.pre(name !== '');
				const { zip, folder, around } = write(zipOf([name]));
				await unpack(zip, folder, LIMITS).catch(() => undefined);
				expect(readdirSync(around)).toHaveLength(2);
			}),
			{ numRuns: 60 },
		);
	});

	test('the same name twice, and one that differs only in case', async () => {
		const twice = patched(zipOf(['a.txt', 'b.txt']), 'b.txt', 'a.txt');
		expect(await refusal(twice)).toMatchObject({
			code: 'zip-duplicate',
			details: { entry: 'a.txt' },
		});
		expect((await refusal(zipOf(['a.txt', 'A.TXT']))).code).toBe('zip-duplicate');
		expect((await refusal(zipOf(['a', 'a/b.txt']))).code).toBe('zip-duplicate');
	});

	test('symbolic links and devices', async () => {
		const special = (kind: number): Zippable => ({
			link: [strToU8('/etc/passwd'), { os: 3, attrs: (kind | 0o777) << 16 }],
		});
		for (const kind of [0o120000, 0o020000, 0o060000, 0o010000])
			expect((await refusal(zipSync(special(kind)))).code).toBe('zip-special');
	});

	test('encrypted entries', async () => {
		const bytes = Buffer.from(zipOf(['a.txt']));
		for (const at of directory(bytes)) bytes.writeUInt16LE(1, at + 8);
		expect((await refusal(bytes)).code).toBe('zip-encrypted');
	});

	test('too many files', async () => {
		const { code, details } = await refusal(zipOf(['1', '2', '3', '4', '5', '6']));
		expect([code, details]).toEqual(['zip-count', { limit: 5 }]);
	});

	test('a file that is too large, and too much in all', async () => {
		const noise = (size: number) => {
			const bytes = new Uint8Array(size);
			for (let n = 0; n < size; n += 65_536)
				crypto.getRandomValues(bytes.subarray(n, Math.min(size, n + 65_536)));
			return bytes;
		};
		const large = zipSync({ 'a.bin': noise(2_600_000) }, { level: 0 });
		expect((await refusal(large)).code).toBe('zip-entry-size');
		const many = zipSync({ a: noise(1_600_000), b: noise(1_600_000) }, { level: 0 });
		expect((await refusal(many)).code).toBe('zip-size');
	});

	test('a bomb, early, and though its headers say that it is small', async () => {
		const bomb = zipSync({ 'bomb.txt': new Uint8Array(2_400_000) });
		expect((await refusal(bomb)).code).toBe('zip-ratio');
		const lying = Buffer.from(zipSync({ 'bomb.txt': new Uint8Array(20_000_000) }));
		for (const at of directory(lying)) lying.writeUInt32LE(10, at + 24);
		expect(['zip-damaged', 'zip-ratio']).toContain((await refusal(lying)).code);
		const { zip, folder } = write(bomb);
		await unpack(zip, folder, LIMITS).catch(() => undefined);
		expect(statSync(join(folder, 'bomb.txt')).size).toBeLessThan(2_000_000);
	});

	test('content that is not what was packed', async () => {
		const stored = zipSync({ 'a.txt': strToU8('as it was packed') }, { level: 0 });
		const changed = patched(stored, 'as it was', 'as it is!');
		expect(await refusal(changed)).toMatchObject({ code: 'zip-damaged' });
		expect(unzipSync(stored)).toHaveProperty('a.txt');
	});

	test('what is no zip, and any zip cut short, without harm', async () => {
		expect((await refusal(strToU8('<html>not found</html>'))).code).toBe('no-zip');
		const whole = zipOf(['a.txt', 'b/c.txt']);
		await fc.assert(
			fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
				expect((await refusal(whole.slice(0, length))).code).toMatch(/^(no-zip|zip-damaged)$/);
			}),
			{ numRuns: 40 },
		);
	});
});
