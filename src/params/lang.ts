import { isLanguage } from '#lib/course/language.ts';

/** The first segment of every page's address: the language. */
export const match = isLanguage;
