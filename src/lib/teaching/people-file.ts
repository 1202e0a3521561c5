import Papa from 'papaparse';
import type { Language } from '#lib/course/language.ts';
import { isAddress } from './addresses.ts';

/** A cell as a spreadsheet or a text file holds it. */
export type Cell = string | number | boolean | Date | null | undefined;

/** What is wrong with a row by itself. */
export type RowProblem =
	| 'name-missing'
	| 'name-long'
	| 'email-missing'
	| 'email-wrong'
	| 'profession-long'
	| 'doubled'
	| 'language-unknown';

/** A person as a row of the file tells of them. */
export interface PersonRow {
	/** Of the row, as a spreadsheet counts them: from 1, the headings included. */
	number: number;
	name: string;
	/** Lower case. */
	email: string;
	profession: string;
	language: Language | null;
	problems: RowProblem[];
	/** The row that has the same address. */
	doubleOf?: number;
}

/** Why a file as a whole tells of nobody. */
export type TableProblem = 'empty' | 'no-email' | 'no-name' | 'nobody' | 'too-many' | 'quotes';

export const MOST_PEOPLE = 10_000;
const LONGEST = { name: 100, email: 200, profession: 100 };
/** What follows in a cell is not even looked at. */
const LONGEST_CELL = 1000;
/** Titles and notes may stand above the headings, but not many. */
const ROWS_ABOVE = 10;

type Column = 'name' | 'first' | 'last' | 'email' | 'profession' | 'language';

/** Headings without case, blanks, hyphens and dots. */
const HEADINGS: Record<string, Column> = {
	...named('name', 'navn', 'fuldenavn', 'fuldtnavn', 'name', 'fullname', 'displayname'),
	...named('first', 'fornavn', 'fornavne', 'firstname', 'givenname'),
	...named('last', 'efternavn', 'lastname', 'surname', 'familyname'),
	...named('email', 'email', 'mail', 'emailadresse', 'mailadresse', 'emailaddress', 'mailaddress'),
	...named(
		'profession',
		'faggruppe',
		'profession',
		'stilling',
		'fag',
		'jobtitle',
		'title',
		'titel',
	),
	...named('language', 'sprog', 'language'),
};

const LANGUAGE_NAMES: Record<string, Language> = {
	da: 'da',
	dk: 'da',
	dan: 'da',
	dansk: 'da',
	danish: 'da',
	'da-dk': 'da',
	en: 'en',
	eng: 'en',
	engelsk: 'en',
	english: 'en',
	'en-gb': 'en',
	'en-us': 'en',
};

function named(column: Column, ...headings: string[]): Record<string, Column> {
	return Object.fromEntries(headings.map((heading) => [heading, column]));
}

/**
 * The people in a table: every row below the headings that is not empty, each with what is wrong with
 * it. None is left out.
 */
export function readPeople(
	table: readonly (readonly Cell[])[],
): { people: PersonRow[] } | { problem: TableProblem } {
	const texts = table.map((row) => row.map(textOf));
	if (!texts.some(hasText)) return { problem: 'empty' };
	const at = texts.slice(0, ROWS_ABOVE).findIndex((row) => columnsOf(row).email !== undefined);
	if (at === -1) return { problem: 'no-email' };
	const columns = columnsOf(texts[at]!);
	if (columns.name === undefined && columns.first === undefined && columns.last === undefined)
		return { problem: 'no-name' };
	const people = texts.flatMap((row, index) =>
		index > at && hasText(row) ? [personOf(row, columns, index + 1)] : [],
	);
	if (people.length === 0) return { problem: 'nobody' };
	if (people.length > MOST_PEOPLE) return { problem: 'too-many' };
	return { people: withDoubles(people) };
}

function columnsOf(row: string[]): Partial<Record<Column, number>> {
	const found: Partial<Record<Column, number>> = {};
	row.forEach((heading, index) => {
		const column = columnOf(heading);
		if (column) found[column] ??= index;
	});
	return found;
}

function columnOf(heading: string): Column | undefined {
	const plain = heading.toLowerCase().replaceAll(/[\s._-]/g, '');
	return Object.hasOwn(HEADINGS, plain) ? HEADINGS[plain] : undefined;
}

function personOf(
	row: string[],
	columns: Partial<Record<Column, number>>,
	number: number,
): PersonRow {
	const at = (column: Column) => {
		const index = columns[column];
		return index === undefined ? '' : (row[index] ?? '');
	};
	const name = at('name') || [at('first'), at('last')].filter(Boolean).join(' ');
	const email = at('email')
		.toLowerCase()
		.replace(/^mailto:/, '');
	const profession = at('profession');
	const language = at('language');
	const known = languageOf(language);
	const problems: [boolean, RowProblem][] = [
		[!name, 'name-missing'],
		[name.length > LONGEST.name, 'name-long'],
		[!email, 'email-missing'],
		[email !== '' && !isAddress(email), 'email-wrong'],
		[profession.length > LONGEST.profession, 'profession-long'],
		[language !== '' && !known, 'language-unknown'],
	];
	return {
		number,
		// Something longer is only shown, as what is wrong.
		name: cut(name, LONGEST.name + 1),
		email: cut(email, LONGEST.email + 1),
		profession: cut(profession, LONGEST.profession + 1),
		language: known ?? null,
		problems: problems.flatMap(([applies, problem]) => (applies ? [problem] : [])),
	};
}

/** So many characters, none of them halved. */
function cut(text: string, length: number): string {
	return text.slice(0, length).replace(/\p{Cs}$/u, '');
}

function languageOf(text: string): Language | undefined {
	const plain = text.toLowerCase();
	return Object.hasOwn(LANGUAGE_NAMES, plain) ? LANGUAGE_NAMES[plain] : undefined;
}

/** The first row of an address counts; each later one is told which that is. */
function withDoubles(people: PersonRow[]): PersonRow[] {
	const first = new Map<string, number>();
	return people.map((person) => {
		if (!person.email) return person;
		const doubleOf = first.get(person.email);
		if (doubleOf !== undefined)
			return { ...person, problems: [...person.problems, 'doubled'], doubleOf };
		first.set(person.email, person.number);
		return person;
	});
}

function hasText(row: string[]): boolean {
	return row.some((cell) => cell !== '');
}

/**
 * A cell as plain text on one line, without blanks around it (zero-width and non-breaking ones, too)
 * and without halves of characters, which PostgreSQL does not store.
 */
function textOf(cell: Cell): string {
	if (cell === null || cell === undefined) return '';
	if (cell instanceof Date)
		return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
	return String(cell)
		.slice(0, LONGEST_CELL)
		.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
		.trim();
}

const DELIMITERS = [';', ',', '\t', '|'];

/**
 * The rows of a text file with delimiters. Which one it is, its first lines tell: the one by which
 * most headings are known (Danish Excel writes semicolons, others commas).
 *
 * @returns the rows, or the row whose quotation marks do not fit together
 */
export function parseDelimited(
	text: string,
): { rows: string[][] } | { problem: TableProblem; row: number } {
	// Excel's own hint, which names the delimiter on a line above the table.
	const [hint, hinted] = /^\uFEFF?sep=(.)\r?\n/i.exec(text) ?? [];
	const delimiter = hinted ?? guess(text);
	const body = hint ? text.slice(hint.length) : text.replace(/^\uFEFF/, '');
	const { data, errors } = Papa.parse<string[]>(body, { delimiter, skipEmptyLines: false });
	const quotes = errors.find(({ type }) => type === 'Quotes');
	const above = hint ? 1 : 0;
	if (quotes) return { problem: 'quotes', row: (quotes.row ?? 0) + 1 + above };
	return { rows: hint ? [[], ...data] : data };
}

function guess(text: string): string {
	const lines = text.split(/\r\n|\n|\r/, ROWS_ABOVE);
	const knownBy = (delimiter: string) =>
		Math.max(
			...lines.map(
				(line) =>
					line
						.slice(0, 2000)
						.split(delimiter)
						.filter((cell) => columnOf(textOf(cell.replaceAll('"', '')))).length,
			),
		);
	const scored = DELIMITERS.map((delimiter) => ({ delimiter, known: knownBy(delimiter) }));
	return scored.reduce((best, one) => (one.known > best.known ? one : best)).delimiter;
}
