import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Language } from '#lib/course/language.ts';
import { compile } from '#lib/coach/pattern.ts';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty; write it'));

const words = v.strictObject({ why: text, instead: text });

/** A lexicon of the coach as `docs/coach.md` describes it. */
export const lexicon = v.strictObject({
	groups: v.record(v.string(), v.array(text)),
	questions: v.strictObject({ leading: words, double: words }),
	entries: v.array(
		v.strictObject({
			kind: v.picklist(
				['alarm', 'dismissive', 'jargon'],
				'is neither alarm, dismissive nor jargon',
			),
			terms: v.pipe(v.array(text), v.minLength(1, 'names no words; give at least one')),
			...words.entries,
			exceptions: v.optional(v.array(text)),
		}),
	),
});

/** What is wrong with a lexicon, each with its place and mend; nothing if it can be used. */
export function checkLexicon(
	lang: Language,
	file = `src/lib/coach/lexicon/${lang}.json`,
): string[] {
	let given: unknown;
	try {
		given = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		return [`${file}: is no JSON: ${(error as Error).message}`];
	}
	const read = v.safeParse(lexicon, given);
	if (!read.success)
		return read.issues.map(
			({ path, message }) => `${file}: ${path?.map(({ key }) => key).join('.') ?? 'it'} ${message}`,
		);
	const { groups, entries } = read.output;
	const seen = new Map<string, number>();
	return entries.flatMap(({ terms, exceptions = [], kind }, at) => [
		...[...terms, ...exceptions].flatMap((term) =>
			patternMistake(term, groups).map((said) => `${file}: entries.${at}: ${said}`),
		),
		...terms.flatMap((term) => {
			const before = seen.get(`${kind} ${term}`);
			seen.set(`${kind} ${term}`, at);
			return before === undefined
				? []
				: [`${file}: entries.${at}: "${term}" stands in entries.${before}, too; take one out`];
		}),
	]);
}

function patternMistake(term: string, groups: Record<string, string[]>): string[] {
	const unknown = [...term.matchAll(/<(\w+)>/g)].filter(
		([, name]) => !Object.hasOwn(groups, name!),
	);
	if (unknown.length > 0)
		return [`"${term}" names the list <${unknown[0]![1]}>, which there is none of`];
	if (term !== term.toLowerCase()) return [`"${term}" has capitals; write it in small letters`];
	try {
		compile(term, groups);
		return [];
	} catch (error) {
		return [(error as Error).message];
	}
}
