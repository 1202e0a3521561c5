import { openApi } from '#lib/server/api/openapi.ts';
import type { RequestHandler } from './$types';

/** How the API is used; anybody may read it. */
export const GET: RequestHandler = ({ url }) => Response.json(openApi(url.origin));
