import { redirect } from '@sveltejs/kit';
import { isLanguage, LANGUAGES } from '#lib/course/language.ts';
import type { PageServerLoad } from './$types';

/** Sends a visitor to their language: the one used last, else the browser's first that we speak, else Danish. */
export const load: PageServerLoad = ({ cookies, request, setHeaders }) => {
	setHeaders({ vary: 'accept-language, cookie' });
	const used = cookies.get('language');
	const asked = (request.headers.get('accept-language') ?? '')
		.split(',')
		.map((part) => part.trim().slice(0, 2).toLowerCase());
	const language = [used, ...asked].find(isLanguage) ?? LANGUAGES[0];
	redirect(307, `/${language}`);
};
