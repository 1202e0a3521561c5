import type { XapiVersion } from './problem.ts';

/**
 * Characters of RFC 3987 (IRIs): unreserved, sub-delims, `:` `@` `/` `?`, `%`, and what lies beyond
 * ASCII. Brackets belong to a host's IPv6 address only.
 */
const CHARACTER =
	"[\\w\\-.~!$&'()*+,;=:@/?%\\u{A0}-\\u{D7FF}\\u{E000}-\\u{FDCF}\\u{FDF0}-\\u{FFEF}\\u{10000}-\\u{10FFFD}]";
const IRI = new RegExp(
	`^[a-z][a-z\\d+.\\-]*:(?:(?://(?:${CHARACTER}*@)?\\[[\\da-f:.]+\\])?${CHARACTER}+)(?:#${CHARACTER}*)?$`,
	'iu',
);
const HOSTLESS = /^https?:(?!\/\/[^/?#])/i;
const BROKEN_ESCAPE = /%(?![\da-f]{2})/i;

/** Whether a text is an absolute IRI: with a scheme, and without characters that IRIs forbid. */
export function isIri(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		IRI.test(value) &&
		!HOSTLESS.test(value) &&
		!(value.includes('%') && BROKEN_ESCAPE.test(value))
	);
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Whether a text is a UUID in the standard form, of whatever version. */
export function isUuid(value: unknown): value is string {
	return typeof value === 'string' && UUID.test(value);
}

/** `mailto:` and one address; neither a list of addresses nor headers (RFC 6068 has both). */
const MBOX = /^mailto:[^\s@<>()[\]\\,;:"?]+@[^\s@<>()[\]\\,;:"?.]+(?:\.[^\s@<>()[\]\\,;:"?.]+)*$/;

export function isMbox(value: unknown): value is string {
	return typeof value === 'string' && MBOX.test(value);
}

const SHA1 = /^[\da-f]{40}$/i;

export function isSha1(value: unknown): value is string {
	return typeof value === 'string' && SHA1.test(value);
}

/** SHA-224, 256, 384 or 512 in hex. */
const SHA2 = /^(?:[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/i;

export function isSha2(value: unknown): value is string {
	return typeof value === 'string' && SHA2.test(value);
}

const TOKEN = "[\\w!#$%&'*+.^`|~\\-]+";
const MEDIA_TYPE = new RegExp(
	`^${TOKEN}/${TOKEN}(?:\\s*;\\s*${TOKEN}=(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*"))*\\s*(?:;\\s*)?$`,
);

/** Whether a text is an Internet media type with or without parameters (RFC 2046). */
export function isMediaType(value: unknown): value is string {
	return typeof value === 'string' && MEDIA_TYPE.test(value);
}

/** A fraction is allowed in the last part only (ISO 8601:2004, 4.4.3.2); checked apart. */
const NUMBER = '\\d+(?:[.,]\\d+)?';
const DURATION = new RegExp(
	`^P(?:${NUMBER}W|(?=[\\dT])(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}D)?` +
		`(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?)$`,
);
const EARLY_FRACTION = /[.,]\d+[A-Z]./;

/** Whether a text is a duration with designators: `PT4H35M59.14S`, `P3Y1M29D`, `P4W`. */
export function isDuration(value: unknown): value is string {
	return typeof value === 'string' && DURATION.test(value) && !EARLY_FRACTION.test(value);
}

/** RFC 5646, section 2.1: language, script, region, variants, extensions, private use. */
const LANGUAGE_TAG = new RegExp(
	'^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})' +
		'(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\\d{3}))?(?:-(?:[a-z\\d]{5,8}|\\d[a-z\\d]{3}))*' +
		'(?:-[a-wyz\\d](?:-[a-z\\d]{2,8})+)*(?:-x(?:-[a-z\\d]{1,8})+)?|x(?:-[a-z\\d]{1,8})+)$',
	'i',
);
/** Tags from before RFC 5646 that its grammar does not fit ("irregular"). */
const GRANDFATHERED = new Set(
	(
		'en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn ' +
		'i-tao i-tay i-tsu sgn-be-fr sgn-be-nl sgn-ch-de'
	).split(' '),
);

/** Whether a text has the form of a language tag (RFC 5646); no registry is asked. */
export function isLanguageTag(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	if (!LANGUAGE_TAG.test(value)) return GRANDFATHERED.has(value.toLowerCase());
	return value.length < 8 || !repeats(value.toLowerCase());
}

/** The same extension twice, or the same variant twice, is not well-formed. */
function repeats(tag: string): boolean {
	const [main] = tag.split(/-x-|^x-/);
	const parts = main!.split('-').slice(1);
	const first = parts.findIndex((part) => part.length === 1);
	const singletons = parts.filter((part) => part.length === 1);
	const variants = (first < 0 ? parts : parts.slice(0, first)).filter((part) =>
		/^(?:.{5,8}|\d.{3})$/.test(part),
	);
	return [singletons, variants].some((list) => new Set(list).size < list.length);
}

/** The versions that a statement may name: of its own generation, or an earlier one. */
const VERSIONS = {
	'1.0.3': /^1\.0(?:\.\d+)?$/,
	'2.0.0': /^(?:1|2)\.0(?:\.\d+)?$/,
};

export function isVersion(value: unknown, version: XapiVersion): value is string {
	return typeof value === 'string' && VERSIONS[version].test(value);
}
