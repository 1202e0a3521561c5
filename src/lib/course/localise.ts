import { LANGUAGES, type Language } from './language.ts';
import type { Text } from './text.ts';

/** What `T` becomes when one language is chosen: every `Text` a string. */
export type Localised<T> = T extends Text
	? string
	: T extends readonly (infer U)[]
		? Localised<U>[]
		: T extends object
			? { [K in keyof T]: Localised<T[K]> }
			: T;

function isText(value: object): value is Text {
	const keys = Object.keys(value);
	return keys.length === LANGUAGES.length && LANGUAGES.every((language) => language in value);
}

/** Chooses one language throughout a piece of course data. Pure; the input is not changed. */
export function localise<T>(value: T, language: Language): Localised<T> {
	if (Array.isArray(value)) return value.map((part) => localise(part, language)) as Localised<T>;
	if (typeof value !== 'object' || value === null) return value as Localised<T>;
	if (isText(value)) return value[language] as Localised<T>;
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [key, localise(part, language)]),
	) as Localised<T>;
}
