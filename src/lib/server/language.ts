import type { RequestEvent } from '@sveltejs/kit';
import { isLanguage, LANGUAGES, type Language } from '#lib/course/language.ts';

/** The language of a request: its address, else the one used last, else the browser's first that we speak. */
export function requestLanguage(
	event: Pick<RequestEvent, 'params' | 'cookies' | 'request'>,
): Language {
	const asked = (event.request.headers.get('accept-language') ?? '')
		.split(',')
		.map((part) => part.trim().slice(0, 2).toLowerCase());
	const all = [(event.params as { lang?: string }).lang, event.cookies.get('language'), ...asked];
	return all.find(isLanguage) ?? LANGUAGES[0];
}
