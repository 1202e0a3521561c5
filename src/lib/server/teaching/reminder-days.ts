import { Temporal } from 'temporal-polyfill';
import { dayIn, daysBetween, type Round } from '#lib/teaching/rounds.ts';
import type { Assignment } from './tasks.ts';

/** A reminder that is due: how many days before the due day (after it: negative). */
export interface DueReminder {
	daysBefore: number;
	/** Earlier ones that it stands for, as the server was off when their day came. */
	missed: number[];
	/** The day on which it is due. */
	day: string;
}

/** So many days late a reminder is still sent: the server was off, or another letter went that day. */
const LATE = 1;
/** The hour from which letters go out. */
const MORNING = 7;

/**
 * Which reminder of an assignment is due at a moment, where the organisation is: the newest whose day
 * has come, unless that was before yesterday. Nobody is reminded on the day on which they were asked,
 * nor before the round begins.
 */
export function reminderDue(
	{ reminders, createdAt }: Pick<Assignment, 'reminders' | 'createdAt'>,
	{ startsOn, dueOn }: Pick<Round, 'startsOn' | 'dueOn'>,
	timeZone: string,
	now: Date,
): DueReminder | undefined {
	if (dueOn === null || !isMorning(timeZone, now)) return undefined;
	const today = dayIn(timeZone, now).toString();
	const asked = dayIn(timeZone, createdAt).toString();
	const due = Temporal.PlainDate.from(dueOn);
	const fallen = [...new Set(reminders)]
		.map((daysBefore) => ({ daysBefore, day: due.subtract({ days: daysBefore }).toString() }))
		.filter(({ day }) => {
			const late = daysBetween(day, today);
			return late >= 0 && late <= LATE && day >= startsOn && day > asked;
		})
		.sort((a, b) => a.daysBefore - b.daysBefore);
	const [newest, ...missed] = fallen;
	return newest && { ...newest, missed: missed.map(({ daysBefore }) => daysBefore) };
}

/** Letters come in the morning, or later; not at night. */
export function isMorning(timeZone: string, now: Date): boolean {
	return hourIn(timeZone, now) >= MORNING;
}

function hourIn(timeZone: string, now: Date): number {
	return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).hour;
}

const HOUR = 60 * 60 * 1000;

/**
 * Whether somebody who had a letter at one moment may have another one: a day is a day wherever they
 * have to do with, and two letters around a midnight are one too many.
 */
export function isAnotherDay(last: Date | undefined, timeZones: string[], now: Date): boolean {
	if (!last) return true;
	if (now.getTime() - last.getTime() < 20 * HOUR) return false;
	return timeZones.every((zone) => dayIn(zone, last).toString() < dayIn(zone, now).toString());
}
