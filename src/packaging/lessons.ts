import type { Component } from 'svelte';
import { beside, finalTest, lessons, metaphors, pictures, search } from 'virtual:package-lessons';
import type { Language } from '#lib/course/language.ts';
import type { Localised } from '#lib/course/localise.ts';
import type { FinalTest, Lesson, QuestionGroup, Term } from '#lib/course/model.ts';
import { CONFIDENCE, FINAL_TEST, testStep } from '#lib/course/parts.ts';
import type { PackageContent } from '#lib/packages/assemble.ts';
import type { MetaphorProps } from '#lib/player/prose/context.ts';

/** A lesson's file: everything but the prose, which is a component. */
export interface LessonData {
	lesson: Localised<Lesson>;
	/** By id: the words of the metaphors that it shows. */
	metaphors: Record<string, MetaphorProps>;
}

export interface LessonContent {
	lesson: Localised<Lesson>;
	prose: () => Promise<Component>;
	metaphors: Record<
		string,
		{ props: MetaphorProps; picture: () => Promise<Component<MetaphorProps>> }
	>;
}

export function packageContent(): PackageContent {
	return JSON.parse(document.getElementById('content')!.textContent!) as PackageContent;
}

/** What stands beside the lessons, in one language. */
export interface BesideData {
	confidence?: Localised<Lesson>;
	glossary: Localised<Term>[];
	questions: Localised<QuestionGroup>[];
}

/** @throws when it cannot be fetched; asking again then tries again */
export function loadBeside(language: Language): Promise<BesideData> {
	return json(beside[language]!);
}

/**
 * The final test with its answers, for a package that has nobody else to score it.
 *
 * @throws when it cannot be fetched; asking again then tries again
 */
export function loadFinalTest(language: Language): Promise<Localised<FinalTest>> {
	return json(finalTest[language]!);
}

/** Where the search index of a language is. */
export function searchAddress(language: Language): string {
	return search[language]!;
}

export interface PackageMetaphor {
	id: string;
	props: MetaphorProps;
	Picture: Component<MetaphorProps>;
}

/**
 * All metaphors with their pictures.
 *
 * @throws when something of it cannot be fetched
 */
export async function loadMetaphors(language: Language): Promise<PackageMetaphor[]> {
	const words = await json<Record<string, MetaphorProps>>(metaphors[language]!);
	return Promise.all(
		Object.entries(words).map(async ([id, props]) => ({
			id,
			props,
			Picture: (await pictures[id]!()).default,
		})),
	);
}

async function json<T>(address: string): Promise<T> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return (await response.json()) as T;
}

const fetched = new Map<string, Promise<LessonContent>>();

/**
 * A lesson in a language; undefined when the package has none such.
 *
 * @throws when its file cannot be fetched; asking again then tries again
 */
export function loadLesson(id: string, language: Language): Promise<LessonContent> | undefined {
	const key = `${id}/${language}`;
	if (!lessons[key]) return undefined;
	const known = fetched.get(key);
	if (known) return known;
	const content = read(lessons[key]);
	fetched.set(key, content);
	content.catch(() => fetched.delete(key));
	return content;
}

async function read({ data, prose }: (typeof lessons)[string]): Promise<LessonContent> {
	const { lesson, metaphors } = await json<LessonData>(data);
	return {
		lesson,
		prose: async () => (await prose()).default,
		metaphors: Object.fromEntries(
			Object.entries(metaphors).map(([id, props]) => [
				id,
				{ props, picture: async () => (await pictures[id]!()).default },
			]),
		),
	};
}

/**
 * The definitions of a lesson, or of what is counted beside lessons.
 *
 * @throws when they cannot be fetched
 */
export async function unitNamed(
	id: string,
	language: Language,
): Promise<{ id: string; steps: unknown[] }> {
	const content = loadLesson(id, language);
	if (content) return (await content).lesson;
	if (id === FINAL_TEST && finalTest[language])
		return { id, steps: [testStep(await loadFinalTest(language))] };
	const { confidence } = await loadBeside(language);
	return id === CONFIDENCE && confidence ? confidence : { id, steps: [] };
}
