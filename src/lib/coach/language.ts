import type { Language } from '#lib/course/language.ts';
import { da } from './cues/da.ts';
import { en } from './cues/en.ts';
import type { Cues } from './cues/cues.ts';
import { LEXICONS } from './lexicon/lexicon.ts';
import type { Entry } from './lexicon/lexicon.ts';
import { compileAll, type Pattern } from './pattern.ts';

type Lists = Exclude<keyof Cues, 'groups'>;

/** Everything that the coach knows of a language, its patterns ready to be matched. */
export interface Knowledge {
	cues: Record<Lists, Pattern[]>;
	lexicon: (Omit<Entry, 'terms' | 'exceptions'> & { terms: Pattern[]; exceptions: Pattern[] })[];
}

const SOURCES: Record<Language, Cues> = { da, en };
const known = new Map<Language, Knowledge>();

export function knowledge(lang: Language): Knowledge {
	const found = known.get(lang);
	if (found) return found;
	const { groups, ...lists } = SOURCES[lang];
	const cues = Object.fromEntries(
		Object.entries(lists).map(([name, patterns]) => [name, compileAll(patterns, groups)]),
	) as Knowledge['cues'];
	const { groups: words, entries } = LEXICONS[lang];
	const lexicon = entries.map((entry) => ({
		...entry,
		terms: compileAll(entry.terms, words),
		exceptions: compileAll(entry.exceptions ?? [], words),
	}));
	const made = { cues, lexicon };
	known.set(lang, made);
	return made;
}
