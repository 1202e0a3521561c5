import type { Vignette } from '#lib/activities/vignette/schema.ts';
import { END } from '#lib/activities/vignette/terms.ts';

const WIDTH = 150;
const HEIGHT = 34;
const GAP = { x: 24, y: 54 };

export interface Node {
	id: string;
	/** Turns on the longest way from the opening; a row of the drawing. */
	row: number;
	/** Centre, in pixels. */
	x: number;
	y: number;
}

/** Places the turns of a conversation row by row, so that every choice leads downwards. */
export function layOut({ turns, opening }: Vignette): Node[] {
	const rows = new Map<string, number>();
	const visit = (id: string, row: number) => {
		if ((rows.get(id) ?? -1) >= row) return;
		rows.set(id, row);
		for (const option of turns.find((turn) => turn.id === id)?.options ?? [])
			visit(option.next, row + 1);
	};
	visit(opening, 0);
	const byRow = Map.groupBy(rows, ([, row]) => row);
	const widest = Math.max(...[...byRow.values()].map((row) => row.length));
	return [...byRow].flatMap(([row, members]) =>
		members.map(([id], at) => ({
			id,
			row,
			x: ((at + 0.5) * widest * (WIDTH + GAP.x)) / members.length,
			y: row * (HEIGHT + GAP.y) + HEIGHT / 2 + 4,
		})),
	);
}

const STROKES = {
	strong: 'stroke="#2f6b3a" stroke-width="2.5"',
	workable: 'stroke="#8a5a00" stroke-width="2" stroke-dasharray="7 4"',
	costly: 'stroke="#7a2b5b" stroke-width="2" stroke-dasharray="2 4"',
};

/** A conversation as a drawing: boxes are turns, lines are options by their quality. */
export function drawGraph(
	vignette: Vignette,
	name: string,
	escape: (text: string) => string,
): string {
	const nodes = layOut(vignette);
	const at = new Map(nodes.map((node) => [node.id, node]));
	const width = Math.max(...nodes.map((node) => node.x)) + WIDTH / 2 + GAP.x;
	const height = Math.max(...nodes.map((node) => node.y)) + HEIGHT / 2 + 4;
	const lines = vignette.turns.flatMap((turn) =>
		turn.options.map((option, index) => {
			const [from, to] = [at.get(turn.id)!, at.get(option.next)!];
			const aside = (index - (turn.options.length - 1) / 2) * 22;
			const [y1, y2] = [from.y + HEIGHT / 2, to.y - HEIGHT / 2];
			const bend = (y2 - y1) / 2;
			return `<path d="M${from.x + aside} ${y1}C${from.x + aside} ${y1 + bend} ${to.x + aside} ${y2 - bend} ${to.x + aside} ${y2}" fill="none" ${STROKES[option.quality]}><title>${escape(`${option.id}: ${option.quality}`)}</title></path>`;
		}),
	);
	const boxes = nodes.map(
		({ id, x, y }) =>
			`<g><rect x="${x - WIDTH / 2}" y="${y - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="8" fill="${id === END ? '#e8efe9' : '#fffdf8'}" stroke="#555"/><text x="${x}" y="${y + 5}" text-anchor="middle" font-size="14">${escape(id)}</text></g>`,
	);
	return `<svg role="img" aria-label="${escape(name)}" viewBox="0 0 ${width} ${height}" width="${width}" style="max-width:100%;height:auto">${lines.join('')}${boxes.join('')}</svg>`;
}
