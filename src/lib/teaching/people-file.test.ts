import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { readAddresses } from './addresses.ts';
import { parseDelimited, readPeople, type PersonRow } from './people-file.ts';

function people(text: string): PersonRow[] {
	const parsed = parseDelimited(text);
	if ('problem' in parsed) throw new Error(parsed.problem);
	const read = readPeople(parsed.rows);
	if ('problem' in read) throw new Error(read.problem);
	return read.people;
}
const problem = (text: string) => {
	const parsed = parseDelimited(text);
	const read = 'problem' in parsed ? parsed : readPeople(parsed.rows);
	return 'problem' in read ? read.problem : undefined;
};

test.each([
	['Danish Excel', 'Navn;E-mail;Faggruppe;Sprog\r\nIda Holm;IDA@example.org;Sygeplejerske;dansk'],
	['English', 'name,email,profession,language\nIda Holm,ida@example.org,Sygeplejerske,da'],
	['tabs', 'NAME\tE-Mail\tJob title\tLanguage\nIda Holm\tida@example.org\tSygeplejerske\tDanish'],
	[
		'two names and other columns',
		'Nr;Fornavn;Efternavn;Mailadresse;Stilling;Sprog\n7;Ida;Holm;mailto:ida@example.org;Sygeplejerske;DA',
	],
	[
		'a hint, and a title above',
		'sep=;\nHold 3\nNavn;E-mail;Faggruppe;Sprog\nIda Holm;ida@example.org;Sygeplejerske;da',
	],
	[
		'quotation marks',
		'"Name","E-mail","Profession","Language"\n"Ida Holm"," ida@example.org ","Sygeplejerske","da"',
	],
])('people are read from a file as written by %s', (_, text) => {
	const [ida] = people(text);
	expect(ida).toMatchObject({
		name: 'Ida Holm',
		email: 'ida@example.org',
		profession: 'Sygeplejerske',
		language: 'da',
		problems: [],
	});
});

test('a name that is cut is not cut through a character', () => {
	const [row] = people(`Navn;E-mail\n${'x'.repeat(100)}\u{1F600};ida@example.org`);
	expect(row!.name).toBe('x'.repeat(100));
	expect(row!.problems).toEqual(['name-long']);
});

test('a comma within a name does not make the file one of commas', () => {
	expect(people('Navn;E-mail\nHolm, Ida;ida@example.org')[0]!.name).toBe('Holm, Ida');
});

test('each row tells what is wrong with it, and which row it is', () => {
	const rows = people(
		[
			'Navn;E-mail;Sprog;Faggruppe',
			'Ida Holm;ida@example.org;;',
			';bo@example.org;;',
			'',
			'Bo Lund;;;',
			'Eva Dam;eva(at)example.org;;',
			'Ida igen;IDA@example.org;;',
			'Per Vang;per@example.org;klingon;',
			`${'x'.repeat(101)};lang@example.org;;${'y'.repeat(101)}`,
		].join('\n'),
	);
	expect(rows.map(({ number, problems, doubleOf }) => [number, problems, doubleOf])).toEqual([
		[2, [], undefined],
		[3, ['name-missing'], undefined],
		[5, ['email-missing'], undefined],
		[6, ['email-wrong'], undefined],
		[7, ['doubled'], 2],
		[8, ['language-unknown'], undefined],
		[9, ['name-long', 'profession-long'], undefined],
	]);
});

test.each([
	['', 'empty'],
	['\n \n;;;', 'empty'],
	['Ida Holm;ida@example.org', 'no-email'],
	['E-mail\nida@example.org', 'no-name'],
	['Navn;E-mail\n;\n', 'nobody'],
	['Navn;E-mail\n"Ida Holm;ida@example.org\nBo;bo@example.org', 'quotes'],
	[`Navn;E-mail\n${'a;a@example.org\n'.repeat(10_001)}`, 'too-many'],
])('a file that tells of nobody says why: %j', (text, why) => {
	expect(problem(text)).toBe(why);
});

test('any text is read or refused, and no row of it is lost', () => {
	const cell = fc.oneof(
		fc.string(),
		fc.string({ unit: 'grapheme' }),
		fc.constantFrom('', ' ', 'ida@example.org', 'Ida', 'da', '"', ';', '\n', '\uFEFF', '=1+1'),
	);
	const table = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 30 });
	fc.assert(
		fc.property(table, fc.constantFrom(';', ',', '\t'), (rows, delimiter) => {
			const text = Papa.unparse([['Navn', 'E-mail', 'Faggruppe', 'Sprog'], ...rows], { delimiter });
			const filled = rows.filter((row) =>
				row.some((one) => one.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]/gu, '') !== ''),
			);
			const parsed = parseDelimited(text);
			if ('problem' in parsed) throw new Error('What was written properly is read');
			const read = readPeople(parsed.rows);
			expect('problem' in read ? [] : read.people).toHaveLength(filled.length);
		}),
	);
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
			const read = parseDelimited(`Navn;E-mail\n${text}`);
			if ('problem' in read) expect(read.row).toBeGreaterThan(0);
			else readPeople(read.rows);
		}),
	);
});

test('addresses are read as people paste them', () => {
	expect(
		readAddresses('Ida Holm <IDA@example.org>; bo@example.org, bo@example.org\n"Dam, Eva" nobody'),
	).toEqual({
		people: [
			{ email: 'ida@example.org', name: 'Ida Holm' },
			{ email: 'bo@example.org', name: null },
		],
		wrong: ['"Dam', 'Eva"', 'nobody'],
	});
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			readAddresses(text);
		}),
	);
});
