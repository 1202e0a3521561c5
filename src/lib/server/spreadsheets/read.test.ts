import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { LARGEST_FILE, readTable } from './read.ts';

async function excel(rows: unknown[][]): Promise<Uint8Array> {
	const book = new ExcelJS.Workbook();
	book.addWorksheet('Hold').addRows(rows);
	return new Uint8Array(await book.xlsx.writeBuffer());
}

const rowsOf = async (bytes: Uint8Array) => {
	const read = await readTable(bytes);
	if ('problem' in read) throw new Error(read.problem);
	return read.rows;
};
const problemOf = async (bytes: Uint8Array) => {
	const read = await readTable(bytes);
	return 'problem' in read ? read.problem : undefined;
};
const SHEETS = '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>';
const RELATIONS =
	'<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>';
/** A spreadsheet made by hand, with anything for its one sheet. */
const byHand = (sheet: string | Uint8Array) =>
	zipSync({
		'xl/workbook.xml': strToU8(`<workbook>${SHEETS}</workbook>`),
		'xl/_rels/workbook.xml.rels': strToU8(RELATIONS),
		'xl/worksheets/sheet1.xml': typeof sheet === 'string' ? strToU8(sheet) : sheet,
	});
const cell = (place: string) =>
	`<worksheet><sheetData><row r="1"><c ${place} t="inlineStr"><is><t>Navn</t></is></c></row></sheetData></worksheet>`;

test('the first sheet of a spreadsheet is read, its rows where they stand', async () => {
	const rows = await rowsOf(
		await excel([[], [], ['Navn', 'E-mail'], ['Åse Ærø', 'aase@example.org'], [], ['Bo', 7]]),
	);
	expect(rows[2]).toEqual(['Navn', 'E-mail']);
	expect(rows[3]).toEqual(['Åse Ærø', 'aase@example.org']);
	expect(rows[5]).toEqual(['Bo', 7]);
	expect(await rowsOf(byHand(cell('r="A1"')))).toEqual([['Navn']]);
});

test.each([
	['UTF-8', new TextEncoder().encode('Navn;E-mail\nÅse;a@example.org')],
	['UTF-8 with its mark', new TextEncoder().encode('\uFEFFNavn;E-mail\nÅse;a@example.org')],
	['Windows-1252', Buffer.from('Navn;E-mail\nÅse;a@example.org', 'latin1')],
	['UTF-16', Buffer.from('\uFEFFNavn;E-mail\nÅse;a@example.org', 'utf16le')],
])('a text file in %s keeps its letters', async (_, bytes) => {
	expect(await rowsOf(new Uint8Array(bytes))).toEqual([
		['Navn', 'E-mail'],
		['Åse', 'a@example.org'],
	]);
});

test('what is no table says so', async () => {
	expect(await problemOf(new Uint8Array())).toBe('empty');
	expect(await problemOf(new Uint8Array(LARGEST_FILE + 1))).toBe('too-large');
	expect(await problemOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toBe('old-excel');
	expect(await problemOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]))).toBe('no-table');
	expect(await problemOf(strToU8('%PDF-1.7\nNavn;E-mail'))).toBe('no-table');
	expect(await problemOf(zipSync({ 'word/document.xml': strToU8('<x/>') }))).toBe('no-table');
	expect(await problemOf(byHand('<worksheet><sheetData>'))).toBe('broken');
	const whole = await excel([['Navn'], ['Ida']]);
	expect(await problemOf(whole.slice(0, whole.length / 2))).toBe('broken');
});

test('a spreadsheet cannot fill the memory', async () => {
	// 60 MB of nothing, in 60 KB.
	expect(await problemOf(byHand(new Uint8Array(60_000_000)))).toBe('unpacks-too-large');
	expect(await problemOf(byHand(cell('r="XFD1048576"')))).toBe('too-many');
	expect(await problemOf(byHand(cell(`r='A1048576'`)))).toBe('too-many');
	expect(await problemOf(byHand(cell('r="A1&#48;48576"')))).toBe('too-many');
});

test('any bytes are read or refused', async () => {
	const start = fc.constantFrom([], [0x50, 0x4b, 3, 4], [0xff, 0xfe], [0xef, 0xbb, 0xbf]);
	await fc.assert(
		fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (signature, bytes) => {
			const read = await readTable(new Uint8Array([...signature, ...bytes]));
			expect(Object.keys(read)).toEqual(
				expect.arrayContaining(['problem' in read ? 'problem' : 'rows']),
			);
		}),
	);
});
