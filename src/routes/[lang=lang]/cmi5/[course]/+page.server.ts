import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { offeredCourse } from '#lib/server/cmi5/courses.ts';
import { mayBrowse } from '#lib/server/cmi5/mode.ts';
import { ownView } from '#lib/server/cmi5/own.ts';
import { previewOrigin } from '#lib/server/preview/place.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

/** A course that came as a cmi5 package, and where the learner stands in it. */
export const load: PageServerLoad = async ({ locals, params, parent, url, setHeaders }) => {
	const user = mustBeMember(locals, params.lang);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const { db, config, previews } = app();
	const course = await offeredCourse(db, params.course);
	if (!course) error(404, { message: m.cmi5_no_course() });
	return {
		course: await ownView(db, course, user.id, language),
		mayBrowse: mayBrowse(user),
		isReachable: previewOrigin(config, previews.port, url) !== undefined,
	};
};
