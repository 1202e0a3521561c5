import type { Language } from '#lib/course/language.ts';
import type { Assessment, Situation } from './contract.ts';
import type { Knowledge } from './knowledge.ts';
import { da } from './languages/da.ts';
import { en } from './languages/en.ts';
import { assessWith } from './reader.ts';

const KNOWN: Record<Language, Knowledge> = { da, en };

/**
 * Reads what a clinician says to a patient. Pure: no network, no clock, no state; the same words are
 * read the same way every time. Any text will do, the empty one too; what lies beyond the first
 * 10,000 characters is not looked at. A browser loads one language only (`load.ts`).
 *
 * @param situation `goal` changes nothing here: it is for the remarks (`remarks.ts`)
 */
export function assess(text: string, { lang }: Situation): Assessment {
	return assessWith(KNOWN[lang], text);
}
