import { PassThrough, Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';
import type { Language } from '#lib/course/language.ts';
import type { Cell, Sheet } from './sheet.ts';

/*
 * Tables as files. Rows are taken as fast as the reader takes bytes, so that memory does not grow with
 * the table; between two pieces others are served.
 */

/** How a table can be had. */
export const FORMATS = {
	csv: { type: 'text/csv; charset=utf-8', write: toCsv },
	xlsx: {
		type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		write: toXlsx,
	},
} as const satisfies Record<
	string,
	{ type: string; write: (sheet: Sheet, language: Language) => ReadableStream<Uint8Array> }
>;
export type Format = keyof typeof FORMATS;

export function isFormat(text: string): text is Format {
	return Object.hasOwn(FORMATS, text);
}

/**
 * A table as the answer to a request.
 *
 * @param language the reader's: their Excel expects its separators in a CSV
 * @param day the day on which it was made, `2027-02-01`
 */
export function download(sheet: Sheet, format: Format, language: Language, day: string): Response {
	const { type, write } = FORMATS[format];
	return new Response(write(sheet, language), {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${sheet.name}-${day}.${format}"`,
			// It names people.
			'cache-control': 'no-store',
		},
	});
}

/** Rows between two breaths. */
const FEW = 200;

/** What Excel takes for the end of a cell, and for the decimal sign, where a language is spoken. */
const SEPARATORS = {
	da: { cell: ';', decimal: ',' },
	en: { cell: ',', decimal: '.' },
} as const satisfies Record<Language, { cell: string; decimal: string }>;

/**
 * RFC 4180, in Danish with semicolons for commas and commas for points, as Excel there wants it; with a
 * byte order mark, which tells Excel that it is UTF-8.
 */
export function toCsv(sheet: Sheet, language: Language): ReadableStream<Uint8Array> {
	const { cell: delimiter, decimal } = SEPARATORS[language];
	const inText = (cell: Cell) => asText(cell, decimal);
	const encoder = new TextEncoder();
	const rows = rowsOf(sheet);
	let isFirst = true;
	return new ReadableStream(
		{
			async pull(controller) {
				await breathe();
				const lines: string[][] = [];
				let end = false;
				while (lines.length < FEW && !end) {
					const next = await rows.next();
					if (next.done) end = true;
					else lines.push(next.value.map(inText));
				}
				if (lines.length > 0) {
					const text = `${Papa.unparse(lines, { newline: '\r\n', delimiter })}\r\n`;
					controller.enqueue(encoder.encode(isFirst ? `\uFEFF${text}` : text));
					isFirst = false;
				}
				if (end) controller.close();
			},
			async cancel() {
				await rows.return(undefined);
			},
		},
		{ highWaterMark: 1 },
	);
}

/** An Excel workbook with one sheet, its heading fixed above the rows. */
export function toXlsx(sheet: Sheet): ReadableStream<Uint8Array> {
	const out = new PassThrough();
	// A reader that goes away ends the writing below; there is nobody to tell.
	void writeWorkbook(sheet, out).catch((cause: Error) => out.destroy(cause));
	return Readable.toWeb(out) as ReadableStream<Uint8Array>;
}

async function writeWorkbook(sheet: Sheet, out: PassThrough): Promise<void> {
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
	const page = workbook.addWorksheet(sheet.name.slice(0, LONGEST_NAME), {
		views: [{ state: 'frozen', ySplit: 1 }],
	});
	page.columns = sheet.columns.map(() => ({ width: COLUMN_WIDTH }));
	let count = 0;
	for await (const cells of rowsOf(sheet)) {
		const row = page.addRow(cells.map(inWorkbook));
		if (count === 0) row.font = { bold: true };
		for (const [at, cell] of cells.entries())
			if (cell instanceof Date) row.getCell(at + 1).numFmt = 'yyyy-mm-dd hh:mm:ss';
		row.commit();
		count += 1;
		if (count % FEW === 0) await untilTaken(out);
		if (out.destroyed) return;
	}
	await workbook.commit();
}

/** Excel's own limits. */
const LONGEST_NAME = 31;
const LONGEST_TEXT = 32_767;
/** Characters. */
const COLUMN_WIDTH = 18;

async function untilTaken(out: PassThrough): Promise<void> {
	await breathe();
	if (!out.writableNeedDrain || out.destroyed) return;
	await new Promise<void>((resolve) => {
		out.once('drain', resolve);
		out.once('close', resolve);
	});
}

/** The heading, then the rows. */
async function* rowsOf({ columns, rows }: Sheet): AsyncGenerator<Cell[]> {
	yield columns;
	yield* rows;
}

function asText(cell: Cell, decimal: string): string {
	if (cell === null) return '';
	if (typeof cell === 'number')
		return Number.isFinite(cell) ? String(cell).replace('.', decimal) : '';
	if (cell instanceof Date) return isoOf(cell);
	if (typeof cell === 'boolean') return cell ? '1' : '0';
	// Quotes hold a text together only for who cuts where this file does; others cut elsewhere.
	return harmless(cell).replaceAll(HIDDEN_FORMULA, "$&'");
}

function inWorkbook(cell: Cell): string | number | boolean | Date | null {
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
	if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell;
	return typeof cell === 'string' ? harmless(cell).slice(0, LONGEST_TEXT) : cell;
}

function isoOf(date: Date): string {
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** With these a spreadsheet takes a text for a formula (owasp.org, "CSV Injection"), also where they are of full width. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** What becomes a formula where a spreadsheet cuts a text at its own idea of a separator. */
const HIDDEN_FORMULA = /[,;\t\r\n]["\s]*(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;
/** Controls: most are not allowed in XML 1.0 (section 2.2), and none is of use to people. */
const CONTROL = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

/** A text that is only ever a text, in every spreadsheet. */
export function harmless(text: string): string {
	const clean = text.replaceAll(CONTROL, '').toWellFormed();
	return FORMULA.test(clean) ? `'${clean}` : clean;
}

/** A part of a file's name: plain ASCII, for every disk and every header. */
export function fileName(text: string): string {
	const plain = text
		.toLowerCase()
		.replaceAll('æ', 'ae')
		.replaceAll('ø', 'oe')
		.replaceAll('å', 'aa')
		.normalize('NFKD')
		.replaceAll(/[^a-z0-9]+/g, '-');
	return plain.slice(0, 40).replaceAll(/^-+|-+$/g, '') || 'x';
}
