import { error, redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { localise } from '#lib/course/localise.ts';
import { GUIDES } from '#lib/guides/index.ts';
import { m } from '#lib/paraglide/messages.js';
import { mustTeach } from '#lib/server/packages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	mustTeach(locals);
	const { language } = await parent();
	const guide = GUIDES.find(({ id }) => id === params.lms);
	if (!guide) error(404, { message: m.error_no_page() });
	return {
		guide: localise(guide, language),
		courses: courses.map(({ id, title }) => ({ id, title: title[language] })),
	};
};
