import type { Status } from '#lib/teaching/standing.ts';
import { m } from '#lib/paraglide/messages.js';

/** Words that several pages for educators share. */

export function statusWord(status: Status | 'overdue'): string {
	switch (status) {
		case 'not-begun':
			return m.teach_progress_status_not_begun();
		case 'under-way':
			return m.teach_progress_status_under_way();
		case 'stuck':
			return m.teach_progress_status_stuck();
		case 'done':
			return m.teach_progress_status_done();
		case 'overdue':
			return m.teach_progress_status_overdue();
	}
}

/** Whole minutes; somebody who has been here at all has spent one. */
export function timeWord(seconds: number): string {
	const all = Math.ceil(seconds / 60);
	const hours = Math.floor(all / 60);
	const minutes = all % 60;
	return hours > 0
		? m.teach_progress_hours({ hours, minutes })
		: m.teach_progress_minutes({ minutes });
}

/** A day of a calendar, `2027-02-01`, as people write it. */
export function dayWord(day: string, language: string): string {
	const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
	return format.format(new Date(`${day}T00:00:00Z`));
}

/** A moment as a day somewhere. */
export function momentWord(at: Date, language: string, timeZone: string): string {
	return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(at);
}
