import { app } from '#lib/server/app.ts';
import { logError } from '#lib/server/log.ts';
import type { RequestHandler } from './$types';

/** 200 while the server and its database work, 503 when the database does not answer. */
export const GET: RequestHandler = async () => {
	const { db } = app();
	try {
		await db.read.select({ id: db.tables.users.id }).from(db.tables.users).limit(1);
	} catch (cause) {
		logError('Health check failed:', cause);
		return Response.json({ status: 'database' }, { status: 503 });
	}
	return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
};
