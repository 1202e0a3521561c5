import * as v from 'valibot';
import { LANGUAGES, type Language } from './language.ts';

/** A learner-facing text: one string per language, none of them empty. */
export type Text = Record<Language, string>;

const line = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'));

/** Every learner-facing text exists in every language of the product. */
export const text = v.strictObject({ da: line, en: line }) satisfies v.GenericSchema<Text, Text>;

/** Stable ids: lower-case words joined by hyphens, at most 48 characters, safe in URLs, IRIs and SCORM identifiers. */
export const id = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
	v.maxLength(48, 'must be at most 48 characters'),
);

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
