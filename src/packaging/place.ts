import { isLanguage, type Language } from '#lib/course/language.ts';
import { CONFIDENCE, FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';

/** Where in a package the learner is; without a lesson: the course map. */
export interface Place {
	language: Language;
	lesson?: string;
	step?: string;
}

/** What stands where a lesson's id would; no lesson may be called so. The gallery's steps are metaphors. */
export const SPECIAL = {
	metaphors: 'metaphors',
	finalTest: FINAL_TEST,
	confidence: CONFIDENCE,
	practice: PRACTICE,
	search: 'search',
	cards: 'cards',
	coach: 'coach',
} as const;

/** A package knows no server routes, so places stand behind the `#`: `#/da/lesson/step`. */
export function hrefOf({ language, lesson, step }: Place): string {
	return `#/${[language, lesson, step].filter((part) => part !== undefined).join('/')}`;
}

/** @returns undefined when the hash names no place */
export function placeOf(hash: string): Place | undefined {
	const [start, language, lesson, step] = hash.split('/');
	if (start !== '#' || !isLanguage(language)) return undefined;
	return { language, ...(lesson ? { lesson } : {}), ...(lesson && step ? { step } : {}) };
}
