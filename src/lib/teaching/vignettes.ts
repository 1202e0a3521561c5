import { play, type Exchange, type Meters, type Play } from '#lib/activities/vignette/engine.ts';
import { skillsOf } from '#lib/activities/vignette/logic.ts';
import type { Vignette } from '#lib/activities/vignette/schema.ts';
import { END, METERS } from '#lib/activities/vignette/terms.ts';
import type { Localised } from '#lib/course/localise.ts';

type Told = Localised<Vignette>;
export type Quality = 'strong' | 'workable' | 'costly';

/** One way through a conversation and how many went it first. */
export interface PathCount {
	path: string[];
	count: number;
}

export interface VignetteFigures {
	/** How many have been through it. */
	played: number;
	/** Mean share of points, 0–1; null when nobody has. */
	share: number | null;
	/** In the order in which one comes to them. */
	turns: TurnFigures[];
	endings: { id: string; kind: string; title: string; count: number }[];
	/** Means at the start (0) and after each choice, of those whose conversation was that long. */
	meters: ({ choices: number; people: number } & Meters)[];
	/** Skills that a better choice would have met, the most missed first. */
	missed: { id: string; count: number }[];
}

export interface TurnFigures {
	id: string;
	/** The most choices that can lie before it. */
	depth: number;
	/** What the patient says to open it; null where the reply before it does. */
	says: string | null;
	/** How many came to it. */
	reached: number;
	options: OptionFigures[];
}

export interface OptionFigures {
	id: string;
	text: string;
	quality: Quality;
	/** The id of the conversational move. */
	skill: string;
	/** How many were offered it: some options must be earned. */
	offered: number;
	chosen: number;
	/** Where it leads: a turn, or, at the end, each ending with how many came there from here. */
	next: { id: string; count: number }[];
	/** How many of those who chose it made up for it. */
	repair: { text: string; chosen: number } | null;
}

/**
 * What people chose in a conversation, and what came of it. Each distinct path is played once. Paths
 * that no longer fit an edited conversation are left out.
 */
export function vignetteFigures(vignette: Told, paths: PathCount[]): VignetteFigures {
	const counts = new Counts();
	let played = 0;
	let share = 0;
	const meters: { people: number; sums: Meters }[] = [];
	for (const { path, count } of paths) {
		const state = play<Told>(vignette, path);
		if (typeof state === 'number' || !state.ending) continue;
		played += count;
		share += (count * state.earned) / state.possible;
		countChoices(counts, state, count);
		for (const [choices, at] of metersOf(vignette, state.exchanges).entries()) {
			const means = (meters[choices] ??= {
				people: 0,
				sums: { trust: 0, understanding: 0, worry: 0 },
			});
			means.people += count;
			for (const meter of METERS) means.sums[meter] += count * at[meter];
		}
	}
	return {
		played,
		share: played === 0 ? null : share / played,
		turns: turnsOf(vignette, counts),
		endings: vignette.endings.map(({ id, kind, title }) => ({
			id,
			kind,
			title,
			count: counts.of('ending', id),
		})),
		meters: meters.map(({ people, sums }, choices) => ({
			choices,
			people,
			trust: sums.trust / people,
			understanding: sums.understanding / people,
			worry: sums.worry / people,
		})),
		missed: counts.all('missed').sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
	};
}

/** Counts by what is counted and an id. */
class Counts {
	#counts = new Map<string, Map<string, number>>();

	add(what: string, id: string, count: number): void {
		const these = this.#counts.get(what) ?? new Map<string, number>();
		these.set(id, (these.get(id) ?? 0) + count);
		this.#counts.set(what, these);
	}
	of(what: string, id: string): number {
		return this.#counts.get(what)?.get(id) ?? 0;
	}
	all(what: string): { id: string; count: number }[] {
		return [...(this.#counts.get(what) ?? [])].map(([id, count]) => ({ id, count }));
	}
}

function countChoices(counts: Counts, { exchanges, ending }: Play<Told>, count: number): void {
	for (const { turn, option, offered, repair } of exchanges) {
		if (repair) {
			counts.add('repair', option.id, count);
			continue;
		}
		counts.add('turn', turn.id, count);
		counts.add('chosen', option.id, count);
		for (const { id } of offered) counts.add('offered', id, count);
		if (option.next === END) counts.add(`end of ${option.id}`, ending!.id, count);
	}
	counts.add('ending', ending!.id, count);
	for (const skill of skillsOf(exchanges).missed) counts.add('missed', skill, count);
}

/** At the start and after each choice; making up for a choice belongs to it. */
function metersOf({ start }: Told, exchanges: Exchange<Told>[]): Meters[] {
	const each: Meters[] = [start];
	for (const { repair, after } of exchanges)
		if (repair) each[each.length - 1] = after;
		else each.push(after);
	return each;
}

function turnsOf(vignette: Told, counts: Counts): TurnFigures[] {
	const depths = depthsOf(vignette);
	const turns = vignette.turns.map(({ id, says, options }): TurnFigures => ({
		id,
		depth: depths.get(id) ?? 0,
		says: says ?? null,
		reached: counts.of('turn', id),
		options: options.map((option) => {
			const chosen = counts.of('chosen', option.id);
			return {
				id: option.id,
				text: option.text,
				quality: option.quality,
				skill: option.skill,
				offered: counts.of('offered', option.id),
				chosen,
				next:
					option.next === END
						? counts.all(`end of ${option.id}`)
						: [{ id: option.next, count: chosen }],
				repair: option.repair
					? { text: option.repair.text, chosen: counts.of('repair', option.id) }
					: null,
			};
		}),
	}));
	return turns.sort((a, b) => a.depth - b.depth);
}

/** For each turn the most choices that lead to it. The course check refuses conversations that go in circles. */
function depthsOf({ opening, turns }: Told): Map<string, number> {
	const depths = new Map([[opening, 0]]);
	for (let round = 0; round < turns.length; round++)
		for (const { id, options } of turns)
			for (const { next } of options)
				if (next !== END && depths.has(id))
					depths.set(next, Math.max(depths.get(next) ?? 0, depths.get(id)! + 1));
	return depths;
}
