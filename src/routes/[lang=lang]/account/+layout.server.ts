import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/**
 * For people with an account. Guests, too, can read and delete what they have left here: for that
 * they need these pages' frame.
 */
export const load: LayoutServerLoad = ({ locals, params, setHeaders }) => {
	if (!locals.user) redirect(303, `/${params.lang}/login`);
	setHeaders({ 'cache-control': 'no-store' });
};
