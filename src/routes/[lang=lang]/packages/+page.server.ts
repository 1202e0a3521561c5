import { redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { FORMATS, type FormatName } from '#lib/packages/formats.ts';
import { GUIDES } from '#lib/guides/index.ts';
import { mustTeach } from '#lib/server/packages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	mustTeach(locals);
	const { language } = await parent();
	return {
		courses: courses.map(({ id, title, version, review }) => ({
			id,
			version,
			title: title[language],
			isPending: review.state === 'pending',
		})),
		formats: Object.keys(FORMATS) as FormatName[],
		guides: GUIDES.map(({ id, name, format }) => ({ id, format, name: name[language] })),
	};
};
