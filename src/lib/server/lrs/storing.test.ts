import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/*
 * Streams and Consistent-Through rest on it (`settled.ts`): whoever stores statements holds `storing`
 * before the moment and the number that these get.
 */

const SOURCES = globSync('src/{lib,routes,cli}/**/*.ts').filter(
	(file) => !file.endsWith('.test.ts'),
);
const STORES = /insert\((?:db\.tables\.)?statements\)|inserter<'statements'/;

test('every place that stores statements holds `storing` before it dates them', () => {
	const places = SOURCES.filter((file) => STORES.test(readFileSync(file, 'utf8')));
	expect(places.map((file) => file.split('/').slice(-2).join('/')).sort()).toEqual([
		'cmi5/say.ts',
		'lrs/store.ts',
		'statements/record.ts',
	]);
	for (const file of places) {
		const text = readFileSync(file, 'utf8');
		const hold = text.indexOf("hold(tx, 'storing', 'shared')");
		const date = text.search(/const storedAt = (?:now\(\)|new Date\(\))/);
		expect(hold, file).toBeGreaterThan(-1);
		expect(date, file).toBeGreaterThan(hold);
	}
});
