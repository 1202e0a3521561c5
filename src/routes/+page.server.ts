import { redirect } from '@sveltejs/kit';
import { requestLanguage } from '#lib/server/language.ts';
import type { PageServerLoad } from './$types';

/** Sends a visitor to their language. */
export const load: PageServerLoad = (event) => {
	event.setHeaders({ vary: 'accept-language, cookie' });
	redirect(307, `/${requestLanguage(event)}`);
};
