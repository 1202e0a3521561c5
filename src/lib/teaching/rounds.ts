import { Temporal } from 'temporal-polyfill';

/** When something is to be done. Days are days in a time zone, and the last one is included. */
export interface Schedule {
	/** `2027-02-01` */
	startsOn: string;
	dueOn: string | null;
	/** Comes again after so many months; null for once. */
	everyMonths: number | null;
	/** IANA name, for example `Europe/Copenhagen`. */
	timeZone: string;
}

/** One time that it is to be done. */
export interface Round {
	/** From 0. */
	number: number;
	startsOn: string;
	dueOn: string | null;
	opensAt: Date;
	/** The end of the due day; null without one. */
	closesAt: Date | null;
	/** What counts: everything (empty), or only what was done since this instant, ISO 8601 in UTC. */
	since: string;
}

/**
 * The round that a moment lies in: the last one that has begun, or the first before any has. In the
 * first round everything counts that the learner has ever done; each later one is done anew.
 */
export function roundAt(schedule: Schedule, now: Date): Round {
	const { everyMonths } = schedule;
	let found = roundOf(schedule, 0);
	if (!everyMonths) return found;
	// A guess by the calendar, corrected: months differ in length and days in hours.
	const today = dayIn(schedule.timeZone, now);
	const start = Temporal.PlainDate.from(schedule.startsOn);
	const { months } = start.until(today, { largestUnit: 'months' });
	for (let number = Math.max(0, Math.floor(months / everyMonths) - 1); ; number += 1) {
		const next = roundOf(schedule, number);
		if (number > 0 && next.opensAt > now) return found;
		found = next;
	}
}

/** @param number from 0 */
export function roundOf(
	{ startsOn, dueOn, everyMonths, timeZone }: Schedule,
	number: number,
): Round {
	// Always counted from the first one, so that a 31st comes back after a February.
	const later = (day: string) =>
		Temporal.PlainDate.from(day)
			.add({ months: number * (everyMonths ?? 0) })
			.toString();
	const starts = later(startsOn);
	const due = dueOn && later(dueOn);
	const opensAt = startOfDay(starts, timeZone);
	return {
		number,
		startsOn: starts,
		dueOn: due,
		opensAt,
		closesAt: due ? endOfDay(due, timeZone) : null,
		since: number === 0 ? '' : opensAt.toISOString(),
	};
}

/** The first moment of a day, also where clocks skip midnight. */
export function startOfDay(day: string, timeZone: string): Date {
	const { epochMilliseconds } = Temporal.PlainDate.from(day).toZonedDateTime(timeZone);
	return new Date(epochMilliseconds);
}

/** The moment at which a day is over, however many hours it had. */
export function endOfDay(day: string, timeZone: string): Date {
	return startOfDay(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), timeZone);
}

/** Which day it is somewhere. */
export function dayIn(timeZone: string, now: Date): Temporal.PlainDate {
	return Temporal.Instant.fromEpochMilliseconds(now.getTime())
		.toZonedDateTimeISO(timeZone)
		.toPlainDate();
}

/** Whole days from one day to another; negative when the other one is earlier. */
export function daysBetween(from: string, to: string): number {
	return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' })
		.days;
}

/** Whether a text is a day that exists, such as `2027-02-28`. */
export function isDay(text: string): boolean {
	try {
		return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
	} catch {
		return false;
	}
}

/** Whether a text is the name of a time zone that is known here. */
export function isTimeZone(text: string): boolean {
	try {
		Temporal.Now.plainDateISO(text);
		return text.includes('/') || text === 'UTC';
	} catch {
		return false;
	}
}
