import { inside, type Problem } from '../rules/problem.ts';
import { NotJson, scan } from './scan.ts';

/**
 * What is wrong with a text as JSON: where its grammar breaks, by line and column, or which names
 * an object has twice, by path (Data 2.2 allows each once). Empty: nothing.
 */
export function problemsOfJson(text: string): Problem[] {
	const problems: Problem[] = [];
	try {
		scan(text, {
			again(path) {
				problems.push({
					at: path.reduce<string>(inside, ''),
					message: `${JSON.stringify(path.at(-1))} is there already: expected each name once`,
				});
			},
		});
	} catch (error) {
		if (!(error instanceof NotJson)) throw error;
		return [{ at: placeOf(text, error.offset), message: `This is no JSON. ${error.message}` }];
	}
	return problems;
}

/** Both counted from one, the column in UTF-16 units as editors do. */
function placeOf(text: string, offset: number): string {
	const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
	return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}
