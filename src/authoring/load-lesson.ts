import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { schemas } from '#lib/activities/schemas.ts';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import type { Activity, Lesson, Step } from '#lib/course/model.ts';
import { activitiesFile } from '#lib/course/schema.ts';
import type { Text } from '#lib/course/text.ts';
import { readLessonFile, type LessonFile, type Place, type Reference } from './lesson-file.ts';
import type { Mistake } from './mistakes.ts';
import { LANGUAGE_NAMES, YamlFile } from './yaml-file.ts';

export interface LoadedLesson {
	lesson: Lesson;
	folder: string;
	mistakes: Mistake[];
	files: [Language, string][];
	/** Every reference to something outside of the lesson, with its place. */
	references: (Reference & { file: string })[];
	/** Where each activity is written, for mistakes found later. */
	where(activity: string): Where | undefined;
}

interface Where {
	file: YamlFile;
	path: (string | number)[];
}

interface Written extends Where {
	step: Step;
	kind: Exclude<Place['kind'], 'step'>;
}

/** Reads a lesson's folder: the prose decides on the steps and their order, the YAML files fill them. */
export function loadLesson(folder: string, id: string): LoadedLesson {
	const mistakes: Mistake[] = [];
	const prose = readProse(folder, mistakes);
	const places = new Map<string, Where>();
	const yamlFiles = ['vignette.yaml', 'activities.yaml']
		.map((name) => join(folder, name))
		.filter((file) => existsSync(file))
		.map((file) => new YamlFile(file));
	const written = readActivities(yamlFiles, places);
	const [first, ...others] = prose;
	for (const other of others) mistakes.push(...sameSteps(first!, other));

	const steps = (first?.lesson.places ?? []).flatMap((place): Step[] => {
		if (place.kind === 'step') return [readingStep(place, prose)];
		const found = written.get(place.id);
		if (found?.kind === place.kind) return [found.step];
		// What is not readable may well hold it.
		if (yamlFiles.every((file) => file.mistakes.length === 0))
			mistakes.push({
				file: first!.lesson.file,
				line: place.line,
				message: nothingSuch(place, found),
			});
		return [];
	});
	for (const { step, kind, file, path } of written.values())
		if (prose.length > 0 && !first!.lesson.places.some((place) => place.id === step.id))
			file.complain(path, `is placed nowhere; put <${tag(kind)} id="${step.id}" /> into the prose`);

	const matter = (key: 'title' | 'objective' | 'message') =>
		Object.fromEntries(
			LANGUAGES.map((language) => [
				language,
				prose.find((one) => one.language === language)?.lesson.matter?.[key] ?? '',
			]),
		) as Text;
	return {
		lesson: {
			id,
			title: matter('title'),
			objective: matter('objective'),
			message: matter('message'),
			steps,
		},
		folder,
		files: prose.map(({ language, lesson }) => [language, resolve(lesson.file)]),
		references: prose.flatMap(({ lesson }) =>
			[...lesson.metaphors, ...lesson.links].map((one) => ({ ...one, file: lesson.file })),
		),
		get mistakes() {
			return [...mistakes, ...yamlFiles.flatMap((file) => file.mistakes)];
		},
		where: (activity) => places.get(activity),
	};
}

interface Prose {
	language: Language;
	lesson: LessonFile;
}

function readProse(folder: string, mistakes: Mistake[]): Prose[] {
	return LANGUAGES.flatMap((language) => {
		const file = join(folder, `lesson.${language}.svx`);
		if (!existsSync(file)) {
			mistakes.push({
				file,
				message: `is missing: the lesson has no ${LANGUAGE_NAMES[language]} text`,
			});
			return [];
		}
		const lesson = readLessonFile(file);
		mistakes.push(...lesson.mistakes);
		return [{ language, lesson }];
	});
}

/** Both languages place the same things in the same order, or progress would not fit both. */
function sameSteps(first: Prose, other: Prose): Mistake[] {
	const list = ({ lesson }: Prose) => lesson.places.map((place) => `${place.kind} "${place.id}"`);
	const [expected, found] = [list(first), list(other)];
	const at = expected.findIndex((one, index) => one !== found[index]);
	if (at < 0 && found.length === expected.length) return [];
	const index = at < 0 ? expected.length : at;
	return [
		{
			file: other.lesson.file,
			line: other.lesson.places[index]?.line,
			message: `has ${found[index] ?? 'nothing'} where the ${LANGUAGE_NAMES[first.language]} text has ${expected[index] ?? 'nothing'}; both languages need the same steps in the same order`,
		},
	];
}

function readingStep(place: Place, prose: Prose[]): Step {
	const title = Object.fromEntries(
		prose.map(({ language, lesson }) => [
			language,
			lesson.places.find((one) => one.id === place.id)?.title ?? place.title!,
		]),
	) as Text;
	const metaphors = (prose[0]?.lesson.metaphors ?? [])
		.filter((one) => one.step === place.id)
		.map((one) => one.id);
	return { kind: 'read', id: place.id, title, minutes: place.minutes!, metaphors };
}

function tag(kind: string): string {
	return kind[0]!.toUpperCase() + kind.slice(1);
}

function nothingSuch(place: Place, found: Written | undefined): string {
	if (found)
		return `"${place.id}" is a ${found.kind}, so place it as <${tag(found.kind)} id="${place.id}" />`;
	return `there is no ${place.kind} "${place.id}" in activities.yaml or vignette.yaml`;
}

/** Everything that the prose can place, by id. */
function readActivities(files: YamlFile[], places: Map<string, Where>): Map<string, Written> {
	const written = new Map<string, Written>();
	const add = (one: Written) => {
		if (written.has(one.step.id))
			one.file.complain([...one.path, 'id'], 'is taken already in the lesson; choose another id');
		else written.set(one.step.id, one);
	};
	const activity = (file: YamlFile, path: Where['path']) => {
		const read = readActivity(file, path);
		if (!read) return undefined;
		if (places.has(read.id))
			file.complain([...path, 'id'], 'is taken already in the lesson; choose another id');
		places.set(read.id, { file, path });
		return read;
	};
	for (const file of files) {
		if (file.file.endsWith('vignette.yaml')) addVignette(file, activity, add);
		else addActivities(file, activity, add);
	}
	return written;
}

type ReadOne = (file: YamlFile, path: Where['path']) => Activity | undefined;

function addVignette(file: YamlFile, activity: ReadOne, add: (one: Written) => void): void {
	const read = activity(file, []) as (Activity & { title: Text; minutes: number }) | undefined;
	if (!read) return;
	const { id, title, minutes } = read;
	const step: Step = { kind: 'activity', id, title, minutes, activity: read };
	add({ step, kind: 'activity', file, path: [] });
}

function addActivities(file: YamlFile, activity: ReadOne, add: (one: Written) => void): void {
	const content = file.read(activitiesFile);
	if (!content) return;
	content.activities.forEach(({ id, title, minutes }, at) => {
		const read = activity(file, ['activities', at, 'activity']);
		if (!read) return;
		if (read.id !== id)
			file.complain(['activities', at, 'activity', 'id'], `must be "${id}", as its step is`);
		const step: Step = { kind: 'activity', id, title, minutes, activity: read };
		add({ step, kind: 'activity', file, path: ['activities', at] });
	});
	const set = (list: 'drills' | 'quizzes', at: number, role: 'drill' | 'quiz', draw?: number) => {
		const { id, title, intro, minutes, items: given } = content[list][at]!;
		const items = given.flatMap((_, index) => activity(file, [list, at, 'items', index]) ?? []);
		if (draw !== undefined && draw > given.length)
			file.complain(
				[list, at, 'draw'],
				`draws ${draw} of ${given.length} items; add items or draw fewer`,
			);
		const step: Step = { kind: 'set', role, id, title, intro, minutes, draw, items };
		add({ step, kind: role, file, path: [list, at] });
	};
	content.drills.forEach((_, at) => set('drills', at, 'drill'));
	content.quizzes.forEach(({ draw }, at) => set('quizzes', at, 'quiz', draw));
}

/** One activity, checked by its type. */
export function readActivity(file: YamlFile, path: (string | number)[]): Activity | undefined {
	const head = file.read(v.looseObject({ type: v.string() }), path);
	if (!head) return undefined;
	const type = Object.hasOwn(schemas, head.type) ? schemas[head.type] : undefined;
	if (!type) {
		file.complain(
			[...path, 'type'],
			`there is no activity type "${head.type}"; there are ${Object.keys(schemas).join(', ')}`,
		);
		return undefined;
	}
	const activity = file.read(type.schema, path) as Activity | undefined;
	if (!activity) return undefined;
	for (const complaint of type.check(activity as never))
		file.complain([...path, ...complaint.path], complaint.message);
	return activity;
}
