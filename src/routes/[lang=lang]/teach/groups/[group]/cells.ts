import { on } from 'svelte/events';
import type { Attachment } from 'svelte/attachments';

const MOVES: Record<string, [down: number, right: number]> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1],
};

/**
 * Makes the cells of a table's body (links with `data-row` and `data-column`) one Tab stop a row, from
 * where arrow keys lead to the others, and tells what the cell under hand or mouse means.
 *
 * @param say gets the cell's words; none when one is at no cell
 */
export function attended(say: (word: string) => void): Attachment<HTMLElement> {
	return (body) => {
		const tell = ({ target }: Event) => {
			const cell = (target as Element).closest<HTMLElement>('[data-row]');
			const name = cell?.closest('tr')?.querySelector('th a')?.textContent;
			say(cell ? `${name} · ${cell.querySelector('.visually-hidden')?.textContent}` : '');
		};
		const silence = () => say('');
		const ends = [
			on(body, 'focusin', tell),
			on(body, 'mouseover', tell),
			on(body, 'focusout', silence),
			on(body, 'mouseleave', silence),
			on(body, 'keydown', (event) => move(body, event)),
		];
		return () => ends.forEach((end) => end());
	};
}

function move(body: HTMLElement, event: KeyboardEvent): void {
	const by = MOVES[event.key];
	const { row, column } = (event.target as HTMLElement).dataset;
	if (!by || row === undefined) return;
	const there = body.querySelector<HTMLElement>(
		`[data-row="${Number(row) + by[0]}"][data-column="${Number(column) + by[1]}"]`,
	);
	if (!there) return;
	event.preventDefault();
	there.focus();
}
