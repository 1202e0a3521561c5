import { inside, type Problem } from '../rules/problem.ts';
import { NotJson, scan } from './scan.ts';

/**
 * What is wrong with a text as JSON: where its grammar breaks, by line and column, or which names
 * an object has twice, by path (Data 2.2 allows each once). Empty: nothing.
 */
export function problemsOfJson(text: string): Problem[] {
	return readJson(text).problems;
}

/** A text's problems, as `problemsOfJson` tells them, and its elements. */
export interface Read {
	problems: Problem[];
	/**
	 * The source text of each element of an array at the top; of any other JSON text, itself without the
	 * space around it. Nothing within an element is changed. Empty where the grammar breaks.
	 */
	elements: string[];
}

/** Names that come twice, as many as anybody reads. */
const ENOUGH = 100;

/** Finds problems and elements in one go: a batch may be megabytes. */
export function readJson(text: string): Read {
	const problems: Problem[] = [];
	const elements: string[] = [];
	try {
		const start = scan(text, {
			item({ start: from, end }, path) {
				if (path.length === 1) elements.push(text.slice(from, end));
			},
			again(path) {
				if (problems.length >= ENOUGH) return;
				problems.push({
					at: path.reduce<string>(inside, ''),
					message: `${JSON.stringify(path.at(-1))} is there already: expected each name once`,
				});
			},
		});
		return { problems, elements: text[start] === '[' ? elements : [text.trim()] };
	} catch (error) {
		if (!(error instanceof NotJson)) throw error;
		const at = placeOf(text, error.offset);
		return { problems: [{ at, message: `This is no JSON. ${error.message}` }], elements: [] };
	}
}

/** Both counted from one, the column in UTF-16 units as editors do. */
function placeOf(text: string, offset: number): string {
	const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
	return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}
