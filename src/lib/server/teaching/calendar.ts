import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Attachment } from '../mail/compose.ts';
import type { Assignment } from './tasks.ts';

export interface DueDay {
	assignment: Pick<Assignment, 'id' | 'createdAt' | 'changedAt'>;
	/** Of the round. */
	round: { number: number; dueOn: string };
	summary: string;
	description: string;
	/** Where to go on. */
	href: string;
	isWithdrawn?: boolean;
}

/**
 * Due days as a file that calendars take: a whole day each, in no time zone, as it is the same day
 * for whoever looks. The UID belongs to the assignment and its round, and SEQUENCE grows with each
 * change (RFC 5545, 3.8.7.4), so that a later letter moves the day instead of adding another.
 */
export function calendarFile(days: DueDay[], filename: string, now: Date): Attachment {
	const calendar = ical({
		prodId: { company: 'Rygsamtalen', product: 'Assignments' },
		method: ICalCalendarMethod.PUBLISH,
	});
	for (const { assignment, round, summary, description, href, isWithdrawn } of days)
		calendar.createEvent({
			id: `${assignment.id}-${round.number}@${new URL(href).hostname}`,
			sequence: Math.ceil((assignment.changedAt.getTime() - assignment.createdAt.getTime()) / 1000),
			stamp: now,
			start: round.dueOn,
			allDay: true,
			summary,
			description,
			url: href,
			transparency: ICalEventTransparency.TRANSPARENT,
			status: isWithdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		});
	return {
		filename,
		contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
		content: calendar.toString(),
	};
}
