import { redirect } from '@sveltejs/kit';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { app } from '#lib/server/app.ts';
import { readForm } from '#lib/server/forms.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { sendTestLetter, tryAgain, tryAllAgain, viewQueue } from '#lib/server/mail/desk.ts';
import { mustAdminister } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	if (!locals.user || locals.user.isGuest) redirect(303, `/${params.lang}/login`);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { db, mailer, config } = app();
	return { goes: mailer.goes, from: config.MAIL_FROM, queue: await viewQueue(db) };
};

const chosen = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });

export const actions: Actions = {
	test: async (event) => {
		const { id } = mustAdminister(event.locals);
		const { db, mailer } = app();
		const { users } = db.tables;
		const [admin] = await db.read
			.select({ email: users.email })
			.from(users)
			.where(eq(users.id, id));
		const email = admin?.email ?? '';
		const tried = await sendTestLetter(db, mailer, { id, email }, requestLanguage(event));
		return { tried: { ...tried, email } };
	},
	again: async ({ request, locals }) => {
		mustAdminister(locals);
		const read = await readForm(request, chosen);
		if ('trouble' in read) return read.trouble;
		await tryAgain(app().db, read.data.id);
		return { done: true };
	},
	all: async ({ locals }) => {
		mustAdminister(locals);
		await tryAllAgain(app().db);
		return { done: true };
	},
};
