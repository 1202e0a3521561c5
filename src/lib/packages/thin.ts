import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { fillPage } from './assemble.ts';
import { FORMATS } from './formats.ts';
import { oneItem } from './items.ts';
import { zip } from './zip.ts';

/** The formats of thin packages, and the version of SCORM that each speaks. */
const VERSIONS = {
	scorm12: 'scorm12',
	'scorm2004-3rd': 'scorm2004',
	'scorm2004-4th': 'scorm2004',
} as const satisfies Partial<Record<keyof typeof FORMATS, 'scorm12' | 'scorm2004'>>;
export type ThinFormat = keyof typeof VERSIONS;
export const THIN_FORMATS = Object.keys(VERSIONS) as ThinFormat[];

export function isThinFormat(value: string): value is ThinFormat {
	return Object.hasOwn(VERSIONS, value);
}

/** What stands in the page of a thin package. */
export interface ThinContent {
	title: string;
	/** The page of the player on our server. */
	address: string;
	/** What lets this package in there. */
	token: string;
	scorm: 'scorm12' | 'scorm2004';
	/** At least one; the first is that of titles. */
	languages: Language[];
}

export interface ThinPackage {
	/** Told apart from other packages of the course by its id. */
	id: string;
	course: Course;
	languages: Language[];
	address: string;
	token: string;
}

/**
 * A thin package as a zip: a page that opens our server's player inside of an LMS.
 *
 * @param folder where the page of thin packages was built
 * @throws when it was not
 */
export function thinZip(folder: string, format: ThinFormat, thin: ThinPackage): Uint8Array {
	const { course, languages, address, token } = thin;
	const [language] = languages;
	const title = course.title[language!];
	const content: ThinContent = { title, address, token, scorm: VERSIONS[format], languages };
	const page = fillPage(
		readFileSync(join(folder, 'index.html'), 'utf8'),
		language!,
		title,
		content,
	);
	const files = new Map<string, Uint8Array>([['index.html', new TextEncoder().encode(page)]]);
	for (const name of readdirSync(join(folder, 'assets')))
		files.set(`assets/${name}`, readFileSync(join(folder, 'assets', name)));
	// An LMS that holds the whole course, too, must not take one for the other.
	const named = { ...course, id: `${course.id}-${thin.id}` };
	const added = FORMATS[format].files({
		course: named,
		languages,
		items: oneItem(named),
		files: [...files.keys()].sort(),
	});
	for (const [path, text] of Object.entries<string | Uint8Array>(added))
		files.set(path, typeof text === 'string' ? new TextEncoder().encode(text) : text);
	return zip(files);
}
