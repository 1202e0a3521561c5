import type { Course } from '#lib/course/model.ts';
import { AFTER, CONFIDENCE, FINAL_TEST, unitsOf } from '#lib/course/parts.ts';
import type { Language } from '#lib/course/language.ts';
import { lessonOutline } from '#lib/course/outline.ts';
import type { Summary } from '#lib/progress/first-answers.ts';
import { correlation, EASY, ENOUGH } from './items.ts';

/** What a figure is of. */
export const KINDS = [
	'vignette',
	'drill',
	'quiz',
	'reflection',
	'activity',
	'final-test',
	'confidence',
] as const;
export type Kind = (typeof KINDS)[number];

/** Where something can be answered. */
export interface Place {
	lesson: string;
	lessonTitle: string;
	step: string;
	title: string;
	kind: Kind;
}

export interface PlaceFigures extends Place {
	/** How many have finished it once. */
	answered: number;
	/** Mean share of points on that first try, 0–1; null where there are none. */
	share: number | null;
	/** Among the hardest or easy; `strange` where those who do well elsewhere do badly. */
	standsOut: StandsOut | null;
}
export const STANDS_OUT = ['strange', 'hard', 'easy'] as const;
export type StandsOut = (typeof STANDS_OUT)[number];

/** So many may be among the hardest, and only below this share of points. */
const HARDEST = 3;
const NOT_HARD = 0.7;

/** Every place of a course in its order: what lessons have, then what stands beside them. */
export function placesOf(course: Course, language: Language): Place[] {
	return unitsOf(course).flatMap((unit) => {
		const { title, steps } = lessonOutline(unit, language);
		return steps.flatMap(({ id, title: stepTitle, kind }): Place[] => {
			if (kind === 'read') return [];
			const place = { lesson: unit.id, lessonTitle: title, step: id, title: stepTitle };
			if (unit.id === FINAL_TEST) return [{ ...place, kind: 'final-test' }];
			// Before and after are one activity to look at.
			if (unit.id === CONFIDENCE)
				return id === AFTER ? [{ ...place, title, kind: 'confidence' }] : [];
			return [{ ...place, kind }];
		});
	});
}

/**
 * What a group has done at each place.
 *
 * @param learners the sums of each learner who has finished something
 */
export function overviewOf(places: Place[], learners: Summary[]): PlaceFigures[] {
	const sums = new Map(places.map(({ lesson, step }) => [`${lesson}/${step}`, new PlaceSums()]));
	for (const learner of learners) {
		const theirs = Object.entries(learner);
		const all = [0, 0] as [number, number];
		for (const [, [earned, possible]] of theirs) {
			all[0] += earned;
			all[1] += possible;
		}
		for (const [place, points] of theirs) sums.get(place)?.add(points, all);
	}
	const figures = places.map((place) => ({
		place,
		...sums.get(`${place.lesson}/${place.step}`)!.figures(),
	}));
	const hardest = figures
		.filter(({ scored, share }) => scored >= ENOUGH && share! < NOT_HARD)
		.sort((a, b) => a.share! - b.share!)
		.slice(0, HARDEST);
	return figures.map((one) => {
		const { place, answered, share, scored, r } = one;
		const isEasy = scored >= ENOUGH && share! >= EASY;
		const isHard = hardest.includes(one);
		const standsOut = r !== null && r < 0 ? 'strange' : isHard ? 'hard' : isEasy ? 'easy' : null;
		return { ...place, answered, share, standsOut };
	});
}

/** Sums over learners at one place: the share of points here (x) and everywhere else (y). */
class PlaceSums {
	#answered = 0;
	#scored = 0;
	#share = 0;
	#sums = { n: 0, x: 0, xx: 0, y: 0, yy: 0, xy: 0 };

	add([earned, possible]: [number, number], [allEarned, allPossible]: [number, number]): void {
		this.#answered += 1;
		if (possible === 0) return;
		const x = earned / possible;
		this.#scored += 1;
		this.#share += x;
		if (allPossible === possible) return;
		const y = (allEarned - earned) / (allPossible - possible);
		const sums = this.#sums;
		sums.n += 1;
		sums.x += x;
		sums.xx += x * x;
		sums.y += y;
		sums.yy += y * y;
		sums.xy += x * y;
	}

	figures() {
		return {
			answered: this.#answered,
			scored: this.#scored,
			share: this.#scored === 0 ? null : this.#share / this.#scored,
			/** As for an item, of this place and all others; null below `ENOUGH`. */
			r: this.#sums.n < ENOUGH ? null : correlation(this.#sums),
		};
	}
}
