import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import { packageName, PLAYER, readPlayer, zipped, type Wanted } from '#lib/packages/assemble.ts';
import { FORMATS, type FormatName } from '#lib/packages/formats.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from './app.ts';
import { mayTeach } from './auth/people.ts';

/** What somebody asks for, as a form sends it. */
const asked = v.object({
	format: v.picklist(Object.keys(FORMATS) as FormatName[]),
	languages: v.optional(v.picklist(['both', ...LANGUAGES]), 'both'),
	items: v.optional(v.picklist(['whole', 'lessons']), 'whole'),
});

/** The few that were made last: a package is asked for again sooner than another one. */
const made = new Map<string, Uint8Array>();
const MOST = 8;

/**
 * A package as a zip, and its name. It is put together when it is asked for.
 *
 * @throws HttpError 404 for a course without a built player, 400 for a choice that there is none of
 */
export function packageOf(
	course: string,
	query: URLSearchParams,
): { name: string; zip: Uint8Array } {
	const folder = playerOf(course);
	const wanted = wish(query);
	const name = packageName(readPlayer(folder).course, wanted);
	const zip = made.get(name) ?? zipped(folder, wanted);
	made.delete(name);
	made.set(name, zip);
	if (made.size > MOST) made.delete(made.keys().next().value!);
	return { name, zip };
}

function wish(query: URLSearchParams): Wanted {
	const read = v.safeParse(asked, Object.fromEntries(query));
	if (!read.success) error(400, { message: m.packages_unknown() });
	const { format, languages, items } = read.output;
	const split = items === 'lessons';
	if (split && !FORMATS[format].splits) error(400, { message: m.packages_not_split({ format }) });
	return { format, split, languages: languages === 'both' ? [...LANGUAGES] : [languages] };
}

/** Where the player of a course lies, which is one of ours. */
function playerOf(course: string): string {
	const folder = resolve(app().config.BUILD_DIR, 'packages', course);
	if (!existsSync(join(folder, PLAYER))) error(404, { message: m.packages_not_built() });
	return folder;
}

/** Educators and administrators only. */
export function mustTeach({ user }: App.Locals): void {
	if (!user || !mayTeach(user)) error(403, { message: m.packages_only() });
}
