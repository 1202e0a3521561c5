import type { Language } from '#lib/course/language.ts';
import type { FlagKind } from '../contract.ts';
import da from './da.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

/** Words that may do harm; `docs/coach.md` says how to write one. */
export interface Entry {
	kind: Extract<FlagKind, 'alarm' | 'dismissive' | 'jargon'>;
	/** Patterns of words (`pattern.ts`). */
	terms: string[];
	/** What the patient may hear. */
	why: string;
	/** What to say instead. */
	instead: string;
	/** Where one of these is in the same sentence, the term means something else. */
	exceptions?: string[];
}

export interface Lexicon {
	/** Lists of words that terms can name, as `<name>`. */
	groups: Record<string, string[]>;
	entries: Entry[];
}

export const LEXICONS: Record<Language, Lexicon> = { da: da as Lexicon, en: en as Lexicon };
