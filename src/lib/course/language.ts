/** The languages of the product: interface and courses alike. */
export const LANGUAGES = ['da', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
	return LANGUAGES.includes(value as Language);
}
