import { redirect } from '@sveltejs/kit';
import { readCode } from '#lib/certificates/code.ts';
import type { PageServerLoad } from './$types';

/** A form to type a code into. A code that was mistyped stays in it, with what is wrong. */
export const load: PageServerLoad = ({ params, url, setHeaders }) => {
	setHeaders({ 'x-robots-tag': 'noindex' });
	const typed = url.searchParams.get('code');
	if (typed === null) return { typed: '' };
	const read = readCode(typed);
	if ('code' in read) redirect(303, `/${params.lang}/verify/${read.code}`);
	return { typed: typed.slice(0, 60), wrong: read.wrong };
};
