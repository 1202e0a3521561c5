/**
 * What SCORM 2004 lets a course write, element by element: "SCORM Run-Time Environment" 2004 4th
 * edition, section 4.2 (data model) and 4.1.1 (data types); the 3rd edition differs in none of these.
 * Stricter than the specification where LMSs are (Moodle refuses time zones, hyphens in short
 * identifiers and line breaks): what passes here is taken everywhere.
 */
type Check = (value: string) => string | undefined;

const fits =
	(pattern: RegExp, what: string): Check =>
	(value) =>
		pattern.test(value) ? undefined : `must be ${what}`;

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

/** localized_string_type, in one line. */
const line =
	(most: number): Check =>
	(value) =>
		/[\r\n]/.test(value) ? 'must be one line' : string(most)(value);

/** real(10,7), with a digit before the point. */
const REAL = /^-?\d{1,10}(?:\.\d{1,7})?$/;
const real =
	(from = -Infinity, to = Infinity): Check =>
	(value) =>
		REAL.test(value) && Number(value) >= from && Number(value) <= to
			? undefined
			: from === -Infinity
				? 'must be a decimal number'
				: `must be a number from ${from} to ${to}`;

/** long_identifier_type as all LMSs take it. */
const identifier = fits(
	/^[A-Za-z0-9][A-Za-z0-9._-]{0,249}$/,
	'an identifier of at most 250 characters',
);
/** time(second,10,0): without a zone, which some LMSs refuse. */
const timestamp = fits(
	/^(?:19[7-9]\d|20[0-2]\d|203[0-8])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
	'a time YYYY-MM-DDThh:mm:ss',
);
/** timeinterval(second,10,2) */
const interval = fits(
	/^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,2})?S)?)?$/,
	'a duration PnYnMnDTnHnMnS',
);

const completion = word('completed', 'incomplete', 'not attempted', 'unknown');
const success = word('passed', 'failed', 'unknown');
const result: Check = (value) =>
	REAL.test(value) ? undefined : word('correct', 'incorrect', 'unanticipated', 'neutral')(value);

const ELEMENTS: [RegExp, Check][] = [
	[/^cmi\.location$/, string(1000)],
	[/^cmi\.completion_status$/, completion],
	[/^cmi\.success_status$/, success],
	[/^cmi\.progress_measure$/, real(0, 1)],
	[/^cmi\.score\.scaled$/, real(-1, 1)],
	[/^cmi\.score\.(?:raw|min|max)$/, real()],
	[/^cmi\.exit$/, word('', 'time-out', 'suspend', 'logout', 'normal')],
	[/^cmi\.session_time$/, interval],
	[/^cmi\.suspend_data$/, string(64_000)],
	[
		/^adl\.nav\.request$/,
		word(
			'continue',
			'previous',
			'exit',
			'exitAll',
			'abandon',
			'abandonAll',
			'suspendAll',
			'_none_',
		),
	],
	[/^cmi\.objectives\.\d+\.id$/, identifier],
	[/^cmi\.objectives\.\d+\.score\.scaled$/, real(-1, 1)],
	[/^cmi\.objectives\.\d+\.score\.(?:raw|min|max)$/, real()],
	[/^cmi\.objectives\.\d+\.success_status$/, success],
	[/^cmi\.objectives\.\d+\.completion_status$/, completion],
	[/^cmi\.objectives\.\d+\.progress_measure$/, real(0, 1)],
	[/^cmi\.objectives\.\d+\.description$/, line(250)],
	[/^cmi\.interactions\.\d+\.id$/, identifier],
	[
		/^cmi\.interactions\.\d+\.type$/,
		word(
			'true-false',
			'choice',
			'fill-in',
			'long-fill-in',
			'likert',
			'matching',
			'performance',
			'sequencing',
			'numeric',
			'other',
		),
	],
	[/^cmi\.interactions\.\d+\.objectives\.\d+\.id$/, identifier],
	[/^cmi\.interactions\.\d+\.timestamp$/, timestamp],
	[/^cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern$/, line(4000)],
	[/^cmi\.interactions\.\d+\.weighting$/, real()],
	[/^cmi\.interactions\.\d+\.learner_response$/, line(4000)],
	[/^cmi\.interactions\.\d+\.result$/, result],
	[/^cmi\.interactions\.\d+\.latency$/, interval],
	[/^cmi\.interactions\.\d+\.description$/, line(250)],
];

/** short_identifier_type as all LMSs take it: no hyphens. */
const ID = '[A-Za-z0-9_.]{1,250}';
const list = (part: string) => new RegExp(`^(?:${part}(?:\\[,\\]${part})*)?$`);
const PAIR = `${ID}\\[\\.\\]${ID}`;
const RESPONSES: Record<string, RegExp> = {
	choice: list(ID),
	sequencing: list(ID),
	matching: list(PAIR),
	performance: list(PAIR),
	likert: new RegExp(`^${ID}$`),
	numeric: REAL,
};
const PATTERNS: Record<string, RegExp> = {
	...RESPONSES,
	numeric: /^-?\d{1,10}(?:\.\d{1,7})?\[:\]-?\d{1,10}(?:\.\d{1,7})?$/,
};

/**
 * Why a value must not be written to a SCORM 2004 element; undefined when it may.
 *
 * @param element the full name, for example `cmi.score.scaled`
 */
export function complaint2004(element: string, value: string): string | undefined {
	const found = ELEMENTS.find(([pattern]) => pattern.test(element));
	if (!found) return `${element} is no element that a course may write`;
	const reason = found[1](value);
	return reason && `${element} ${reason}: "${value.slice(0, 60)}"`;
}

/** Whether a response fits its interaction's type (section 4.2.9.2). */
export function fitsType2004(type: string, response: string): boolean {
	return RESPONSES[type]?.test(response) ?? false;
}

/** Whether a pattern of correct responses fits its interaction's type (section 4.2.9.1). */
export function fitsPattern2004(type: string, pattern: string): boolean {
	return PATTERNS[type]?.test(pattern) ?? false;
}

/** A timeinterval(second,10,2). */
export function timeinterval2004(milliseconds: number): string {
	const hundredths = Math.round(Math.max(0, milliseconds) / 10);
	const [h, m] = [Math.floor(hundredths / 360_000), Math.floor((hundredths % 360_000) / 6000)];
	const s = (hundredths % 6000) / 100;
	return `PT${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s || !(h || m) ? `${s}S` : ''}`;
}

/** A time(second,10,0) by the learner's clock. */
export function time2004(date: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day}T${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
