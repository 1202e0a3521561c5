import { join } from 'node:path';
import { code } from '#lib/course/code.ts';
import { LANGUAGES } from '#lib/course/language.ts';
import { activitiesOf, lessonsOf, type Activity, type Course } from '#lib/course/model.ts';
import {
	CONFIDENCE,
	FINAL_TEST,
	PRACTICE,
	PRACTICE_RECORD,
	practiceItems,
} from '#lib/course/parts.ts';
import type { LoadedLesson } from './load-lesson.ts';
import type { Mistake } from './mistakes.ts';
import { tail } from './quality/chance.ts';
import { LANGUAGE_NAMES } from './yaml-file.ts';

/** What has a record of its own beside lessons. */
const UNITS = [FINAL_TEST, CONFIDENCE, PRACTICE_RECORD];
/** Names that stand beside lessons in addresses. */
const RESERVED = [FINAL_TEST, CONFIDENCE, PRACTICE, 'metaphors', 'cards', 'search', 'coach'];

/** What can only be seen with the whole course at hand. */
export function checkCourse(course: Course, folder: string, loaded: LoadedLesson[]): Mistake[] {
	const file = join(folder, 'course.yaml');
	const mistakes: Mistake[] = [];
	if (lessonsOf(course).length === 0)
		mistakes.push({ file, message: 'has no lesson; `npm run course -- new lesson` makes one' });
	mistakes.push(
		...duplicates(lessonsOf(course).map((lesson) => lesson.id)).map((id) => ({
			file,
			message: `two lessons are called "${id}"; rename one folder`,
		})),
		...lessonsOf(course)
			.filter((lesson) => RESERVED.includes(lesson.id))
			.map((lesson) => ({
				file,
				message: `a lesson cannot be called "${lesson.id}": its address is taken; rename its folder`,
			})),
		...duplicates(course.skills.map((skill) => skill.id)).map((id) => ({
			file,
			message: `two skills are called "${id}"; rename one`,
		})),
	);
	for (const one of loaded) {
		mistakes.push(...checkReferences(course, one), ...checkCodes(one), ...checkLengths(one));
		mistakes.push(...checkActivities(course, one));
	}
	const meeting = meet([...UNITS, ...lessonsOf(course).map((lesson) => lesson.id)]);
	if (meeting) mistakes.push({ file, message: `lessons ${meeting}` });
	return mistakes;
}

function duplicates(ids: string[]): string[] {
	return [...new Set(ids.filter((id, at) => ids.indexOf(id) < at))];
}

function checkReferences(course: Course, { references }: LoadedLesson): Mistake[] {
	const known = {
		lesson: lessonsOf(course).map((lesson) => lesson.id),
		metaphor: course.metaphors.map((metaphor) => metaphor.id),
		fact: course.facts.map((fact) => fact.id),
	};
	return references
		.filter(({ kind, id }) => !known[kind].includes(id))
		.map(({ kind, id, file, line }) => ({
			file,
			line,
			message: `there is no ${kind} "${id}"${nearest(id, known[kind])}`,
		}));
}

/** The known id that shares the longest beginning, as a hint. */
function nearest(id: string, known: string[]): string {
	const shared = (other: string) => [...id].findIndex((letter, at) => letter !== other[at]);
	const best = known.toSorted((a, b) => shared(b) - shared(a))[0];
	return best && shared(best) > 2 ? `; did you mean "${best}"?` : '';
}

/** References from inside activities: skills of a vignette, a metaphor of its debrief, facts of an estimate. */
function checkActivities(course: Course, one: LoadedLesson): Mistake[] {
	const skills = new Set(course.skills.map((skill) => skill.id));
	const facts = new Set(course.facts.map((fact) => fact.id));
	const metaphors = new Set(course.metaphors.map((metaphor) => metaphor.id));
	const mistakes: Mistake[] = [];
	for (const activity of one.lesson.steps.flatMap(activitiesOf)) {
		for (const { key, value, path } of strings(activity)) {
			const unknown =
				(key === 'skill' && !skills.has(value)) ||
				(key === 'fact' && !facts.has(value)) ||
				(key === 'metaphor' && !metaphors.has(value));
			if (unknown) mistakes.push(at(one, activity, path, `there is no ${key} "${value}"`));
		}
	}
	return mistakes;
}

function* strings(
	value: unknown,
	path: (string | number)[] = [],
): Generator<{ key: string | number; value: string; path: (string | number)[] }> {
	if (typeof value === 'string') yield { key: path.at(-1) ?? '', value, path };
	else if (Array.isArray(value))
		for (const [index, part] of value.entries()) yield* strings(part, [...path, index]);
	else if (typeof value === 'object' && value !== null)
		for (const [key, part] of Object.entries(value)) yield* strings(part, [...path, key]);
}

function at(
	{ where, folder }: LoadedLesson,
	activity: Activity,
	path: (string | number)[],
	message: string,
): Mistake {
	const found = where(activity.id);
	if (!found) return { file: folder, message };
	return {
		file: found.file.file,
		line: found.file.lineOf([...found.path, ...path]),
		message,
	};
}

/** Suspend data names things by 10-bit codes, so brothers and sisters must not share one. */
function checkCodes(one: LoadedLesson): Mistake[] {
	const { lesson, folder } = one;
	const mistakes: Mistake[] = [];
	const steps = meet([PRACTICE, ...lesson.steps.map((step) => step.id)]);
	if (steps) mistakes.push({ file: folder, message: `steps ${steps}` });
	const practised = meet(practiceItems(lesson.steps).map((item) => item.id));
	if (practised)
		mistakes.push({ file: folder, message: `items of drills and quizzes ${practised}` });
	for (const step of lesson.steps) {
		const items = meet(activitiesOf(step).map((activity) => activity.id));
		if (items) mistakes.push({ file: folder, message: `activities of "${step.id}" ${items}` });
		for (const activity of activitiesOf(step))
			for (const { ids, path } of lists(activity)) {
				const inside = meet(ids);
				if (inside) mistakes.push(at(one, activity, path, inside));
			}
	}
	return mistakes;
}

/** Every list of things with ids inside an activity. */
function* lists(
	value: unknown,
	path: (string | number)[] = [],
): Generator<{ ids: string[]; path: (string | number)[] }> {
	if (typeof value !== 'object' || value === null) return;
	if (Array.isArray(value))
		yield { ids: value.flatMap((one) => (typeof one?.id === 'string' ? [one.id] : [])), path };
	for (const [key, part] of Object.entries(value))
		yield* lists(part, [...path, Array.isArray(value) ? Number(key) : key]);
}

function meet(ids: string[]): string | undefined {
	const seen = new Map<number, string>();
	for (const id of new Set(ids)) {
		const other = seen.get(code(id));
		if (other)
			return `"${other}" and "${id}" have the same short code (${code(id)}); rename one of them before it is released`;
		seen.set(code(id), id);
	}
	return undefined;
}

interface OneRight {
	id: string;
	options: { text: Record<string, string>; right: boolean }[];
}

/**
 * Learners notice when the longest option is right. Over all single-choice questions of a lesson the
 * right option may be the longest about as often as chance has it; a one-sided binomial test at 5 %
 * says when it is more.
 */
function checkLengths({ lesson, folder }: LoadedLesson): Mistake[] {
	const questions = lesson.steps
		.flatMap(activitiesOf)
		.filter((one): one is Activity & OneRight & { select: string } => one.type === 'choice')
		.filter((one) => one.select === 'one');
	return LANGUAGES.flatMap((language) => {
		const longest = questions.filter(({ options }) => {
			const most = Math.max(...options.map((option) => option.text[language]!.length));
			return options.find((option) => option.right)?.text[language]?.length === most;
		});
		const chance =
			questions.reduce((sum, { options }) => sum + 1 / options.length, 0) / questions.length;
		if (!(tail(questions.length, longest.length, chance) < 0.05)) return [];
		return [
			{
				file: join(folder, 'activities.yaml'),
				message: `in ${LANGUAGE_NAMES[language]} the right option is the longest in ${longest.length} of ${questions.length} questions, which gives it away (${longest
					.map((one) => one.id)
					.join(', ')}); shorten right ones or lengthen others`,
			},
		];
	});
}
