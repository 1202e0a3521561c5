import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { courseOfKey, packagesFolder } from './courses.ts';

/** What opens the files of a course, and the rest of the address. */
const ADDRESS = /^\/([\w-]{32})(\/[^]*)$/;

export type CourseFiles = (
	request: IncomingMessage,
	response: ServerResponse,
	path: string,
) => Promise<boolean>;

/**
 * Hands out the files of courses that came as packages, on the origin of packages: below
 * `/cmi5/<key>/`. An archived course has none.
 *
 * @returns a function that answers and says true, or false for an address that leads nowhere
 */
export function courseFiles(db: Database, config: Pick<Config, 'DATA_DIR'>): CourseFiles {
	return async (request, response, path) => {
		const [, key = '', file = ''] = ADDRESS.exec(path) ?? [];
		const id = key === '' ? undefined : await courseOfKey(db, key);
		if (id === undefined) return false;
		const send = sirv(join(packagesFolder(config), id), {
			...{ dev: true, extensions: [], etag: true, dotfiles: true },
		});
		request.url = file;
		send(request, response);
		return true;
	};
}
