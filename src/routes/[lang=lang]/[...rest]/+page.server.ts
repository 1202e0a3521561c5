import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { PageServerLoad } from './$types';

/** An address that leads nowhere still has the page around it: language, theme, the way home. */
export const load: PageServerLoad = () => error(404, { message: m.error_no_page() });
