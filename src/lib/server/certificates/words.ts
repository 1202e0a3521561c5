import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';

/** Where somebody with the certificate in their hand asks whether it is real. */
export function verificationAddress(origin: string, language: Language, code: string): string {
	return `${origin}/${language}/verify/${code}`;
}

/** A day as people write it: "10. januar 2027", "10 January 2027". In Denmark's time, as on paper. */
export function longDay(instant: string | Date, language: Language): string {
	return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
		dateStyle: 'long',
		timeZone: 'Europe/Copenhagen',
	}).format(new Date(instant));
}

/** "6 h 30 min"; whole minutes, at least one. */
export function duration(minutes: number, locale: Language): string {
	const whole = Math.max(1, Math.round(minutes));
	const [hours, left] = [Math.floor(whole / 60), whole % 60];
	if (hours === 0) return m.certificate_minutes({ minutes: left }, { locale });
	if (left === 0) return m.certificate_hours({ hours }, { locale });
	return m.certificate_hours_minutes({ hours, minutes: left }, { locale });
}
