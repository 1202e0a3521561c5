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

/** Something is due for practice. `link` leads there, `settings` to where such letters are switched off. */
export function reminderLetter(
	to: string,
	words: { title: string; count: number; link: string; settings: string },
	locale: Language,
): Letter {
	return {
		to,
		subject: m.mail_reminder_subject({ count: words.count }, { locale }),
		text: m.mail_reminder_text(words, { locale }),
	};
}
