import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { FORMATS, type Format, type FormatName } from './formats.ts';
import { itemsByLesson, oneItem } from './items.ts';
import type { LrsSetting } from './lrs-setting.ts';
import type { Course } from '#lib/course/model.ts';
import { zip } from './zip.ts';

/** What is known of a course's player once it is built; `player.json` beside its files. */
export interface Player {
	/** The course as packages carry it: without answers, and without the words of activities. */
	course: Course;
	/** By delivery: the paths of the files that it needs, apart from its page. */
	files: Record<string, string[]>;
}
export const PLAYER = 'player.json';
/** What the files with the answers of the final test are called; where a server scores it, they stay there. */
export const TEST_ANSWERS = 'final-test-answers';
/** The page of a delivery, in which title, language and course are still to be written. */
export const pageOf = (delivery: string) => `${delivery}.html`;

export interface Wanted {
	format: FormatName;
	/** The languages of the package; the first is that of its titles. */
	languages: Language[];
	/** Each lesson an item of its own. */
	split?: boolean;
	/** Where a static copy tells what learners do. */
	lrs?: LrsSetting;
}

/** @throws when no player was built there */
export function readPlayer(folder: string): Player {
	return JSON.parse(readFileSync(join(folder, PLAYER), 'utf8')) as Player;
}

/** What the package is called, without `.zip`. */
export function packageName(
	{ id, version }: Course,
	{ format, languages, split, lrs }: Wanted,
): string {
	const [language] = languages;
	const one = languages.length < LANGUAGES.length ? language : undefined;
	return [id, version, format, one, split ? 'lessons' : undefined, lrs ? 'lrs' : undefined]
		.filter(Boolean)
		.join('-');
}

/**
 * The files of a package by their paths: chosen from the player as it was built, with what the format
 * asks for. Needs no build, so that a server can do it when asked.
 *
 * @param folder where the player of the course was built
 */
export function assemble(folder: string, wanted: Wanted): Map<string, Uint8Array> {
	const { course, files } = readPlayer(folder);
	const { format, languages, split = false, lrs } = wanted;
	const { delivery, page: own, files: added }: Format = FORMATS[format];
	const read = (path: string) => readFileSync(join(folder, path));
	const chosen = new Map<string, Uint8Array>(
		files[delivery]!.filter((path) => isIn(path, languages)).map((path) => [path, read(path)]),
	);
	const content = { course, languages, ...(lrs ? { lrs } : {}) };
	const page = filledPage(folder, delivery, content, own);
	chosen.set('index.html', new TextEncoder().encode(page));
	const items = split ? itemsByLesson(course) : oneItem(course);
	const of = { course, languages, items, files: [...chosen.keys()].sort() };
	for (const [path, content] of Object.entries(added(of, (path) => chosen.get(path)!)))
		chosen.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
	return chosen;
}

/** A package as a zip. */
export function zipped(folder: string, wanted: Wanted): Uint8Array {
	return zip(assemble(folder, wanted));
}

/** Files in one language have it in their names: `lesson.da-3f2a.json`. */
export function isIn(path: string, languages: Language[]): boolean {
	const [, language] = /\.([a-z]{2})-[\w-]+\.(?:js|json)$/.exec(path) ?? [];
	return (
		!LANGUAGES.some((one) => one === language) || languages.some((wanted) => wanted === language)
	);
}

/** What the page of a package says where its format says nothing else. */
const PAGE: NonNullable<Format['page']> = {
	head: '<link rel="icon" href="data:," />',
	stuck: {
		da: 'Kurset åbnes … Sker der ikke mere, så åbn det i jeres læringssystem.',
		en: 'The course is opening … If nothing more happens, open it in your learning system.',
	},
};

/** The page of a delivery with all that stands in it. */
export function filledPage(
	folder: string,
	delivery: string,
	content: PackageContent,
	{ head, stuck } = PAGE,
): string {
	const [language] = content.languages;
	const page = readFileSync(join(folder, pageOf(delivery)), 'utf8')
		.replace('%head%', () => head)
		.replace('%stuck.da%', () => stuck.da)
		.replace('%stuck.en%', () => stuck.en);
	return fillPage(page, language!, content.course.title[language!], content);
}

/** Writes language, title and data into a page. */
export function fillPage(page: string, language: Language, title: string, content: object): string {
	const text = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return page
		.replace('%lang%', () => language)
		.replace('%title%', () => text)
		.replace('%content%', () => inScript(content));
}

/** What stands in the page of a package. */
export interface PackageContent {
	/** The course without facts and the words of its metaphors; of its activities only ids and types. */
	course: Course;
	/** The languages of the package, at least one. */
	languages: Language[];
	/** By a dispatch: the origins whose pages may show it; empty for any by https. */
	origins?: string[];
	/** In a static copy: where it tells what learners do. */
	lrs?: LrsSetting;
}

/** JSON that may stand in a `<script>` (html.spec.whatwg.org, "Restrictions for contents of script elements"). */
function inScript(value: object): string {
	return JSON.stringify(value).replaceAll('<', '\\u003c');
}
