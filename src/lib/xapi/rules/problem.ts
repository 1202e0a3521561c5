export type XapiVersion = '1.0.3' | '2.0.0';

export interface Problem {
	/** JSON path of the offending value: `actor.mbox`, `[3].result.score.scaled`. */
	at: string;
	/** English: what is wrong and what is expected instead. */
	message: string;
}

/** What a check goes by, and where it says what it found. */
export interface Report {
	readonly version: XapiVersion;
	readonly problems: Problem[];
}

/** One rule for one value; it adds to the report's problems what is wrong. */
export type Rule = (value: unknown, at: string, report: Report) => void;

const NAME = /^[A-Za-z_$][\w$]*$/;

/** The path of a member or element: `actor` + `mbox`, `member` + 2, `extensions` + an IRI. */
export function inside(at: string, key: string | number): string {
	if (typeof key === 'number') return `${at}[${key}]`;
	if (!NAME.test(key)) return `${at}[${JSON.stringify(key)}]`;
	return at ? `${at}.${key}` : key;
}

const LONGEST = 60;

/** A value as a message may show it: short, and never a whole object. */
export function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return value.length ? 'an array' : 'an empty array';
	if (typeof value === 'object' && value) return 'an object';
	const text = JSON.stringify(value);
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
