import type { Language } from '#lib/course/language.ts';

/** A day as people write it: "10. januar 2027", "10 January 2027". In Denmark's time, as on paper. */
export function longDay(instant: string | Date, language: Language): string {
	return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
		dateStyle: 'long',
		timeZone: 'Europe/Copenhagen',
	}).format(new Date(instant));
}
