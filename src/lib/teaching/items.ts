import { rulesFor } from '#lib/activities/registry.ts';
import type { Localised } from '#lib/course/localise.ts';
import type { Activity } from '#lib/course/model.ts';
import { FEWEST } from './confidence.ts';
import { distributionOf, type Part } from './distribution.ts';

/** Equal answers to one activity, counted. Points are of each; `rest` sums over all of them. */
export interface AnswerCount {
	response: unknown;
	earned: number;
	possible: number;
	count: number;
	/** How many were given in an attempt that had points elsewhere. */
	rested: number;
	/** Of those, the shares of points (0–1) earned elsewhere in the attempt: their sum and sum of squares. */
	rest: number;
	restSquares: number;
}

export interface ItemFigures {
	id: string;
	type: string;
	/** What is asked. */
	prompt: string;
	answered: number;
	/** Share of points earned, 0–1: high is easy. Null where nothing can be earned, or nobody answered. */
	difficulty: number | null;
	/** −1 to 1; null below `ENOUGH` answers, and where all answers or all other points are alike. */
	discrimination: number | null;
	parts: Part[];
	remarks: Remark[];
}

/** What an educator may want to look at; the words for it are the page's. */
export type Remark =
	| { kind: 'few' }
	| { kind: 'easy' }
	| { kind: 'hard' }
	/** Those who do well elsewhere do badly here. */
	| { kind: 'backwards' }
	/** Says nothing of how somebody does elsewhere. */
	| { kind: 'weak' }
	| { kind: 'favourite'; answer: string }
	| { kind: 'trap'; answer: string }
	| { kind: 'unused'; answer: string };

/** Below so many answers a correlation is mostly chance, and nothing is remarked on. */
export const ENOUGH = 10;
/** Shares of points from which an item is called easy, and up to which it is called hard. */
export const EASY = 0.95;
const HARD = 0.3;
/** Ebel & Frisbie, "Essentials of Educational Measurement" (5th ed., 1991), p. 232: below 0.20 is poor. */
const WEAK = 0.2;
/** Shares of learners who chose one answer. */
const NEARLY_ALL = 0.9;
const HALF = 0.5;

/**
 * Figures of one activity from everybody's first answers to it. Answers that no longer fit an edited
 * activity are left out.
 */
export function itemFigures(activity: Localised<Activity>, answers: AnswerCount[]): ItemFigures {
	const fitting = answers.filter(
		({ response }) => rulesFor(activity.type)?.score(activity, response).kind === 'scored',
	);
	const answered = sum(fitting, ({ count }) => count);
	const difficulty = difficultyOf(fitting);
	const discrimination = answered < ENOUGH ? null : itemRest(fitting);
	// Opinions of oneself are nobody's to read off one by one, wherever they are asked for.
	const isTooFew = activity.type === 'rate' && answered < FEWEST;
	const parts = isTooFew ? [] : distributionOf(activity, fitting);
	const figures = { answered, difficulty, discrimination, parts };
	const { prompt = '' } = activity as { prompt?: string };
	return {
		id: activity.id,
		type: activity.type,
		prompt,
		...figures,
		remarks: remarksOn(activity, figures),
	};
}

/**
 * The mean share of points, which for one point is the proportion of right answers (the "p-value"
 * of classical test theory; Crocker & Algina, "Introduction to Classical and Modern Test Theory",
 * 1986, ch. 14).
 */
function difficultyOf(answers: AnswerCount[]): number | null {
	const scored = answers.filter(({ possible }) => possible > 0);
	const people = sum(scored, ({ count }) => count);
	if (people === 0) return null;
	return sum(scored, ({ count, earned, possible }) => (count * earned) / possible) / people;
}

/**
 * The corrected item–rest correlation: Pearson's r between the share of points earned by this item
 * and that earned by the attempt's other items, so that the item is not correlated with itself
 * (Henrysson 1963, "Correction of item-total correlations in item analysis", Psychometrika 28).
 * Shares and not points, as attempts draw different items from a bank.
 */
function itemRest(answers: AnswerCount[]): number | null {
	const rested = answers.filter((one) => one.possible > 0 && one.rested > 0);
	const share = ({ earned, possible }: AnswerCount) => earned / possible;
	return correlation({
		n: sum(rested, (one) => one.rested),
		x: sum(rested, (one) => one.rested * share(one)),
		xx: sum(rested, (one) => one.rested * share(one) ** 2),
		y: sum(rested, (one) => one.rest),
		yy: sum(rested, (one) => one.restSquares),
		xy: sum(rested, (one) => one.rest * share(one)),
	});
}

export interface Sums {
	n: number;
	x: number;
	xx: number;
	y: number;
	yy: number;
	xy: number;
}

/** Less spread than this is the rounding of sums, not a difference between people. */
const NO_SPREAD = 1e-9;

/** Pearson's correlation from sums; null where one of the two does not vary. */
export function correlation({ n, x, xx, y, yy, xy }: Sums): number | null {
	if (n < 2) return null;
	const spreadX = xx / n - (x / n) ** 2;
	const spreadY = yy / n - (y / n) ** 2;
	if (!(spreadX > NO_SPREAD && spreadY > NO_SPREAD)) return null;
	const r = (xy / n - (x / n) * (y / n)) / Math.sqrt(spreadX * spreadY);
	return Math.max(-1, Math.min(1, r));
}

function remarksOn(
	{ type }: Localised<Activity>,
	{
		answered,
		difficulty,
		discrimination,
		parts,
	}: Pick<ItemFigures, 'answered' | 'difficulty' | 'discrimination' | 'parts'>,
): Remark[] {
	if (answered === 0) return [];
	if (answered < ENOUGH) return [{ kind: 'few' }];
	const remarks: Remark[] = [];
	if (discrimination !== null && discrimination < 0) remarks.push({ kind: 'backwards' });
	else if (discrimination !== null && discrimination < WEAK) remarks.push({ kind: 'weak' });
	if (difficulty !== null && difficulty >= EASY) remarks.push({ kind: 'easy' });
	if (difficulty !== null && difficulty <= HARD) remarks.push({ kind: 'hard' });
	if (type !== 'choice') return remarks;
	for (const { label, count, isRight } of parts[0]?.tallies ?? []) {
		const share = count / answered;
		if (!isRight && share >= HALF) remarks.push({ kind: 'trap', answer: label });
		else if (share >= NEARLY_ALL) remarks.push({ kind: 'favourite', answer: label });
		if (!isRight && count === 0) remarks.push({ kind: 'unused', answer: label });
	}
	return remarks;
}

function sum<T>(list: T[], of: (one: T) => number): number {
	return list.reduce((total, one) => total + of(one), 0);
}
