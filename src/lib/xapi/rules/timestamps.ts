import type { XapiVersion } from './problem.ts';

const RFC_3339 =
	/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/i;
/** What ISO 8601 allows beyond: no zone or a short one, fewer parts, a comma, the basic format. */
const EXTENDED =
	/^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2}))?)?([.,]\d+)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/;
const BASIC =
	/^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(?:(\d{2})(?:(\d{2}))?)?([.,]\d+)?(?:Z|([+-])(\d{2}):?(\d{2})?)?)?$/;

interface Parts {
	/** Milliseconds since 1970 of the whole seconds, in UTC. */
	second: number;
	/** What follows the second, as it was written: digits, or nothing. */
	digits: string;
}

/**
 * Whether a text is a point in time: RFC 3339 in 2.0 (section 4.2.7), ISO 8601 in 1.0.3 (Data 4.5),
 * extended or basic. Days that no calendar has and offsets of minus zero are refused in both.
 */
export function isTimestamp(value: unknown, version: XapiVersion): value is string {
	return typeof value === 'string' && read(value, version) !== undefined;
}

/**
 * The same point in time in UTC, with milliseconds or what is finer as it was written; a time
 * without a zone is taken for UTC. What is no timestamp comes back as it is.
 */
export function toUtc(timestamp: string): string {
	const parts = read(timestamp, '1.0.3');
	if (!parts) return timestamp;
	const [whole] = new Date(parts.second).toISOString().split('.');
	return `${whole}.${parts.digits.padEnd(3, '0')}Z`;
}

/** The point in time in milliseconds since 1970; NaN for what is no timestamp. */
export function instantOf(timestamp: string): number {
	const parts = read(timestamp, '1.0.3');
	return parts ? parts.second + Number(parts.digits.slice(0, 3).padEnd(3, '0')) : NaN;
}

function read(text: string, version: XapiVersion): Parts | undefined {
	const found =
		RFC_3339.exec(text) ?? (version === '1.0.3' ? (EXTENDED.exec(text) ?? BASIC.exec(text)) : null);
	if (!found) return undefined;
	const at = (index: number) => Number(found[index] ?? 0);
	const [year, month, day, hour, minute, second] = [at(1), at(2), at(3), at(4), at(5), at(6)];
	if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
	const isEndOfDay = version === '1.0.3' && hour === 24 && minute + second === 0;
	// A leap second has the number 60.
	if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 60) return undefined;
	const offset = at(9) * 60 + at(10);
	if (at(9) > 23 || at(10) > 59 || (found[8] === '-' && offset === 0)) return undefined;
	const start = new Date(0);
	// Date.UTC would take the years 0 to 99 for those of the last century.
	start.setUTCFullYear(year, month - 1, day);
	start.setUTCHours(hour, minute, second);
	const local = start.getTime() - (found[8] === '-' ? -offset : offset) * 60_000;
	const digits = found[7]?.slice(1) ?? '';
	if (found[6] !== undefined || !digits) return { second: local, digits };
	// The fraction is one of an hour or a minute.
	const unit = found[5] === undefined ? 3_600_000 : 60_000;
	const milliseconds = Math.round(Number(`0.${digits}`) * unit);
	return {
		second: local + Math.floor(milliseconds / 1000) * 1000,
		digits: String(milliseconds % 1000).padStart(3, '0'),
	};
}

/** How many days a month has, January being 1. */
function daysIn(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
