/** What a cell of a table may hold. Dates are written as ISO 8601. */
export type Cell = string | number | boolean | Date | null;

/** A table as it is written to a file, whatever the file's format. */
export interface Sheet {
	/** Of the file, without an ending, and of the sheet inside: plain ASCII. */
	name: string;
	/** The heading of each column, in the reader's language. */
	columns: string[];
	/** Rows as they come, so that a long table never stands in memory as a whole. */
	rows: AsyncIterable<Cell[]> | Iterable<Cell[]>;
}
