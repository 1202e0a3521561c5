import type { Categorise, CategoriseResponse } from '#lib/activities/categorise/schema.ts';
import type { Choice, ChoiceResponse } from '#lib/activities/choice/schema.ts';
import type { Estimate, EstimateResponse } from '#lib/activities/estimate/schema.ts';
import type { Match, MatchResponse } from '#lib/activities/match/schema.ts';
import type { Order, OrderResponse } from '#lib/activities/order/schema.ts';
import type { OwnWordsResponse } from '#lib/activities/own-words-schema.ts';
import { MOST, type Rate, type RateResponse } from '#lib/activities/rate/schema.ts';
import { pieces } from '#lib/activities/spot/pieces.ts';
import type { Spot, SpotResponse } from '#lib/activities/spot/schema.ts';
import type { Localised } from '#lib/course/localise.ts';
import type { Activity } from '#lib/course/model.ts';

/** How many gave one answer. */
export interface Tally {
	id: string;
	label: string;
	count: number;
	/** Null where answers are neither right nor wrong. */
	isRight: boolean | null;
}

/** What was answered to one part of an activity: to all of a choice, to each line of a sorting. */
export interface Part {
	id: string;
	/** Null where the activity has only this part. */
	label: string | null;
	/** How many answers the tallies are of; where one may give several, they add up to more. */
	answered: number;
	tallies: Tally[];
	/** Of numbers. */
	mean: number | null;
}

/** An answer and how many gave it. */
interface Counted<R> {
	response: R;
	count: number;
}

/** At most so many bars stand for a line of numbers. */
const BARS = 10;

/**
 * How answers are distributed, as fits the type of activity: by option, by category or partner or
 * position of each line, by mark, by stretch of a scale. Nothing for types whose answers say nothing.
 */
export function distributionOf(activity: Localised<Activity>, answers: Counted<unknown>[]): Part[] {
	const of = BY_TYPE[activity.type];
	return of ? of(activity as never, answers as never) : [];
}

/** Of a spoken line: its words that can be marked, by id. */
const wordsOf = (utterance: string) =>
	new Map(pieces(utterance).map(({ target, words }) => [target, words]));

const BY_TYPE: Record<string, (activity: never, answers: never) => Part[]> = {
	choice: ({ options }: Localised<Choice>, answers: Counted<ChoiceResponse>[]) => [
		several(
			options.map(({ id, text, right }) => ({ id, label: text, isRight: right })),
			answers.map(({ response, count }) => ({ ids: response.options, count })),
		),
	],
	spot: ({ targets, utterance }: Localised<Spot>, answers: Counted<SpotResponse>[]) => [
		several(
			targets.map(({ id, hit }) => ({
				id,
				label: wordsOf(utterance).get(id) ?? id,
				isRight: hit,
			})),
			answers.map(({ response, count }) => ({ ids: response.marked, count })),
		),
	],
	ask: ticked,
	rewrite: ticked,
	categorise: (
		{ items, categories }: Localised<Categorise>,
		answers: Counted<CategoriseResponse>[],
	) =>
		items.map(({ id, text, category }) => ({
			id,
			label: text,
			...one(
				categories.map((each) => ({ ...each, isRight: each.id === category })),
				answers.map(({ response, count }) => ({ id: response.placed[id]!, count })),
			),
		})),
	match: ({ pairs }: Localised<Match>, answers: Counted<MatchResponse>[]) =>
		pairs.map(({ id, left }) => ({
			id,
			label: left,
			...one(
				pairs.map((each) => ({ id: each.id, label: each.right, isRight: each.id === id })),
				answers.map(({ response, count }) => ({ id: response.matched[id]!, count })),
			),
		})),
	order: ({ items }: Localised<Order>, answers: Counted<OrderResponse>[]) =>
		items.map(({ id, text }, at) => ({
			id,
			label: text,
			...one(
				items.map((_, place) => ({
					id: String(place + 1),
					label: String(place + 1),
					isRight: place === at,
				})),
				answers.map(({ response, count }) => ({
					id: String(response.order.indexOf(id) + 1),
					count,
				})),
			),
		})),
	estimate: (activity: Localised<Estimate>, answers: Counted<EstimateResponse>[]) => {
		const bars = barsOf(activity);
		const values = answers.map(({ response: { value }, count }) => ({ value, count }));
		const within = (value: number) => bars.findLast(({ from }) => from <= value) ?? bars[0]!;
		return [
			{
				id: 'value',
				label: null,
				...one(
					bars,
					values.map(({ value, count }) => ({ id: within(value).id, count })),
				),
				mean: meanOf(values),
			},
		];
	},
	rate: ({ items }: Localised<Rate>, answers: Counted<RateResponse>[]) =>
		items.map(({ id, text }) => {
			const values = answers.map(({ response, count }) => ({
				value: response.ratings[id]!,
				count,
			}));
			const scale = Array.from({ length: MOST + 1 }, (_, value) => String(value));
			return {
				id,
				label: text,
				...one(
					scale.map((value) => ({ id: value, label: value, isRight: null })),
					values.map(({ value, count }) => ({ id: String(value), count })),
				),
				mean: meanOf(values),
			};
		}),
};

/** What people find that their own words do. */
function ticked(
	{ checklist }: { checklist: { id: string; text: string }[] },
	answers: Counted<OwnWordsResponse>[],
): Part[] {
	return [
		several(
			checklist.map(({ id, text }) => ({ id, label: text, isRight: null })),
			answers.map(({ response, count }) => ({ ids: response.checked, count })),
		),
	];
}

type Kind = Omit<Tally, 'count'>;

/** Each answer is one of these. */
function one(kinds: Kind[], answers: { id: string; count: number }[]): Omit<Part, 'id' | 'label'> {
	return {
		answered: answers.reduce((total, { count }) => total + count, 0),
		tallies: tally(kinds, answers),
		mean: null,
	};
}

/** Each answer is any number of these. */
function several(kinds: Kind[], answers: { ids: string[]; count: number }[]): Part {
	return {
		id: 'all',
		label: null,
		answered: answers.reduce((total, { count }) => total + count, 0),
		tallies: tally(
			kinds,
			answers.flatMap(({ ids, count }) => [...new Set(ids)].map((id) => ({ id, count }))),
		),
		mean: null,
	};
}

function tally(kinds: Kind[], answers: { id: string; count: number }[]): Tally[] {
	const counts = new Map<string, number>();
	for (const { id, count } of answers) counts.set(id, (counts.get(id) ?? 0) + count);
	return kinds.map(({ id, label, isRight }) => ({
		id,
		label,
		isRight,
		count: counts.get(id) ?? 0,
	}));
}

/** Stretches of the line, whole steps each, the last one up to its end; right where the answer lies. */
function barsOf({ min, max, step, answer, tolerance }: Localised<Estimate>) {
	const steps = Math.floor((max - min) / step + 1e-9) + 1;
	const each = Math.ceil(steps / BARS);
	const number = (value: number) => Number(value.toFixed(6));
	return Array.from({ length: Math.ceil(steps / each) }, (_, at) => {
		const from = number(min + at * each * step);
		const to = number(Math.min(max, min + ((at + 1) * each - 1) * step));
		return {
			from,
			id: String(from),
			label: from === to ? String(from) : `${from}–${to}`,
			isRight: from <= answer + tolerance && to >= answer - tolerance,
		};
	});
}

function meanOf(values: { value: number; count: number }[]): number | null {
	const people = values.reduce((total, { count }) => total + count, 0);
	if (people === 0) return null;
	return values.reduce((total, { value, count }) => total + value * count, 0) / people;
}
