import { app } from '#lib/server/app.ts';
import { serveRecords } from '#lib/server/lrs/http/serve.ts';
import type { RequestHandler } from './$types';

/** The record store (docs/xapi.md): everything below the endpoint. */
const answer: RequestHandler = ({ request, params, getClientAddress }) => {
	const { db, config } = app();
	return serveRecords({
		db,
		request,
		resource: params.resource,
		base: '/xapi',
		address: getClientAddress(),
		usual: config.XAPI_VERSION,
		limit: config.XAPI_MB * 1024 * 1024,
	});
};

export const GET = answer;
export const HEAD = answer;
export const PUT = answer;
export const POST = answer;
export const DELETE = answer;
export const OPTIONS = answer;
