import { join } from 'node:path';
import type { Vignette } from '#lib/activities/vignette/schema.ts';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { activitiesOf, type Course } from '#lib/course/model.ts';
import type { LoadedLesson } from '../load-lesson.ts';
import type { Mistake } from '../mistakes.ts';
import { LANGUAGE_NAMES } from '../yaml-file.ts';
import { ROOM } from './lengths.ts';
import { differingNumbers, numbersIn, supported, unsupported } from './numbers.ts';
import { countWords, lix } from './reading.ts';
import { metaphorTexts, paragraphsOf, textsOf, type Words } from './texts.ts';
import { tail } from './chance.ts';
import { pathLengths } from './vignettes.ts';

/**
 * What a person says or lives through is theirs and no claim of ours: a patient may be forty-seven and
 * have hurt for 7 weeks. Everything else that holds a number needs a fact behind it.
 */
const STORY = new Set([
	'says',
	'reply',
	'thinks',
	'feels',
	'pose',
	'setting',
	'context',
	'speaker',
	'utterance',
	'original',
	'ending-text',
	'ending-later',
	'ending-title',
]);

/** Whether the words of a course do what they should: supported, readable, alike in both languages. */
export function checkQuality(
	course: Course,
	folder: string,
	loaded: LoadedLesson[],
	others: Words[] = [],
): Mistake[] {
	const facts = supported(course.facts);
	return [
		...loaded.flatMap((one) => [
			...textsOf(one).flatMap((words) => checkWords(words, facts)),
			...checkProse(one, facts),
			...checkReading(course, one),
			...checkVignettes(course, one),
		]),
		...[...metaphorTexts(course, folder), ...others].flatMap((words) => checkWords(words, facts)),
		...checkGiveaways(course, join(folder, 'course.yaml')),
	];
}

type Supported = ReturnType<typeof supported>;

function checkWords({ text, role, name, file, line }: Words, facts: Supported): Mistake[] {
	const found: Mistake[] = [];
	const complain = (message: string) => found.push({ file, line, message: `${name}: ${message}` });
	for (const language of LANGUAGES) {
		const room = ROOM[role];
		const length = [...text[language]].length;
		if (room !== undefined && length > room)
			complain(
				`the ${LANGUAGE_NAMES[language]} text has ${length} characters and its place has room for ${room}; shorten it`,
			);
		if (STORY.has(role)) continue;
		for (const number of unsupported(text[language], language, facts))
			complain(lacking(number, language));
	}
	const differing = differingNumbers(text);
	if (differing.length > 0)
		complain(`${differing.join(', ')} stands in one language only; say the same in both`);
	return found;
}

function lacking(number: string, language: Language): string {
	return `no fact supports "${number}" in the ${LANGUAGE_NAMES[language]} text; put it into facts.yaml with its source, or take it out`;
}

function checkProse(one: LoadedLesson, facts: Supported): Mistake[] {
	const paragraphs = paragraphsOf(one);
	const found: Mistake[] = paragraphs.flatMap(({ language, words, file, line }) =>
		unsupported(words, language, facts).map((number) => ({
			file,
			line,
			message: lacking(number, language),
		})),
	);
	const all = (language: Language) =>
		paragraphs
			.filter((paragraph) => paragraph.language === language)
			.flatMap(({ words }) => numbersIn(words))
			.join(' ');
	const differing = differingNumbers({ da: all('da'), en: all('en') });
	if (differing.length > 0)
		found.push({
			file: one.folder,
			message: `${differing.join(', ')} stands in the prose of one language only; say the same in both`,
		});
	return found;
}

function checkReading({ readingEase, proseWords }: Course, one: LoadedLesson): Mistake[] {
	return LANGUAGES.flatMap((language) => {
		const file = join(one.folder, `lesson.${language}.svx`);
		const name = LANGUAGE_NAMES[language];
		const found: Mistake[] = [];
		const { words, ease } = readingOf(one, language);
		const band = readingEase?.[language];
		if (band && ease !== undefined && (ease < band.from || ease > band.to))
			found.push({
				file,
				message: `the prose has a LIX of ${Math.round(ease)}; course.yaml wants ${band.from} to ${band.to} in ${name}, so ${ease > band.to ? 'use shorter sentences and words' : 'let sentences run on a little'}`,
			});
		if (proseWords && (words < proseWords.from || words > proseWords.to))
			found.push({
				file,
				message: `the prose has ${words} words; course.yaml wants ${proseWords.from} to ${proseWords.to}`,
			});
		return found;
	});
}

/** How long a lesson's prose is, and its LIX. */
export function readingOf(
	one: LoadedLesson,
	language: Language,
): { words: number; ease: number | undefined } {
	const texts = paragraphsOf(one)
		.filter((paragraph) => paragraph.language === language && !paragraph.matter)
		.map(({ words }) => words);
	return { words: countWords(texts), ease: lix(texts) };
}

function checkVignettes({ vignetteTurns }: Course, one: LoadedLesson): Mistake[] {
	if (!vignetteTurns) return [];
	const { from, to } = vignetteTurns;
	return vignettesOf(one).flatMap((vignette) => {
		const { shortest, longest } = pathLengths(vignette);
		const file = one.where(vignette.id)?.file.file ?? one.folder;
		const weak = vignette.turns.filter(
			(turn) => !turn.options.some((option) => option.quality === 'strong'),
		);
		return [
			...(shortest < from || longest > to
				? [
						{
							file,
							message: `takes ${shortest} to ${longest} turns; course.yaml wants ${from} to ${to}`,
						},
					]
				: []),
			...weak.map((turn) => ({
				file,
				message: `turn "${turn.id}" has no strong option; nobody could do it well`,
			})),
		];
	});
}

export function vignettesOf({ lesson }: Pick<LoadedLesson, 'lesson'>): Vignette[] {
	return lesson.steps
		.flatMap(activitiesOf)
		.filter((activity) => activity.type === 'vignette') as unknown as Vignette[];
}

/** In how many turns of the whole course a strong option is the longest, and where strong ones stand. */
export function giveaways(course: Course): {
	turns: number;
	chance: number;
	longest: Record<Language, number>;
	/** Strong options that stand first, second, third … in their turn. */
	positions: number[];
} {
	const turns = course.chapters
		.flatMap(({ lessons }) => lessons)
		.flatMap((lesson) => vignettesOf({ lesson }))
		.flatMap((vignette) => vignette.turns);
	const longest = (language: Language) =>
		turns.filter(({ options }) => {
			const most = Math.max(...options.map((option) => option.text[language].length));
			return options.some(
				(option) => option.quality === 'strong' && option.text[language].length === most,
			);
		}).length;
	const positions: number[] = [];
	for (const { options } of turns)
		options.forEach((option, at) => {
			if (option.quality === 'strong') positions[at] = (positions[at] ?? 0) + 1;
		});
	const expected = turns.map(
		({ options }) =>
			options.filter((option) => option.quality === 'strong').length / options.length,
	);
	return {
		turns: turns.length,
		chance: expected.reduce((sum, one) => sum + one, 0) / Math.max(1, turns.length),
		longest: { da: longest('da'), en: longest('en') },
		positions,
	};
}

/** One-sided binomial tests at 1 %: over a whole course chance evens out, so what is left is a habit. */
function checkGiveaways(course: Course, file: string): Mistake[] {
	const { turns, chance, longest, positions } = giveaways(course);
	const strong = positions.reduce((sum, one) => sum + one, 0);
	const widest = positions.length;
	return [
		...LANGUAGES.filter((language) => tail(turns, longest[language], chance) < 0.01).map(
			(language) => ({
				file,
				message: `over all conversations a strong option is the longest in ${longest[language]} of ${turns} turns in ${LANGUAGE_NAMES[language]}, which gives it away; shorten strong ones or lengthen others`,
			}),
		),
		...positions.flatMap((count, at) =>
			tail(strong, count, 1 / widest) < 0.01
				? [
						{
							file,
							message: `over all conversations ${count} of ${strong} strong options stand in place ${at + 1} of their turn; vary the order`,
						},
					]
				: [],
		),
	];
}
