import { readFileSync } from 'node:fs';
import type * as v from 'valibot';
import { lessonMatter } from '#lib/course/schema.ts';
import type { Mistake } from './mistakes.ts';
import { YamlFile } from './yaml-file.ts';

/** A `lesson.<language>.svx` as the loader sees it: its front matter, and what it places where. */
export interface LessonFile {
	file: string;
	matter: v.InferOutput<typeof lessonMatter> | undefined;
	/** Steps and placed activities, in order. */
	places: Place[];
	/** Each with the step that shows it. */
	metaphors: (Reference & { step: string })[];
	/** Links to other lessons and to facts. */
	links: Reference[];
	mistakes: Mistake[];
}

export interface Place {
	kind: 'step' | 'activity' | 'drill' | 'quiz';
	id: string;
	title?: string;
	minutes?: number;
	line: number;
}

export interface Reference {
	kind: 'metaphor' | 'lesson' | 'fact';
	id: string;
	line: number;
}

const MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;
const TAG = /<(\/?)([A-Z]\w*)\b([^>]*?)(\/?)>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;
const LINK = /\]\((lesson|fact):([^)\s]*)\)/g;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The words of a lesson without its front matter, and the line on which they begin. */
export function splitMatter(text: string): { matter: string; body: string; bodyLine: number } {
	const match = MATTER.exec(text);
	if (!match) return { matter: '', body: text, bodyLine: 1 };
	return {
		matter: match[1]!,
		body: text.slice(match[0].length),
		bodyLine: match[0].split('\n').length,
	};
}

/** Reads a lesson's prose for what the engine must know of it. Markdown itself is mdsvex's business. */
export function readLessonFile(file: string, text = readFileSync(file, 'utf8')): LessonFile {
	const { matter, body, bodyLine } = splitMatter(text);
	const yaml = new YamlFile(file, matter, 2);
	const lesson: LessonFile = {
		file,
		matter: yaml.read(lessonMatter),
		places: [],
		metaphors: [],
		links: [],
		mistakes: yaml.mistakes,
	};
	const lineAt = (offset: number) => body.slice(0, offset).split('\n').length + bodyLine - 1;
	readTags(body, lesson, lineAt);
	for (const match of body.matchAll(LINK))
		lesson.links.push({
			kind: match[1] as 'lesson' | 'fact',
			id: match[2]!,
			line: lineAt(match.index),
		});
	return lesson;
}

function readTags(body: string, lesson: LessonFile, lineAt: (offset: number) => number): void {
	let open: { line: number } | undefined;
	let end = 0;
	for (const match of body.matchAll(TAG)) {
		const [whole, closing, name, given] = match as unknown as [string, string, string, string];
		const line = lineAt(match.index);
		const complain = (message: string) =>
			lesson.mistakes.push({ file: lesson.file, line, message });
		if (!open && body.slice(end, match.index).trim() !== '')
			lesson.mistakes.push({
				file: lesson.file,
				line: lineAt(end + body.slice(end).search(/\S/)),
				message: 'text stands outside of every step; put it between <Step …> and </Step>',
			});
		end = match.index + whole.length;
		const attributes = Object.fromEntries(
			[...given.matchAll(ATTRIBUTE)].map((one) => [one[1]!, one[2]!]),
		);
		if (name === 'Step' && closing) {
			if (!open) complain('</Step> closes nothing');
			open = undefined;
		} else if (name === 'Step') {
			if (open) complain(`a <Step> begins inside the one of line ${open.line}; close that first`);
			open = { line };
			readStep(attributes, lesson, line, complain);
		} else if (name === 'Activity' || name === 'Drill' || name === 'Quiz') {
			if (open) complain(`<${name}> stands inside a step; put it after </Step>`);
			else if (readId(attributes, name, complain))
				lesson.places.push({
					kind: name.toLowerCase() as Place['kind'],
					id: attributes.id!,
					line,
				});
		} else if (name === 'Metaphor') {
			const step = open && lesson.places.at(-1)?.id;
			if (!step) complain('<Metaphor> stands outside of every step; put it into one');
			else if (readId(attributes, name, complain))
				lesson.metaphors.push({ kind: 'metaphor', id: attributes.id!, line, step });
		} else if (name !== 'InConsultation') {
			complain(
				`unknown element <${name}>; there are Step, InConsultation, Metaphor, Activity, Drill and Quiz`,
			);
		}
	}
	if (open)
		lesson.mistakes.push({
			file: lesson.file,
			line: open.line,
			message: 'this <Step> is not closed',
		});
	else if (body.slice(end).trim() !== '')
		lesson.mistakes.push({
			file: lesson.file,
			line: lineAt(end + body.slice(end).search(/\S/)),
			message: 'text stands outside of every step; put it between <Step …> and </Step>',
		});
}

function readStep(
	{ id, title, minutes }: Record<string, string>,
	lesson: LessonFile,
	line: number,
	complain: (message: string) => void,
): void {
	if (!readId({ id: id! }, 'Step', complain)) return;
	if (!title) return complain(`step "${id}" has no title; add title="…"`);
	const estimated = Number(minutes);
	if (!minutes || !(estimated >= 0.5 && estimated <= 60))
		return complain(`step "${id}" needs minutes="…", a number from 0.5 to 60`);
	lesson.places.push({ kind: 'step', id: id!, title, minutes: estimated, line });
}

function readId(
	{ id }: Record<string, string>,
	name: string,
	complain: (message: string) => void,
): boolean {
	if (id && ID.test(id) && id.length <= 48) return true;
	complain(
		id
			? `<${name} id="${id}">: an id is lower-case words joined by hyphens, at most 48 characters`
			: `<${name}> has no id; add id="…"`,
	);
	return false;
}
