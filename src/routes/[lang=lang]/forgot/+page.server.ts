import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { forms, requestReset } from '#lib/server/auth/accounts.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { logError } from '#lib/server/log.ts';
import { resetLetter } from '#lib/server/mail/letters.ts';
import { enqueue } from '#lib/server/mail/queue.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async (event) => {
		const read = await readForm(event.request, forms.forgot);
		if ('trouble' in read) return read.trouble;
		const { email } = read.data;
		const mayTry =
			limits.forgot.allows(email) && limits.forgotFrom.allows(event.getClientAddress());
		if (!mayTry) return refuse({ refused: m.auth_too_often() }, read.values, 'main', 429);
		const language = requestLanguage(event);
		// Not awaited: neither the answer nor its time says whether the address is known.
		void sendLink(email, event.url.origin, language).catch((cause: unknown) =>
			logError('A letter could not be written:', cause),
		);
		return { sent: email };
	},
};

async function sendLink(email: string, origin: string, language: 'da' | 'en'): Promise<void> {
	const { db, box } = app();
	await requestReset(db, { email }, new Date(), (tx, token, userId) => {
		const letter = resetLetter(email, `${origin}/${language}/reset/${token}`, language);
		return enqueue(db, tx, box, [{ ...letter, userId }]);
	});
}
