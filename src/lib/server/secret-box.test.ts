import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownKey, secretBox } from './secret-box.ts';

test('opens what it sealed, never twice the same on the outside', () => {
	const box = secretBox('a key of at least thirty-two characters');
	const sealed = box.seal('hemmeligt på dansk 🌿');
	expect(box.open(sealed)).toBe('hemmeligt på dansk 🌿');
	expect(box.seal('hemmeligt på dansk 🌿')).not.toBe(sealed);
});

test('refuses what another key sealed, and what was changed', () => {
	const sealed = secretBox('one').seal('x');
	expect(() => secretBox('two').open(sealed)).toThrow();
	expect(() => secretBox('one').open(`${sealed.slice(0, -2)}AA`)).toThrow();
});

test('the key is made once and only the owner may read it', () => {
	const folder = join(mkdtempSync(join(tmpdir(), 'key-')), 'data');
	const key = ownKey(undefined, folder);
	expect(key.length).toBeGreaterThanOrEqual(32);
	expect(ownKey(undefined, folder)).toBe(key);
	expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
	expect(ownKey('given', folder)).toBe('given');
});
