import { END } from '#lib/activities/vignette/terms.ts';
import type { Vignette } from '#lib/activities/vignette/schema.ts';

/** Shortest and longest way through a conversation, in choices; repairs are not counted. */
export function pathLengths({ turns, opening }: Vignette): { shortest: number; longest: number } {
	const known = new Map<string, { shortest: number; longest: number }>();
	const from = (id: string): { shortest: number; longest: number } => {
		if (id === END) return { shortest: 0, longest: 0 };
		const before = known.get(id);
		if (before) return before;
		const onward = [
			...new Set(turns.find((turn) => turn.id === id)?.options.map(({ next }) => next)),
		].map(from);
		const found = {
			shortest: 1 + Math.min(...onward.map((one) => one.shortest)),
			longest: 1 + Math.max(...onward.map((one) => one.longest)),
		};
		known.set(id, found);
		return found;
	};
	return from(opening);
}

export interface TurnShares {
	turn: string;
	strong: number;
	workable: number;
	costly: number;
}

/** How many options of each quality a turn offers. */
export function shares({ turns }: Vignette): TurnShares[] {
	return turns.map(({ id, options }) => {
		const count = (quality: string) => options.filter((one) => one.quality === quality).length;
		return {
			turn: id,
			strong: count('strong'),
			workable: count('workable'),
			costly: count('costly'),
		};
	});
}
