import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/*
 * Every number of ADL's list of requirements for record stores (XAPI-00001 to XAPI-00336) is named by a
 * test, or stands here with the reason why none can name it.
 */

const LAST = 336;
const FOLDERS = ['src/lib/xapi/rules', 'src/lib/server/lrs'];

const WITHOUT_TEST: Record<number, string> = {
	95: 'withdrawn: "contextActivities" may be empty',
	112: 'the same as 149',
	136: 'no such number',
	137: 'withdrawn: MIME-Version is not asked for',
	138: 'withdrawn: the first header of a multipart body is that of the request',
	152: 'withdrawn: Consistent-Through is before what is just being stored (153 and 160 are tested)',
	185: 'how documents are merged within; 183 and 184 see what comes of it',
	186: 'how documents are merged within; 183 and 184 see what comes of it',
	222: 'the same as 195',
	223: 'the specification has no "since" for what is taken away; 205 sees that it is refused',
	320: 'allows extensions in the answer of about; ours has none',
};

function numbersIn(path: string): number[] {
	// What stands in a comment tests nothing.
	const code = readFileSync(path, 'utf8').replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
	return [...code.matchAll(/\bXAPI-(\d{5})\b/g)].map(([, digits]) => Number(digits));
}

const files = FOLDERS.flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.test.ts') && !name.endsWith('coverage.test.ts'))
		.map((name) => join(folder, name)),
);
const tested = new Set(files.flatMap(numbersIn));
const all = Array.from({ length: LAST }, (_, at) => at + 1);

it('every requirement is named by a test or has a reason not to be', () => {
	expect(all.filter((number) => !tested.has(number) && !(number in WITHOUT_TEST))).toEqual([]);
});

it('no reason stands for what is tested, and no test names what is not on the list', () => {
	const reasons = Object.keys(WITHOUT_TEST).map(Number);
	expect(reasons.filter((number) => tested.has(number))).toEqual([]);
	expect([...tested].filter((number) => !all.includes(number))).toEqual([]);
});
