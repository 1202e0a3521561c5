import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { mayTeach } from '#lib/server/auth/people.ts';
import { readJson } from '#lib/server/http.ts';
import { MOST } from '#lib/server/preview/shelf.ts';
import type { RequestHandler } from './$types';

const wanted = v.object({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255)) });

/** Makes room for a package; its zip is then sent to `/api/previews/<token>` (`upload.ts`). */
export const POST: RequestHandler = async ({ request, locals: { user } }) => {
	if (!user || !mayTeach(user)) error(403, m.preview_only());
	const { name } = await readJson(request, wanted, 4096);
	const { shelf } = app().previews;
	const begun = await shelf.begin({ owner: user.id, name });
	if (!begun) error(409, m.preview_too_many({ most: MOST }));
	return json({ token: begun.token });
};
