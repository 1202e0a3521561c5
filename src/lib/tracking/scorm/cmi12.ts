/**
 * What SCORM 1.2 lets a course write, element by element: "SCORM Run-Time Environment" 1.2, section
 * 3.4.4 (data model) and 3.4.3 (data types). Stricter than most LMSs on purpose: what passes here is
 * taken everywhere.
 */
type Check = (value: string) => string | undefined;

const fits =
	(pattern: RegExp, what: string): Check =>
	(value) =>
		pattern.test(value) ? undefined : `must be ${what}`;

/** A vocabulary: one of these words, nothing else. */
const word = (...words: string[]): Check =>
	fits(
		new RegExp(`^(?:${words.join('|')})$`),
		`one of ${words.map((one) => `"${one}"`).join(', ')}`,
	);

const string =
	(most: number): Check =>
	(value) =>
		value.length > most
			? `must be at most ${most} characters (is ${value.length})`
			: /[^\t\n\r\u0020-\uffff]/.test(value)
				? 'must hold no control characters'
				: undefined;

/** CMIIdentifier: up to 255 letters and digits, no white space; hyphen, dot and underscore are taken by all. */
const identifier = fits(
	/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
	'an identifier of at most 255 characters',
);
/** CMITime: HH:MM:SS[.S[S]] */
const time = fits(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,2})?$/, 'a time HH:MM:SS[.SS]');
/** CMITimespan: HH[HH]:MM:SS[.S[S]] */
const timespan = fits(/^\d{2,4}:[0-5]\d:[0-5]\d(?:\.\d{1,2})?$/, 'a time span HHHH:MM:SS[.SS]');
const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const decimal = fits(DECIMAL, 'a decimal number');

/** CMIDecimal within 0–100, or blank. */
const score: Check = (value) =>
	value === '' || (DECIMAL.test(value) && Number(value) >= 0 && Number(value) <= 100)
		? undefined
		: 'must be blank or a number from 0 to 100';

const result: Check = (value) =>
	DECIMAL.test(value) ? undefined : word('correct', 'wrong', 'unanticipated', 'neutral')(value);

const ELEMENTS: [RegExp, Check][] = [
	[/^cmi\.core\.lesson_location$/, string(255)],
	// "not attempted" is the LMS's word only.
	[/^cmi\.core\.lesson_status$/, word('passed', 'completed', 'failed', 'incomplete', 'browsed')],
	[/^cmi\.core\.exit$/, word('', 'time-out', 'suspend', 'logout')],
	[/^cmi\.core\.session_time$/, timespan],
	[/^cmi\.core\.score\.(?:raw|min|max)$/, score],
	[/^cmi\.suspend_data$/, string(4096)],
	[/^cmi\.comments$/, string(4096)],
	[/^cmi\.objectives\.\d+\.id$/, identifier],
	[
		/^cmi\.objectives\.\d+\.status$/,
		word('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted'),
	],
	[/^cmi\.objectives\.\d+\.score\.(?:raw|min|max)$/, score],
	[/^cmi\.interactions\.\d+\.id$/, identifier],
	[/^cmi\.interactions\.\d+\.objectives\.\d+\.id$/, identifier],
	[/^cmi\.interactions\.\d+\.time$/, time],
	[
		/^cmi\.interactions\.\d+\.type$/,
		word(
			'true-false',
			'choice',
			'fill-in',
			'matching',
			'performance',
			'sequencing',
			'likert',
			'numeric',
		),
	],
	[/^cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern$/, string(255)],
	[/^cmi\.interactions\.\d+\.student_response$/, string(255)],
	[/^cmi\.interactions\.\d+\.weighting$/, decimal],
	[/^cmi\.interactions\.\d+\.result$/, result],
	[/^cmi\.interactions\.\d+\.latency$/, timespan],
];

const RESPONSES: Record<string, RegExp> = {
	'true-false': /^[01tf]$/,
	choice: /^(?:[a-z0-9](?:,[a-z0-9])*|\{[a-z0-9](?:,[a-z0-9])*\})?$/,
	sequencing: /^(?:[a-z0-9](?:,[a-z0-9])*)?$/,
	matching: /^(?:[a-z0-9]\.[a-z0-9](?:,[a-z0-9]\.[a-z0-9])*)?$/,
	performance: /^[\x20-\x7e]{0,255}$/,
	likert: /^[a-z0-9]?$/,
	numeric: DECIMAL,
	'fill-in': /^[\s\S]{0,255}$/,
};

/**
 * Why a value must not be written to a SCORM 1.2 element; undefined when it may.
 *
 * @param element the full name, for example `cmi.core.score.raw`
 */
export function complaint12(element: string, value: string): string | undefined {
	const found = ELEMENTS.find(([pattern]) => pattern.test(element));
	if (!found) return `${element} is no element that a course may write`;
	const reason = found[1](value);
	return reason && `${element} ${reason}: "${value.slice(0, 60)}"`;
}

/**
 * Why a response does not fit its interaction's type (CMIFeedback, section 3.4.3); undefined when it
 * does. Choices and pairs are single letters or digits.
 */
export function responseComplaint12(type: string, response: string): string | undefined {
	return RESPONSES[type]?.test(response)
		? undefined
		: `"${response.slice(0, 60)}" is no response of type ${type}`;
}

/** A CMITimespan; more than 9,999 hours become 9,999. */
export function timespan12(milliseconds: number): string {
	const hundredths = Math.min(Math.round(Math.max(0, milliseconds) / 10), 9999 * 360_000);
	const part = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
	const seconds = (hundredths % 6000) / 100;
	const rest = part(hundredths % 100);
	return `${part(hundredths / 360_000, 4)}:${part((hundredths / 6000) % 60)}:${part(seconds)}.${rest}`;
}

/** A CMITime: the learner's local time of day. */
export function time12(date: Date): string {
	return [date.getHours(), date.getMinutes(), date.getSeconds()]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}
