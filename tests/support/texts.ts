import { readFileSync } from 'node:fs';

type Language = 'da' | 'en';
const texts = Object.fromEntries(
	(['da', 'en'] as const).map((language) => [
		language,
		JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as Record<string, string>,
	]),
) as Record<Language, Record<string, string>>;

/** An interface text as people see it. */
export function t(
	key: string,
	values: Record<string, string | number> = {},
	language: Language = 'da',
): string {
	const text = texts[language][key];
	if (text === undefined) throw new Error(`There is no text "${key}"`);
	return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
