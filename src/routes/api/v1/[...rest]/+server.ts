import { m } from '#lib/paraglide/messages.js';
import { problemResponse } from '#lib/server/api/problem.ts';
import type { RequestHandler } from './$types';

/** A program that asks for what there is not gets an answer that it can read. */
export const GET: RequestHandler = ({ url }) =>
	problemResponse(404, m.teach_api_no_resource(), url.pathname);
