import { play, type Play } from '../../src/lib/activities/vignette/engine.ts';
import type { Vignette } from '../../src/lib/activities/vignette/schema.ts';
import type { Activity } from '../../src/lib/course/model.ts';

/** How well to answer. */
export type Quality = 'right' | 'wrong';

interface Listed {
	id: string;
	right?: boolean;
	category?: string;
	hit?: boolean;
}
/** An activity as these helpers see it: every field that some type has. */
export interface AnyActivity extends Activity {
	select: 'one' | 'many';
	options: Listed[];
	categories: { id: string; label: unknown }[];
	items: Listed[];
	pairs: Listed[];
	targets: Listed[];
	checklist: Listed[];
	min: number;
	max: number;
	step: number;
	answer: number;
	tolerance: number;
}

/**
 * A response to an activity, derived from its definition: `right` earns all points, `wrong` does
 * not. Undefined for types that know no right or wrong.
 */
export function responseTo(activity: Activity, quality: Quality): unknown {
	const of = activity as AnyActivity;
	const right = quality === 'right';
	switch (activity.type) {
		case 'choice': {
			const wanted = of.options.filter((one) => Boolean(one.right) === right);
			return { options: ids(right && of.select === 'many' ? wanted : wanted.slice(0, 1)) };
		}
		case 'categorise':
			return {
				placed: Object.fromEntries(
					of.items.map(({ id, category }) => [
						id,
						right ? category : of.categories.find((one) => one.id !== category)!.id,
					]),
				),
			};
		case 'order':
			return { order: right ? ids(of.items) : ids(of.items).reverse() };
		case 'match': {
			const partners = ids(of.pairs);
			if (!right) partners.push(partners.shift()!);
			return { matched: Object.fromEntries(of.pairs.map(({ id }, at) => [id, partners[at]])) };
		}
		case 'estimate':
			return {
				value: right ? onScale(of) : of.answer - of.min > of.max - of.answer ? of.min : of.max,
			};
		case 'spot': {
			const wanted = of.targets.filter(({ hit }) => hit === right);
			return { marked: ids(wanted.length > 0 ? wanted : of.targets.slice(0, 1)) };
		}
		case 'vignette':
			return { path: pathThrough(activity as unknown as Vignette, quality) };
		default:
			return undefined;
	}
}

const ids = (list: Listed[]) => list.map(({ id }) => id);

/** The step on the line that is nearest to the answer. */
function onScale({ answer, min, step }: AnyActivity): number {
	return min + Math.round((answer - min) / step) * step;
}

/** A whole conversation, at each turn with the best or the worst option on offer. */
export function pathThrough(vignette: Vignette, quality: Quality): string[] {
	const order = ['strong', 'workable', 'costly'];
	if (quality === 'wrong') order.reverse();
	const path: string[] = [];
	for (;;) {
		const state = play(vignette, path) as Play<Vignette>;
		if (!state.turn) return path;
		const ranked = [...state.options].sort(
			(a, b) => order.indexOf(a.quality) - order.indexOf(b.quality),
		);
		path.push(ranked[0]!.id);
	}
}
