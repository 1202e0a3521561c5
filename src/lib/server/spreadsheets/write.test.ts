import fc from 'fast-check';
import Papa from 'papaparse';
import readExcel from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Cell, Sheet } from './sheet.ts';
import { download, fileName, toCsv, toXlsx } from './write.ts';

const bytesOf = async (stream: ReadableStream<Uint8Array>) =>
	Buffer.from(await new Response(stream).arrayBuffer());
const sheet = (columns: string[], rows: Sheet['rows']): Sheet => ({ name: 'table', columns, rows });

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const nasty = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.string({
		unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ',', ';', '"', "'", 'æ'),
	}),
);
const decimals = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
const bare = (text: string) => text.replaceAll("'", '');
const rowsOf = (cell: fc.Arbitrary<Cell>) =>
	fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 });

test.each([
	['da', ';'],
	['en', ','],
] as const)(
	'what is read back from CSV (%s) is what was written, and no text begins like a formula',
	async (language, delimiter) => {
		await fc.assert(
			fc.asyncProperty(rowsOf(fc.oneof(nasty, fc.integer(), decimals)), async (rows) => {
				const text = (await bytesOf(toCsv(sheet(['a', 'b', 'c'], rows), language))).toString(
					'utf8',
				);
				expect(text.startsWith('\uFEFF')).toBe(true);
				expect(text.endsWith('\r\n')).toBe(true);
				const { data, errors } = Papa.parse<string[]>(text.slice(1), {
					newline: '\r\n',
					delimiter,
				});
				expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([]);
				const read = data.slice(1, -1);
				expect(read).toHaveLength(rows.length);
				for (const [at, row] of rows.entries())
					for (const [column, cell] of row.entries()) {
						const found = read[at]![column]!;
						if (typeof cell === 'number') {
							expect(Number(found.replace(',', '.'))).toBe(cell);
							continue;
						}
						expect(found).not.toMatch(FORMULA);
						expect(isSame(bare(found), bare(String(cell)))).toBe(true);
						// Nor where somebody's spreadsheet cuts it elsewhere.
						for (const piece of found.split(/[,;\t\r\n]/).slice(1))
							expect(piece.replace(/^["\s]+/, '')).not.toMatch(FORMULA);
					}
			}),
			{ numRuns: 500 },
		);
	},
);

test('what is read back from Excel is what was written, and no text begins like a formula', async () => {
	await fc.assert(
		fc.asyncProperty(rowsOf(fc.oneof(nasty, fc.integer())), async (rows) => {
			const bytes = await bytesOf(toXlsx(sheet(['a', 'b', 'c'], [...rows, ['end', 'end', 'end']])));
			const [{ data }] = (await readExcel(bytes, { trim: false })) as unknown as [
				{ data: unknown[][] },
			];
			expect(data[0]).toEqual(['a', 'b', 'c']);
			for (const [at, row] of rows.entries())
				for (const [column, cell] of row.entries()) {
					const found = data[at + 1]?.[column] ?? '';
					if (typeof cell === 'number') expect(found).toBe(cell);
					else expect(String(found)).not.toMatch(FORMULA);
					if (typeof cell === 'string') expect(isSame(String(found), cell)).toBe(true);
				}
		}),
		{ numRuns: 40 },
	);
});

/** But for the apostrophe, what XML cannot say, and that XML has one kind of line end. */
function isSame(found: string, given: string): boolean {
	const plain = (text: string) =>
		text
			.toWellFormed()
			.replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
			.trim();
	const [left, right] = [plain(found), plain(given)];
	return left === right || left === `'${right}`;
}

test('dates are ISO 8601 in CSV and dates in Excel; nothing is an empty cell', async () => {
	const at = new Date('2027-02-01T10:11:12Z');
	const table = sheet(['when', 'what', 'is'], [[at, null, Number.NaN]]);
	const text = (await bytesOf(toCsv(table, 'en'))).toString('utf8');
	expect(text).toBe('\uFEFFwhen,what,is\r\n2027-02-01T10:11:12.000Z,,\r\n');
	const [{ data }] = (await readExcel(await bytesOf(toXlsx(table)))) as unknown as [
		{ data: unknown[][] },
	];
	expect(data[1]![0]).toEqual(at);
});

const WRITERS = [
	['CSV', (table: Sheet) => toCsv(table, 'da')],
	['Excel', toXlsx],
] as const;

test.each(WRITERS)(
	'rows are taken only as they are wanted, and let go when nobody does: %s',
	async (_, write) => {
		let made = 0;
		let isOver = false;
		async function* endless(): AsyncGenerator<Cell[]> {
			try {
				for (;;) yield [(made += 1), crypto.randomUUID(), crypto.randomUUID().repeat(4)];
			} finally {
				isOver = true;
			}
		}
		const reader = write(sheet(['a', 'b', 'c'], endless())).getReader();
		await reader.read();
		const settled = async () => {
			for (let before = -1; before !== made; await new Promise((go) => setTimeout(go, 150)))
				before = made;
		};
		await settled();
		const first = made;
		expect(first).toBeLessThan(50_000);
		await reader.read();
		await settled();
		expect(made - first).toBeLessThan(50_000);
		await reader.cancel();
		await expect.poll(() => isOver).toBe(true);
	},
);

test.each(WRITERS)(
	'trouble on the way breaks the file off rather than ending it early: %s',
	async (_, write) => {
		async function* failing(): AsyncGenerator<Cell[]> {
			yield [1];
			throw new Error('the database went away');
		}
		await expect(bytesOf(write(sheet(['a'], failing())))).rejects.toThrow();
	},
);

test('a file is named after what it holds and the day', () => {
	expect(fileName('Hold 3 – Åse & Søren')).toBe('hold-3-aase-soeren');
	expect(fileName('日本')).toBe('x');
	const { headers } = download(sheet(['a'], []), 'csv', 'da', '2027-02-01');
	expect(headers.get('content-disposition')).toBe('attachment; filename="table-2027-02-01.csv"');
});
