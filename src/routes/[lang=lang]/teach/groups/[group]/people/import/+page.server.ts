import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { limits } from '#lib/server/auth/limits.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { pageOf } from '#lib/server/search.ts';
import { LARGEST_FILE } from '#lib/server/spreadsheets/read.ts';
import {
	confirmImport,
	countGood,
	dropImport,
	keepFile,
	previewImport,
} from '#lib/server/teaching/imports.ts';
import { followedGroup, groupToChange, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await followedGroup(db, db.read, user.id, params.group);
	const id = url.searchParams.get('file');
	const page = pageOf(url);
	const onlyProblems = url.searchParams.has('problems');
	const asked = { page, onlyProblems };
	const done = Number(url.searchParams.get('invited'));
	const leftOut = Number(url.searchParams.get('left'));
	return {
		page,
		onlyProblems,
		largest: LARGEST_FILE,
		done: Number.isSafeInteger(done) && done > 0 ? { invited: done, leftOut: leftOut || 0 } : null,
		preview: id ? await previewImport(db, user.id, params.group, id, asked) : null,
	};
};

/** What a form adds to its file. */
const FORM = 64 * 1024;
const chosen = v.object({ file: v.pipe(v.string(), v.maxLength(64)) });
const confirmed = v.object({ ...chosen.entries, language: v.picklist(LANGUAGES) });
type Event = RequestEvent & { params: { lang: string; group: string } };

export const actions: Actions = {
	upload: async (event) => {
		const user = await changing(event);
		const { request, params } = event;
		if (!limits.uploads.allows(user.id))
			return refuse({ refused: m.auth_too_often() }, {}, 'upload', 429);
		const file = await uploaded(request);
		if (file === 'too-large') {
			const megabytes = LARGEST_FILE / 1024 / 1024;
			const refused = m.teach_import_file_large({ megabytes });
			return refuse({ refused, field: 'file' }, {}, 'upload', 413);
		}
		if (!file)
			return refuse({ refused: m.teach_import_file_missing(), field: 'file' }, {}, 'upload');
		const kept = await keepFile(app().db, user.id, params.group, file);
		if (isRefusal(kept)) return refuse(kept, {}, 'upload');
		redirect(303, `${here(params)}?file=${kept.id}`);
	},
	confirm: async (event) => {
		const user = await changing(event);
		const { request, params, url } = event;
		const read = await readForm(request, confirmed, 'confirm');
		if ('trouble' in read) return read.trouble;
		const { db, box } = app();
		const { file, language } = read.data;
		const letters = await countGood(db, user.id, params.group, file);
		if (!limits.imports.allowsAll(user.id, letters))
			return refuse({ refused: m.teach_people_too_many_letters() }, {}, 'confirm', 429);
		const sender = { actor: user, origin: url.origin };
		const done = await confirmImport(db, box, sender, params.group, file, language);
		if (isRefusal(done)) return refuse(done, {}, 'confirm');
		redirect(303, `${here(params)}?invited=${done.invited}&left=${done.leftOut}`);
	},
	drop: async (event) => {
		const user = await changing(event);
		const read = await readForm(event.request, chosen, 'drop');
		if ('trouble' in read) return read.trouble;
		await dropImport(app().db, user.id, event.params.group, read.data.file);
		redirect(303, here(event.params));
	},
};

function here({ lang, group }: Event['params']): string {
	return `/${lang}/teach/groups/${group}/people/import`;
}

/** Who may change this group. */
async function changing({ locals, params }: Event) {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await groupToChange(db, db.read, user.id, params.group);
	return user;
}

/** The file of the form. One that says it is too large is not even taken in. */
async function uploaded(request: Request): Promise<File | 'too-large' | undefined> {
	if (Number(request.headers.get('content-length')) > LARGEST_FILE + FORM) return 'too-large';
	try {
		const file = (await request.formData()).get('file');
		return file instanceof File && (file.name !== '' || file.size > 0) ? file : undefined;
	} catch {
		// Longer than it said, or no form.
		return 'too-large';
	}
}
