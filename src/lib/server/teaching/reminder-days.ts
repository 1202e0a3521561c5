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
	/** Whether it tells that a later round has begun. */
	begins: boolean;
}

/** So many days late a reminder is still sent: the server was off, or another letter went that day. */
const LATE = 1;
/** The hour from which letters go out. */
const MORNING = 7;

/**
 * Which reminder of an assignment is due at a moment, where the organisation is: the newest whose day
 * has come, unless that was before yesterday. Nobody is reminded on the day on which they were asked,
 * nor before the round begins. The first day of every later round is one by itself, asked for or not.
 */
export function reminderDue(
	{ reminders, createdAt }: Pick<Assignment, 'reminders' | 'createdAt'>,
	round: Pick<Round, 'number' | 'startsOn' | 'dueOn'>,
	timeZone: string,
	now: Date,
): DueReminder | undefined {
	if (!isMorning(timeZone, now)) return undefined;
	const today = dayIn(timeZone, now).toString();
	const asked = dayIn(timeZone, createdAt).toString();
	const { number, startsOn, dueOn } = round;
	const last = lastDay(round);
	const due = Temporal.PlainDate.from(last);
	const days = new Set(dueOn === null ? [] : reminders);
	if (number > 0) days.add(daysBetween(startsOn, last));
	const fallen = [...days]
		.map((daysBefore) => ({ daysBefore, day: due.subtract({ days: daysBefore }).toString() }))
		.filter(({ day }) => {
			const late = daysBetween(day, today);
			return late >= 0 && late <= LATE && day >= startsOn && day > asked;
		})
		.sort((a, b) => a.daysBefore - b.daysBefore);
	const [newest, ...missed] = fallen;
	if (!newest) return undefined;
	const begins = number > 0 && fallen.some(({ day }) => day === startsOn);
	return { ...newest, missed: missed.map(({ daysBefore }) => daysBefore), begins };
}

/** The day that reminders of a round are counted from: its due day, or its first one where none is set. */
export function lastDay({ startsOn, dueOn }: Pick<Round, 'startsOn' | 'dueOn'>): string {
	return dueOn ?? startsOn;
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
