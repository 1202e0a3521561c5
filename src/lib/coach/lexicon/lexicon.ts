import type { FlagKind } from '../contract.ts';

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

/** What the patient may hear, and what to say instead. */
export type Words = Pick<Entry, 'why' | 'instead'>;

export interface Lexicon {
	/** Lists of words that terms can name, as `<name>`. */
	groups: Record<string, string[]>;
	/** What is said of questions that leave little room. */
	questions: Record<'leading' | 'double', Words>;
	entries: Entry[];
}
