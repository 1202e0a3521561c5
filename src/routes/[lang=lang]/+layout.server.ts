import type { LayoutServerLoad } from './$types';
import { isLanguage } from '#lib/course/language.ts';

export const load: LayoutServerLoad = ({ params, locals }) => ({
	language: isLanguage(params.lang) ? params.lang : 'da',
	user: locals.user && {
		id: locals.user.id,
		name: locals.user.name,
		role: locals.user.role,
		isGuest: locals.user.isGuest,
	},
});
