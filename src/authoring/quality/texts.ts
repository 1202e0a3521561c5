import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { activitiesOf, type Activity, type Course } from '#lib/course/model.ts';
import type { Text } from '#lib/course/text.ts';
import { splitMatter } from '../lesson-file.ts';
import type { LoadedLesson } from '../load-lesson.ts';
import type { YamlFile } from '../yaml-file.ts';

/** A learner-facing text in both languages, with its place. */
export interface Words {
	text: Text;
	/** What it is: the key that it stands under, such as `why` or `reply`. */
	role: string;
	/** Ids and keys that lead to it, for people: `karin › start › reply`. */
	name: string;
	file: string;
	line?: number;
}

/** A paragraph of a lesson's prose, without its markup. */
export interface Paragraph {
	language: Language;
	words: string;
	file: string;
	line: number;
	/** Whether it is the lesson’s title or message rather than its prose. */
	matter: boolean;
}

/** Every text of a lesson that is not prose. */
export function textsOf({ lesson, folder, where }: LoadedLesson): Words[] {
	const file = join(folder, 'activities.yaml');
	const steps = lesson.steps.flatMap((step): Words[] => [
		{ text: step.title, role: 'title', name: `${step.id} › title`, file },
		...(step.kind === 'set' && step.intro
			? [{ text: step.intro, role: 'intro', name: `${step.id} › intro`, file }]
			: []),
	]);
	const activities = lesson.steps.flatMap(activitiesOf).flatMap((activity) => {
		const found = where(activity.id);
		return found ? activityTexts(activity, found.file, found.path) : [];
	});
	return [...steps, ...activities];
}

/** The texts of one activity; `path` leads to it in its file. */
export function activityTexts(activity: Activity, file: YamlFile, path: Path): Words[] {
	return [...walk(activity)].map(({ text, path: inside, names }) => ({
		text,
		role: roleOf(inside),
		name: names.join(' › '),
		file: file.file,
		line: file.lineOf([...path, ...inside]),
	}));
}

/** The words of a course's metaphors. */
export function metaphorTexts(course: Course, folder: string): Words[] {
	return course.metaphors.flatMap((metaphor) =>
		[...walk(metaphor)].map(({ text, path, names }) => ({
			text,
			role: String(path.at(-1)),
			name: names.join(' › '),
			file: join(folder, 'metaphors', metaphor.id, 'metaphor.yaml'),
		})),
	);
}

type Path = (string | number)[];

function* walk(
	value: unknown,
	path: Path = [],
	names: string[] = [],
): Generator<{ text: Text; path: Path; names: string[] }> {
	if (typeof value !== 'object' || value === null) return;
	if (isText(value)) {
		yield { text: value, path, names };
		return;
	}
	const id = (value as { id?: unknown }).id;
	const here = typeof id === 'string' ? [...names, id] : names;
	for (const [key, part] of Object.entries(value)) {
		const step = Array.isArray(value) ? Number(key) : key;
		yield* walk(part, [...path, step], isText(part) ? [...here, String(key)] : here);
	}
}

function isText(value: unknown): value is Text {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.keys(value).length === LANGUAGES.length &&
		LANGUAGES.every((language) => typeof (value as Text)[language] === 'string')
	);
}

/** Two places share a key and are not alike: an ending tells a story, a pose paints a picture. */
function roleOf(path: Path): string {
	if (path[0] === 'endings') return `ending-${String(path.at(-1))}`;
	if (path[0] === 'poses') return 'pose';
	if (path.includes('variants')) return 'says';
	if (path[0] === 'replies') return 'reply';
	const key = path.findLast((one) => typeof one === 'string');
	return String(key);
}

/**
 * The prose of a lesson, paragraph by paragraph; title and message stand before it. The objective is
 * left out: its numbers measure the learner.
 */
export function paragraphsOf({ files }: LoadedLesson): Paragraph[] {
	return files.flatMap(([language, file]) => {
		const { matter, body, bodyLine } = splitMatter(readFileSync(file, 'utf8'));
		const of = (text: string, first: number, title: boolean) =>
			text.split('\n').flatMap((line, at) => {
				const words = plain(line);
				return words === '' ? [] : [{ language, words, file, line: first + at, matter: title }];
			});
		return [
			...of(matter.replaceAll(/^objective:.*$/gm, '').replaceAll(/^\w+:\s*/gm, ''), 2, true),
			...of(body, bodyLine, false),
		];
	});
}

/** A line without tags, list marks, emphasis and the addresses of links; titles of steps stay. */
export function plain(line: string): string {
	return line
		.replaceAll(/<Step\b[^>]*\btitle="([^"]*)"[^>]*>/g, '$1')
		.replaceAll(/<[^>]*>/g, '')
		.replaceAll(/\]\([^)]*\)/g, '')
		.replaceAll(/^\s*(?:#+|[-*]|\d+\.)\s+/g, '')
		.replaceAll(/[[\]*_`]/g, '')
		.trim();
}
