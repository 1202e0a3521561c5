import { causesOf, isPassing, wordsWithoutValues } from './db/trouble.ts';

/**
 * Tells the operator what went wrong. Everything that is logged with an error goes this way: the values
 * of a query that failed stay out of the log.
 *
 * @param what which of our doings it was
 */
export function logError(what: string, error: unknown): void {
	console.error(what, loggable(error));
}

/**
 * As it is, unless the database has a part in it; then as text, each cause with its place in the code. A
 * passing trouble, which every request meets until it has passed, is one line.
 */
export function loggable(error: unknown): unknown {
	const causes = causesOf(error);
	const last = causes.at(-1);
	if (isPassing(error) && last instanceof Error) return wordsWithoutValues(last) ?? wordsOf(last);
	if (!causes.some((one) => one instanceof Error && wordsWithoutValues(one))) return error;
	return causes.map(described).join('\n  because of ');
}

/** Several ways to one server that all fail are one error without words (Node, `net`). */
function wordsOf(error: Error & { code?: unknown }): string {
	return error.message || String(error.code ?? error.name);
}

/** In one line. */
export function briefly(error: unknown): string {
	const causes = causesOf(error).filter((one) => one instanceof Error);
	// What the engine says tells more than that a query failed.
	const one = causes.findLast((cause) => wordsWithoutValues(cause)) ?? causes[0];
	return one ? (wordsWithoutValues(one) ?? wordsOf(one)) : String(error);
}

function described(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return `${error.name}: ${wordsWithoutValues(error) ?? error.message}${placeOf(error)}`;
}

/** The stack begins with the message, which has the values in it. */
function placeOf({ stack = '', message }: Error): string {
	const at = stack.indexOf(message);
	return at === -1 ? '' : stack.slice(at + message.length);
}
