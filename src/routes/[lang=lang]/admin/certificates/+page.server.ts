import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { publicKeys, rotateKeys } from '#lib/server/certificates/keys.ts';
import { findCertificates, revoke, revokeForm } from '#lib/server/certificates/revoke.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const search = url.searchParams.get('q') ?? '';
	const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
	const { found, total, pages } = await findCertificates(app().db, search, page);
	return {
		search,
		page,
		total,
		pages,
		found: found.map(({ course, ...one }) => ({ ...one, course: course[language] })),
		keys: (await publicKeys(app().db)).map(({ id, madeAt }) => ({ id, madeAt })),
	};
};

export const actions: Actions = {
	revoke: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, revokeForm, 'revoke');
		if ('trouble' in read) return read.trouble;
		const done = await revoke(app().db, actor, read.data);
		return isRefusal(done) ? refuse(done, {}, 'revoke') : { done: 'revoke' as const };
	},
	keys: async ({ locals }) => {
		const { id: actor } = mustAdminister(locals);
		const { db, box } = app();
		await rotateKeys(db, box, actor);
		return { done: 'keys' as const };
	},
};
