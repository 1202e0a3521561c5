import { once } from 'node:events';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { assess } from '../lib/coach/assess.ts';
import { GOALS } from '../lib/coach/contract.ts';
import { LANGUAGES } from '../lib/course/language.ts';

/**
 * `npm run --silent coach`: reads JSON lines `{"id","lang","text","goal"?}` on standard input and
 * writes what the coach reads in each as a line of its own, in order. A line that is none of these gets
 * `{"error":…,"line":…}`, and the rest goes on.
 */
const input = v.object({
	id: v.union([v.string(), v.number()]),
	lang: v.picklist(LANGUAGES),
	text: v.string(),
	goal: v.optional(v.picklist(GOALS)),
});

let line = 0;
for await (const text of createInterface({ input: stdin, crlfDelay: Infinity })) {
	line += 1;
	if (text.trim() === '') continue;
	if (!stdout.write(`${JSON.stringify(answer(text, line))}\n`)) await once(stdout, 'drain');
}

function answer(text: string, at: number): object {
	let given: unknown;
	try {
		given = JSON.parse(text);
	} catch (error) {
		return { error: `Line ${at} is no JSON: ${(error as Error).message}`, line: at };
	}
	const read = v.safeParse(input, given);
	if (!read.success) {
		const [{ message, path }] = read.issues;
		const where = path?.map(({ key }) => key).join('.') ?? 'it';
		return { error: `Line ${at}: ${where}: ${message}`, line: at };
	}
	const { id, lang, text: said, goal } = read.output;
	const { act, asks, form, reflects, flags, unsure } = assess(said, { lang, goal });
	return { id, act, asks, form, reflects, flags, unsure };
}
