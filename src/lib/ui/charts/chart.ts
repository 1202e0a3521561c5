/** A chart with all that belongs to it, ready to be shown by `Figure.svelte`. */
export interface Chart {
	/** What the table is called, and the region that it scrolls in. */
	title: string;
	/** The chart in one or two sentences, for those who do not see it. */
	summary: string;
	/** Headings; the first column names its row. */
	columns: string[];
	rows: (string | number)[][];
	/** Markup that the server drew (`draw.server.ts`). */
	drawing: string;
}
