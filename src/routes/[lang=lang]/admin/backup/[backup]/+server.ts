import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { app } from '#lib/server/app.ts';
import { note } from '#lib/server/audit.ts';
import { filesOf, folderOf } from '#lib/server/backup/backups.ts';
import { tar, tarSize } from '#lib/server/backup/tar.ts';
import { mustAdminister } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** A backup as a tar. It holds everything about everybody, so that taking it is on record: a POST. */
export const POST: RequestHandler = async ({ params, locals }) => {
	const { id: actor } = mustAdminister(locals);
	const { db, config } = app();
	const folder = folderOf(config, params.backup);
	if (!folder) error(404, { message: m.error_no_page() });
	const names = await filesOf(folder);
	const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
	await db.tx((tx) =>
		note(db, tx, { actor, action: 'backup.downloaded', on: ['backup', params.backup] }),
	);
	const body = Readable.toWeb(Readable.from(tar(folder, names, params.backup)));
	return new Response(body as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': 'application/x-tar',
			'content-length': String(tarSize(sizes)),
			'content-disposition': `attachment; filename="${params.backup}.tar"`,
			// Packing it would cost the server dearly, and win little.
			'cache-control': 'no-store, no-transform',
		},
	});
};
