import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';

/**
 * A page that leads on to a unit at once. A redirect would not do: a form of ours may not lead to
 * another origin (CSP `form-action`), and units live on one.
 */
export function onTheWay(address: string, locale: Language): Response {
	const href = escaped(address);
	const html = `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url=${href}">
<title>${escaped(m.cmi5_opening({}, { locale }))}</title>
<p><a href="${href}">${escaped(m.cmi5_opening({}, { locale }))}</a></p>
`;
	return new Response(html, {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'",
		},
	});
}

function escaped(text: string): string {
	return text.replaceAll(
		/[&<>"']/g,
		(one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one]!,
	);
}
