import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { note } from '#lib/server/audit.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { download, isFormat } from '#lib/server/spreadsheets/write.ts';
import { exportSheet, isTable } from '#lib/server/teaching/exports.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import { dayIn } from '#lib/teaching/rounds.ts';
import type { RequestHandler } from './$types';

/** A table of a group as a file; that it was taken is noted. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, url } = event;
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const followed = await followedGroup(db, db.read, user.id, params.group);
	const { table, format } = params;
	if (!isTable(table) || !isFormat(format)) error(404, { message: m.error_no_page() });
	const now = new Date();
	const from = { db, courses, ...followed, language: requestLanguage(event), now };
	const sheet = await exportSheet(from, table, Object.fromEntries(url.searchParams));
	await db.tx((tx) =>
		note(db, tx, {
			actor: user.id,
			action: 'results.exported',
			on: ['group', followed.group.id],
			details: { table, format },
		}),
	);
	return download(
		sheet,
		format,
		from.language,
		dayIn(followed.organisation.timeZone, now).toString(),
	);
};
