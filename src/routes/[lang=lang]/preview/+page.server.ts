import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { mayTeach } from '#lib/server/auth/people.ts';
import type { SessionUser } from '#lib/server/auth/sessions.ts';
import { readForm } from '#lib/server/forms.ts';
import { previewOrigin } from '#lib/server/preview/place.ts';
import type { Actions, PageServerLoad } from './$types';

const chosen = v.object({ token: v.string() });

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	const user = previewer(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { config, previews } = app();
	const origin = previewOrigin(config, previews.port, url);
	const mine = await previews.shelf.list(user.id);
	return {
		isReachable: origin !== undefined,
		limit: config.PREVIEW_MB,
		previews: mine.flatMap(({ token, name, createdAt, package: found }) =>
			found
				? [
						{
							token,
							name,
							createdAt,
							title: found.title,
							format: found.format,
							href: `${origin ?? ''}/${token}/?lang=${params.lang}`,
						},
					]
				: [],
		),
	};
};

export const actions: Actions = {
	remove: async ({ request, locals }) => {
		const user = previewer(locals);
		const read = await readForm(request, chosen);
		if ('trouble' in read) return read.trouble;
		const { shelf } = app().previews;
		const found = await shelf.find(read.data.token);
		if (found?.owner === user.id) await shelf.remove(found.token);
		return { done: true };
	},
};

function previewer({ user }: App.Locals): SessionUser {
	if (!user || !mayTeach(user)) error(403, { message: m.preview_only() });
	return user;
}
