import { isIri, isLanguageTag, isUuid } from './formats.ts';
import { inside, shown, type Report, type Rule } from './problem.ts';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says that a value is not what it should be: `"x" is no UUID: expected …`. */
export function refuse(report: Report, at: string, value: unknown, expected: string): void {
	report.problems.push({
		at,
		message: `${shown(value)} is not allowed here: expected ${expected}`,
	});
}

/** Of a list with a million things wrong, as many as anybody reads; the rest is not looked at. */
const ENOUGH = 100;
const isEnough = ({ problems }: Report) => problems.length >= ENOUGH;

/** A rule for values that pass a test. */
export const that = (test: (value: unknown) => boolean, expected: string): Rule => {
	return (value, at, report) => {
		if (!test(value)) refuse(report, at, value, expected);
	};
};

export const text = that((value) => typeof value === 'string', 'a string');
export const yesOrNo = that((value) => typeof value === 'boolean', 'true or false, without quotes');
export const iri = that(isIri, 'an IRI with its scheme, such as "https://example.org/x"');
export const uuid = that(isUuid, 'a UUID, such as "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"');
export const languageTag = that(
	isLanguageTag,
	'a language tag (RFC 5646), such as "da" or "en-GB"',
);

/** A rule for one of some words, in exactly this case. */
export function oneOf(...words: string[]): Rule {
	const list = words.map((word) => JSON.stringify(word)).join(', ');
	return that(
		(value) => typeof value === 'string' && words.includes(value),
		words.length > 1 ? `one of ${list}` : list,
	);
}

/** A rule for arrays of things of one kind. */
export function listOf(rule: Rule, what: string, { least = 0 } = {}): Rule {
	return (value, at, report) => {
		if (!Array.isArray(value) || value.length < least)
			return refuse(report, at, value, `an array of ${what}${least ? ', not an empty one' : ''}`);
		for (let index = 0; index < value.length && !isEnough(report); index++)
			rule(value[index], inside(at, index), report);
	};
}

/** A rule for objects whose keys are free but for their form. */
function mapOf(what: string, isKey: (key: string) => boolean, key: string, member?: Rule): Rule {
	return (value, at, report) => {
		if (!isObject(value)) return refuse(report, at, value, what);
		for (const name in value) {
			if (isEnough(report)) return;
			const place = inside(at, name);
			if (!isKey(name))
				report.problems.push({ at: place, message: `Key ${shown(name)}: expected ${key}` });
			member?.(value[name], place, report);
		}
	};
}

/** Data 4.2: language tags and texts. */
export const languageMap = mapOf(
	'a language map, such as {"en": "…"}',
	isLanguageTag,
	'a language tag (RFC 5646), such as "da" or "en-GB"',
	text,
);

/** Data 4.1: IRIs, and anything at all, null too. */
export const extensions = mapOf(
	'an object whose keys are IRIs',
	isIri,
	'an IRI with its scheme, such as "https://example.org/x"',
);

export interface Shape {
	/** What it is, with its article: `an activity`. */
	what: string;
	properties: Record<string, Rule>;
	required?: string[];
	/** Looks at several properties together; called whether they are right or not. */
	also?: (value: Json, at: string, report: Report) => void;
}

/**
 * A rule for objects with known properties: others are refused, whatever their case (Data 2.2), and
 * nothing may be null, as no rule lets it pass.
 */
export function shaped({ what, properties, required = [], also }: Shape): Rule {
	// Without a prototype, lest "constructor" be a property that is known.
	const known: Record<string, Rule> = Object.assign(Object.create(null), properties);
	return (value, at, report) => {
		if (!isObject(value)) return refuse(report, at, value, what);
		for (const name in value) {
			if (isEnough(report)) return;
			const rule = known[name];
			if (rule) rule(value[name], at ? `${at}.${name}` : name, report);
			else unknown(name, known, what, at, report);
		}
		for (const name of required)
			if (value[name] === undefined)
				report.problems.push({ at: inside(at, name), message: `Missing: ${what} needs "${name}"` });
		also?.(value, at, report);
	};
}

function unknown(name: string, known: object, what: string, at: string, report: Report): void {
	const names = Object.keys(known);
	const meant = names.find((one) => one.toLowerCase() === name.toLowerCase());
	const mend = meant
		? `did you mean "${meant}"? Names are case-sensitive`
		: `expected only ${names.map((one) => `"${one}"`).join(', ')}`;
	report.problems.push({
		at: inside(at, name),
		message: `${what} has no property ${shown(name)}: ${mend}`,
	});
}
