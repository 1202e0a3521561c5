import { join } from 'node:path';
import { error } from '@sveltejs/kit';
import { thinZip, type ThinFormat } from '#lib/packages/thin.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '../app.ts';
import { logError } from '../log.ts';
import type { Dispatch } from './dispatches.ts';
import { embedPath, playerOf } from './embed.ts';

/**
 * The thin package of a dispatch.
 *
 * @param origin under which learners reach this server
 * @throws 503 when the server was not built completely
 */
export function thinPackage(
	{ id, course: of, languages, tokenSealed }: Dispatch,
	format: ThinFormat,
	origin: string,
): { name: string; content: Uint8Array } {
	const { box, config } = app();
	const { course } = playerOf(of);
	const thin = {
		id,
		course,
		languages,
		address: `${origin}${embedPath(id)}/index.html`,
		token: box.open(tokenSealed),
	};
	try {
		const content = thinZip(join(config.BUILD_DIR, 'dispatch'), format, thin);
		return { name: `${of}-${format}-${id}`, content };
	} catch (cause) {
		logError('No thin package could be made:', cause);
		error(503, { message: m.dispatch_not_built() });
	}
}
