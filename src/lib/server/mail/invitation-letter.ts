import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { compose, type Composed } from './compose.ts';

export interface InvitationWords {
	/** Of the person who is invited, where it is known. */
	name: string | null;
	/** Of the educator who invites. */
	from: string;
	group: string;
	organisation: string;
	link: string;
	expiresAt: Date;
	/** In which the last day is told. */
	timeZone: string;
}

/** Asks somebody into a group, and says what its educators will see. */
export function invitationLetter(words: InvitationWords, locale: Language): Composed {
	const { name, from, group, organisation } = words;
	const day = dayFormat(locale, words.timeZone).format(words.expiresAt);
	return compose({
		locale,
		subject: m.join_mail_subject({ group }, { locale }),
		paragraphs: [
			name ? m.join_mail_hello({ name }, { locale }) : m.join_mail_hello_nobody({}, { locale }),
			m.join_mail_text({ from, group, organisation }, { locale }),
			m.join_mail_sees({}, { locale }),
		],
		action: { label: m.join_mail_action({}, { locale }), href: words.link },
		footer: [m.join_mail_foot({ day }, { locale })],
	});
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each language and time zone: thousands of letters may go at once. */
function dayFormat(locale: Language, timeZone: string): Intl.DateTimeFormat {
	const key = `${locale} ${timeZone}`;
	const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
	formats.set(key, made);
	return made;
}
