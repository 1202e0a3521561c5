/*
 * What errors of the database mean, whichever engine and however they are wrapped: Drizzle puts those of
 * PostgreSQL's queries into one of its own, those of connections come as they are.
 */

/** SQLite is locked, full or cannot be read just now (sqlite.org/rescode.html). */
const SQLITE = /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR)/;
/**
 * PostgreSQL (appendix A of its manual): no connection; out of disk, memory or connections; two
 * transactions in each other's way; a lock that was not to be had; the server ends or begins; it only
 * stands by, or its disk failed.
 */
const POSTGRES = /^(?:08(?:000|001|003|004|006)|53\d{3}|40001|40P01|55P03|57P0[1235]|25006|58030)$/;
/** The way there (errno). */
const NETWORK =
	/^E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOST(?:UNREACH|DOWN)|NET(?:UNREACH|DOWN)|NOTFOUND|AI_AGAIN)$/;
/** What the drivers say without a code. */
const WORDS =
	/^(?:timeout exceeded when trying to connect|timeout expired|Connection terminated|Client (?:has encountered a connection error|was closed)|Cannot use a pool after calling end|Query read timeout|The database connection is not open)/;

/** Deeper than anybody wraps. */
const DEEP = 8;

/** An error and what caused it, the outermost first. */
export function causesOf(error: unknown): unknown[] {
	const found: unknown[] = [];
	for (let one = error; one !== undefined && one !== null && found.length < DEEP;) {
		found.push(one);
		one = (one as { cause?: unknown }).cause;
	}
	return found;
}

/** Whether it is a passing trouble of the database: the same may go well when it is tried again. */
export function isPassing(error: unknown): boolean {
	return causesOf(error).some((one) => {
		const { code, message, syscall } = one as Partial<Record<string, unknown>>;
		const isCode = (codes: RegExp) => typeof code === 'string' && codes.test(code);
		if (isCode(SQLITE) || isCode(POSTGRES) || isCode(NETWORK)) return true;
		// A socket in the file system is not there while the server is not.
		if (code === 'ENOENT' && syscall === 'connect') return true;
		return one instanceof Error && WORDS.test(String(message));
	});
}

/** What goes with a 503 for such a trouble: seconds until one may ask again (RFC 9110, section 10.2.3). */
export const SOON = { 'retry-after': '5' };

/**
 * What an error of the database says, without the values that a query was given: these are names,
 * answers and keys. Undefined for other errors.
 */
export function wordsWithoutValues(error: Error): string | undefined {
	const { query, code, severity, ...own } = error as Error & Partial<Record<string, unknown>>;
	if (typeof query === 'string' && typeof severity !== 'string') return `Failed query: ${query}`;
	if (typeof code !== 'string') return undefined;
	if (code.startsWith('SQLITE_')) return `${error.message} (${code})`;
	if (typeof severity !== 'string') return undefined;
	const places = ['table', 'column', 'constraint', 'routine']
		.filter((name) => typeof own[name] === 'string')
		.map((name) => `${name} ${String(own[name])}`);
	// Errors in data quote them; the names in others are those of tables and such.
	const said = code.startsWith('22') ? error.message.replace(/: ".*$/s, '') : error.message;
	return `${said} (${[code, ...places].join(', ')})`;
}
