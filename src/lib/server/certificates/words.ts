import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';

/** Where somebody with the certificate in their hand asks whether it is real. */
export function verificationAddress(origin: string, language: Language, code: string): string {
	return `${origin}/${language}/verify/${code}`;
}

/** "6 h 30 min"; whole minutes, at least one. */
export function duration(minutes: number, locale: Language): string {
	const whole = Math.max(1, Math.round(minutes));
	const [hours, left] = [Math.floor(whole / 60), whole % 60];
	if (hours === 0) return m.certificate_minutes({ minutes: left }, { locale });
	if (left === 0) return m.certificate_hours({ hours }, { locale });
	return m.certificate_hours_minutes({ hours, minutes: left }, { locale });
}
