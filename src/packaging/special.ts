import type { Component } from 'svelte';
import { loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import type { Found } from '#lib/course/search.ts';
import { CONFIDENCE, FINAL_TEST, PRACTICE, practiceItems } from '#lib/course/parts.ts';
import { dayOf } from '#lib/progress/practice.ts';
import { dueItems, practisable, sitting } from '#lib/progress/due.ts';
import { forLesson, type Keeper } from './keeper.ts';
import { loadBeside, loadLesson, loadMetaphors, searchAddress } from './lessons.ts';
import { hrefOf, SPECIAL, type Place } from './place.ts';
import type { PracticeItem } from '#lib/player/practice-session.svelte.ts';

/** The course map, or what stands beside the lessons, ready to be shown. */
export interface Special {
	Component: Component<Record<string, unknown>>;
	props: Record<string, unknown>;
}

interface Visit {
	/** The course, or the part of it that is launched. */
	course: Course;
	map: Outline;
	/** What every lesson of the course is called, also of those that are no part of this visit. */
	titles: Record<string, string>;
	keeper: Keeper;
}

/**
 * Fetches what a place outside of the lessons shows; the course map where nothing has its name.
 *
 * @throws when something cannot be fetched
 */
export async function loadSpecial(
	{ lesson, step, language }: Place,
	visit: Visit,
): Promise<Special> {
	const load = lesson !== undefined && Object.hasOwn(loaders, lesson) && loaders[lesson];
	if (load) return load(language, visit, step);
	const isTest = lessonsOf(visit.course).length === 0 && visit.course.finalTest;
	return isTest ? loaders[FINAL_TEST]!(language, visit, step) : courseMap(language, visit);
}

async function courseMap(
	language: Language,
	{ course, map, keeper, titles }: Visit,
): Promise<Special> {
	const [{ default: CourseMap }, progress] = await Promise.all([
		import('#lib/player/CourseMap.svelte'),
		keeper.tracker.open(),
	]);
	const to = (lesson: string) => hrefOf({ language, lesson });
	const isWhole = lessonsOf(course).length === Object.keys(titles).length;
	return special(CourseMap, {
		...common(language, map, keeper),
		progress,
		due: dueItems(practisable(course, map, progress), dayOf(Date.now())).length,
		places: {
			metaphors: to(SPECIAL.metaphors),
			practice: to(SPECIAL.practice),
			// A part has no way to what is found elsewhere.
			...(isWhole ? { search: to(SPECIAL.search) } : {}),
			cards: to(SPECIAL.cards),
			coach: to(SPECIAL.coach),
			...(course.finalTest ? { finalTest: to(SPECIAL.finalTest) } : {}),
			...(course.confidence ? { confidence: to(SPECIAL.confidence) } : {}),
		},
	});
}

const loaders: Record<
	string,
	(language: Language, visit: Visit, step: string | undefined) => Promise<Special>
> = {
	async [SPECIAL.metaphors](language, { course }, one) {
		const [{ default: Metaphors }, metaphors] = await Promise.all([
			import('./Metaphors.svelte'),
			loadMetaphors(language),
		]);
		return special(Metaphors, { course, metaphors, language, one });
	},
	async [SPECIAL.search](language, { map, keeper }) {
		const [{ default: Search }, { fetchIndex }, { glossary }] = await Promise.all([
			import('#lib/player/Search.svelte'),
			import('#lib/player/search-index.ts'),
			loadBeside(language),
		]);
		return special(Search, {
			...common(language, map, keeper),
			glossary: glossary.toSorted((a, b) => a.term.localeCompare(b.term, language)),
			load: () => fetchIndex(searchAddress(language)),
			hrefOf: (found: Found) => placeOfFound(found, language),
		});
	},
	async [SPECIAL.cards](language, { map, keeper, titles }) {
		const [{ default: Cards }, metaphors, { questions }] = await Promise.all([
			import('#lib/player/Cards.svelte'),
			loadMetaphors(language),
			loadBeside(language),
		]);
		return special(Cards, {
			...common(language, map, keeper),
			questions,
			metaphors,
			titles,
			coachHref: hrefOf({ language, lesson: SPECIAL.coach }),
		});
	},
	async [SPECIAL.coach](language) {
		const { default: CoachPage } = await import('#lib/ui/coach/CoachPage.svelte');
		return special(CoachPage, { language });
	},
	async [FINAL_TEST](language, { course, map, keeper, titles }) {
		const items = course.finalTest!.bank.flatMap((one) => one.items);
		const [{ default: FinalTestPlace }, { testHere }, views] = await Promise.all([
			import('./FinalTestPlace.svelte'),
			import('./test-here.ts'),
			loadTypes(items.map(({ type }) => type)),
		]);
		const test = keeper.test ?? testHere(keeper, course);
		return special(FinalTestPlace, {
			...common(language, map, keeper),
			test,
			titles,
			views,
			standing: await test.standing(language),
			progress: await keeper.tracker.open(),
		});
	},
	async [CONFIDENCE](language, { map, keeper }) {
		const [{ default: Confidence }, { confidence }, views] = await Promise.all([
			import('#lib/player/Confidence.svelte'),
			loadBeside(language),
			loadTypes(['rate']),
		]);
		await keeper.know(confidence!);
		return special(Confidence, {
			...common(language, map, keeper),
			unit: confidence,
			views,
			progress: await keeper.tracker.open(),
			tracker: forLesson(keeper.tracker),
		});
	},
	async [PRACTICE](language, { course, map, keeper }) {
		const { default: PracticePlace } = await import('./PracticePlace.svelte');
		return special(PracticePlace, {
			...common(language, map, keeper),
			keeper,
			load: () => practiceOf(course, map, keeper, language),
			first: await practiceOf(course, map, keeper, language),
		});
	},
};

function placeOfFound(
	{ kind, place, step }: Pick<Found, 'kind' | 'place' | 'step'>,
	language: Language,
): string | undefined {
	switch (kind) {
		case 'lesson':
		case 'step':
			return hrefOf({ language, lesson: place, ...(step ? { step } : {}) });
		case 'metaphor':
			return hrefOf({ language, lesson: SPECIAL.metaphors, step: place });
		case 'question':
			return hrefOf({ language, lesson: SPECIAL.cards });
		case 'term':
			return step === undefined ? undefined : hrefOf({ language, lesson: step });
	}
}

function special(component: unknown, props: Record<string, unknown>): Special {
	return { Component: component as Special['Component'], props };
}

function common(language: Language, map: Outline, keeper: Keeper) {
	return {
		course: map,
		language,
		owner: keeper.learner,
		courseHref: hrefOf({ language }),
		lessonHref: (lesson: string) =>
			lessonsOfOutline(map).some(({ id }) => id === lesson)
				? hrefOf({ language, lesson })
				: undefined,
	};
}

/** One sitting of practice, with the definitions that it needs. */
async function practiceOf(course: Course, map: Outline, keeper: Keeper, language: Language) {
	const lessons = practisable(course, map, await keeper.tracker.open());
	const wanted = sitting(lessons, dayOf(Date.now()));
	const items: PracticeItem[] = [];
	for (const { lesson, item } of wanted) {
		const content = await loadLesson(lesson, language)!;
		await keeper.know(content.lesson);
		const activity = practiceItems(content.lesson.steps as never).find(({ id }) => id === item);
		if (activity) items.push({ lesson, activity });
	}
	const views = await loadTypes(items.map(({ activity }) => activity.type));
	return {
		lessons: lessons.map(({ lesson, items }) => ({ lesson, items })),
		items,
		views,
		progress: await keeper.tracker.open(),
	};
}
