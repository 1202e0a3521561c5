import type { VignetteFigures } from './vignettes.ts';

/** Where the parts of a conversation stand when it is drawn, in units of the drawing. */
export interface TreeLayout {
	width: number;
	height: number;
	turns: { id: string; n: number; x: number; y: number; reached: number }[];
	options: {
		id: string;
		label: string;
		quality: 'strong' | 'workable' | 'costly';
		x: number;
		y: number;
		chosen: number;
		repaired: number;
	}[];
	endings: { id: string; title: string; x: number; y: number; count: number }[];
	/** Lines from above to below; the thicker, the more people. */
	lines: { id: string; path: string; count: number; thickness: number }[];
}

const WIDTH = 720;
/** Between a turn and the next. */
const LAYER = 150;
/** From a turn down to its options. */
const DROP = 62;
const TOP = 24;
/** Half the height of a box and of an option. */
const BOX = 16;
const DOT = 15;
/** Of the thickest line, and of one that nobody went. */
const THICKEST = 12;
const THINNEST = 1;

/** Option a, b, c. */
export function letterOf(at: number): string {
	return String.fromCharCode(97 + at);
}

/** A layer for each depth, its turns side by side with their options below them, the endings last. */
export function treeLayout({ played, turns, endings }: VignetteFigures): TreeLayout {
	const depths = [...new Set(turns.map(({ depth }) => depth))].sort((a, b) => a - b);
	const layers = depths.map((depth) => turns.filter((turn) => turn.depth === depth));
	const bottom = TOP + layers.length * LAYER;
	const layout: TreeLayout = {
		width: WIDTH,
		height: bottom + 2 * BOX + 10,
		turns: [],
		options: [],
		endings: endings.map(({ id, title, count }, at) => ({
			id,
			title,
			count,
			...{ x: across(at, endings.length), y: bottom },
		})),
		lines: [],
	};
	const places = new Map<string, { x: number; y: number }>(
		layout.endings.map(({ id, x, y }) => [id, { x, y }]),
	);
	for (const [depth, layer] of layers.entries())
		for (const [at, { id, reached }] of layer.entries()) {
			const place = { x: across(at, layer.length), y: TOP + depth * LAYER };
			places.set(id, place);
			const n = turns.findIndex((turn) => turn.id === id) + 1;
			layout.turns.push({ id, n, ...place, reached });
		}
	for (const turn of turns) {
		const from = places.get(turn.id)!;
		const side = layers.find((layer) => layer.includes(turn))!.length;
		const gap = Math.min(150, WIDTH / side / turn.options.length);
		const { n } = layout.turns.find(({ id }) => id === turn.id)!;
		for (const [at, option] of turn.options.entries()) {
			const x = from.x + (at - (turn.options.length - 1) / 2) * gap;
			const place = { x, y: from.y + DROP };
			const { id, quality, chosen, repair } = option;
			const label = `${n}${letterOf(at)}`;
			layout.options.push({ id, label, quality, ...place, chosen, repaired: repair?.chosen ?? 0 });
			layout.lines.push(line(`to ${id}`, from, BOX, place, DOT, chosen, played));
			for (const next of option.next) {
				const to = places.get(next.id);
				const key = `${id} to ${next.id}`;
				if (to) layout.lines.push(line(key, place, DOT, to, BOX, next.count, played));
			}
		}
	}
	return layout;
}

function across(at: number, of: number): number {
	return (WIDTH * (at + 0.5)) / of;
}

function line(
	id: string,
	from: { x: number; y: number },
	below: number,
	to: { x: number; y: number },
	above: number,
	count: number,
	of: number,
) {
	const [start, end] = [from.y + below, to.y - above];
	const middle = (start + end) / 2;
	return {
		id,
		path: `M${from.x} ${start}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${end}`,
		count,
		thickness: of === 0 ? THINNEST : THINNEST + ((THICKEST - THINNEST) * count) / of,
	};
}
