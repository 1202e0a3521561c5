import * as v from 'valibot';
import type { Language } from './language.ts';

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
