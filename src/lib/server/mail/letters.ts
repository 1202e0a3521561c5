import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { compose } from './compose.ts';
import type { Outgoing } from './queue.ts';

/** A link for choosing a new password. */
export function resetLetter(to: string, link: string, locale: Language): Outgoing {
	return {
		to,
		kind: 'reset',
		...compose({
			locale,
			subject: m.mail_reset_subject({}, { locale }),
			paragraphs: [m.mail_hello({}, { locale }), m.mail_reset_text({}, { locale })],
			action: { label: m.mail_reset_action({}, { locale }), href: link },
			footer: [m.mail_reset_not_you({}, { locale })],
		}),
	};
}
