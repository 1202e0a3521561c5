import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { MODES } from '#lib/cmi5/session.ts';
import { isLanguage } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { offeredCourse } from '#lib/server/cmi5/courses.ts';
import { launchUnit } from '#lib/server/cmi5/launch.ts';
import { mayBrowse, modeFor } from '#lib/server/cmi5/mode.ts';
import { onTheWay } from '#lib/server/cmi5/on-the-way.ts';
import { languagesFrom } from '#lib/server/cmi5/own.ts';
import { readForm } from '#lib/server/forms.ts';
import { previewOrigin } from '#lib/server/preview/place.ts';
import { mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

const wanted = v.object({
	unit: v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number)),
	/** Only `Browse` says anything: all else follows from where the learner stands. */
	mode: v.optional(v.picklist(MODES)),
});

function isForm({ headers }: Request): boolean {
	const type = headers.get('content-type') ?? '';
	return /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);
}

/**
 * Launches a unit for the learner who asks, in the window that the form opens.
 *
 * @throws 403 for a learner who asks to look around: what they do counts
 */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db, config, previews } = app();
	const course = await offeredCourse(db, params.course);
	if (!course) error(404, { message: m.cmi5_no_course() });
	if (!isForm(request)) error(400, { message: m.cmi5_no_unit() });
	const read = await readForm(request, wanted);
	const packages = previewOrigin(config, previews.port, url);
	if ('trouble' in read) error(400, { message: m.cmi5_no_unit() });
	if (packages === undefined) error(503, { message: m.cmi5_unreachable() });
	const language = isLanguage(params.lang) ? params.lang : 'da';
	const { unit: at, mode: asked } = read.data;
	const onlyLooks = asked === 'Browse';
	if (onlyLooks && !mayBrowse(user)) error(403, { message: m.cmi5_may_not_browse() });
	const mode = onlyLooks ? asked : await modeFor(db, course, at, user.id);
	const address = await launchUnit(db, {
		...{ course, at, mode, packages, userId: user.id, site: url.origin },
		languages: languagesFrom(language).slice(0, 2),
		returnURL: `${url.origin}/${language}/cmi5/${course.id}`,
	});
	if (address === undefined) error(400, { message: m.cmi5_no_unit() });
	return onTheWay(address, language);
};
