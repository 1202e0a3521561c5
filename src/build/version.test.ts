import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { versionOf } from './version.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'version-'));
	write('src/lib/one.ts', '1');
	write('courses/tiny/course.yaml', 'title: tiny');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
	mkdirSync(join(root, path, '..'), { recursive: true });
	writeFileSync(join(root, path), text);
}

test('the same files make the same version, whenever they are looked at', () => {
	expect(versionOf(root, 'courses')).toBe(versionOf(root, 'courses'));
	expect(versionOf(root, 'courses')).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
	['a changed source', 'src/lib/one.ts', '2'],
	['a new source', 'src/lib/two.ts', ''],
	['a changed course', 'courses/tiny/course.yaml', 'title: small'],
	['another package', 'package-lock.json', '{}'],
])('%s makes another version', (_, path, text) => {
	const before = versionOf(root, 'courses');
	write(path, text);
	expect(versionOf(root, 'courses')).not.toBe(before);
});

test('a course elsewhere counts as well', () => {
	const elsewhere = join(root, 'elsewhere');
	write('elsewhere/course.yaml', 'title: one');
	const before = versionOf(root, elsewhere);
	write('elsewhere/course.yaml', 'title: two');
	expect(versionOf(root, elsewhere)).not.toBe(before);
});

test('what is generated does not count', () => {
	const before = versionOf(root, 'courses');
	write('src/lib/paraglide/messages.js', 'export {}');
	expect(versionOf(root, 'courses')).toBe(before);
});
