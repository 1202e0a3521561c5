import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { unitsOf, wordsIn } from '#lib/cmi5/structure.ts';
import { m } from '#lib/paraglide/messages.js';
import { PackageProblem } from '#lib/preview/problem.ts';
import { wordsFor } from '#lib/preview/words.ts';
import { app } from '#lib/server/app.ts';
import { addCourse, archiveCourse, listCourses } from '#lib/server/cmi5/courses.ts';
import { languagesFrom } from '#lib/server/cmi5/own.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { previewOrigin } from '#lib/server/preview/place.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const { db, config, previews } = app();
	const languages = languagesFrom(language);
	return {
		limit: config.PREVIEW_MB,
		isReachable: previewOrigin(config, previews.port, url) !== undefined,
		courses: (await listCourses(db)).map(({ structure, key: _key, ...one }) => ({
			...one,
			title: wordsIn(structure.title, languages),
			publisherId: structure.id,
			units: unitsOf(structure).map(({ id, title, moveOn, masteryScore, launchMethod }) => ({
				...{ id, moveOn, launchMethod, masteryScore: masteryScore ?? null },
				title: wordsIn(title, languages),
			})),
		})),
	};
};

const sent = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) });
const chosen = v.object({ id: v.pipe(v.string(), v.uuid()) });

export const actions: Actions = {
	add: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, sent, 'add');
		if ('trouble' in read) return read.trouble;
		const { db, config, previews } = app();
		try {
			const id = await addCourse({ db, config, shelf: previews.shelf }, read.data.token, actor);
			if (id === undefined) return refuse({ refused: m.admin_cmi5_gone() }, {}, 'add');
		} catch (problem) {
			if (!(problem instanceof PackageProblem)) throw problem;
			return refuse({ refused: wordsFor(problem) }, {}, 'add');
		}
		return { done: m.admin_cmi5_added() };
	},
	archive: (event) => archive(event, true),
	restore: (event) => archive(event, false),
};

async function archive(
	{ request, locals }: { request: Request; locals: App.Locals },
	isArchived: boolean,
) {
	const { id: actor } = mustAdminister(locals);
	const read = await readForm(request, chosen);
	if ('trouble' in read) return read.trouble;
	if (!(await archiveCourse(app().db, read.data.id, isArchived, actor)))
		error(404, { message: m.cmi5_no_course() });
	return { done: isArchived ? m.admin_cmi5_archived() : m.admin_cmi5_restored() };
}
