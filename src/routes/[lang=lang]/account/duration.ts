import { m } from '#lib/paraglide/messages.js';

/** Seconds in hours and whole minutes, for people; rounded down, as time that was not spent is not claimed. */
export function durationLabel(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return m.account_time_minutes({ minutes });
	return m.account_time({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
