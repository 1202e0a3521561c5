import { like, or, sql, type AnyColumn, type SQL } from 'drizzle-orm';

/**
 * Whether a column contains a text, whatever the case; undefined (no condition) for an empty one.
 * SQLite folds only ASCII, so that a Danish first letter is asked for in both cases.
 */
export function contains(column: AnyColumn, text: string): SQL | undefined {
	const plain = text.trim().replaceAll(/[%_\\]/g, '');
	if (!plain) return undefined;
	const lower = plain.toLowerCase();
	const capital = lower.replaceAll(/(^|[\s-])(\p{L})/gu, (found) => found.toUpperCase());
	return or(
		like(sql`lower(${column})`, `%${lower}%`),
		like(column, `%${plain}%`),
		like(column, `%${capital}%`),
	);
}

/** The page that an address asks for, from 1. */
export function pageOf(url: URL, name = 'page'): number {
	const asked = Number.parseInt(url.searchParams.get(name) ?? '1', 10);
	return Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 1_000_000) : 1;
}

/** How many pages there are, at least one. */
export function pagesFor(total: number, size: number): number {
	return Math.max(1, Math.ceil(total / size));
}
