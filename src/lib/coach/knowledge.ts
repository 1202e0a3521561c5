import type { Language } from '#lib/course/language.ts';
import type { Cues } from './cues/cues.ts';
import type { Entry, Lexicon } from './lexicon/lexicon.ts';
import { compileAll, type PatternList } from './pattern.ts';
import type { Spelling } from './spellings.ts';

type Lists = Exclude<keyof Cues, 'groups'>;

interface Compiled extends Omit<Entry, 'terms' | 'exceptions'> {
	terms: PatternList;
	exceptions: PatternList;
}

/** Everything that the coach knows of a language, its patterns ready to be matched. */
export interface Knowledge {
	lang: Language;
	cues: Record<Lists, PatternList>;
	lexicon: Compiled[];
	questions: Lexicon['questions'];
	spelling: Spelling;
	/** Words that are no words: "um". */
	fillers: Set<string>;
}

interface Material {
	cues: Cues;
	lexicon: Lexicon;
	spelling: Spelling;
	fillers: string[];
}

export function knowledgeOf(
	lang: Language,
	{ cues: { groups, ...lists }, lexicon, spelling, fillers }: Material,
): Knowledge {
	const cues = Object.fromEntries(
		Object.entries(lists).map(([name, patterns]) => [name, compileAll(patterns, groups)]),
	) as Knowledge['cues'];
	const entries = lexicon.entries.map((entry) => ({
		...entry,
		terms: compileAll(entry.terms, lexicon.groups),
		exceptions: compileAll(entry.exceptions ?? [], lexicon.groups),
	}));
	return {
		lang,
		cues,
		lexicon: entries,
		questions: lexicon.questions,
		spelling,
		fillers: new Set(fillers),
	};
}
