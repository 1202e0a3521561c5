import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Letter } from './mailer.ts';

/** A link for choosing a new password. */
export function resetLetter(to: string, link: string, locale: Language): Letter {
	return {
		to,
		subject: m.mail_reset_subject({}, { locale }),
		text: m.mail_reset_text({ link }, { locale }),
	};
}
