import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import BeforeAfter from './BeforeAfter.svelte';
import Bars from './Bars.svelte';
import Lines from './Lines.svelte';

/*
 * Charts are drawn by the server only. They do not move, so a browser has no use for the library that
 * draws them: in one build with lesson pages its demands on Svelte's runtime alone cost those 2 KB.
 */

export const drawBars = (props: ComponentProps<typeof Bars>) =>
	drawn('bars', props, () => render(Bars, { props }).body);

export const drawLines = (props: ComponentProps<typeof Lines>) =>
	drawn('lines', props, () => render(Lines, { props }).body);

export const drawBeforeAfter = (props: ComponentProps<typeof BeforeAfter>) =>
	drawn('before and after', props, () => render(BeforeAfter, { props }).body);

/** Some kilobytes each. */
const MOST = 1_000;
/** What was drawn last, the latest at the end. */
const kept = new Map<string, string>();

/** The same figures make the same drawing, and a drawing takes milliseconds: it is kept for the next who asks. */
function drawn(what: string, props: object, draw: () => string): string {
	const key = what + JSON.stringify(props);
	// Without the comments by which a browser would bring it to life.
	const drawing = kept.get(key) ?? draw().replaceAll(/<!--.*?-->/g, '');
	kept.delete(key);
	kept.set(key, drawing);
	const [oldest] = kept.keys();
	if (kept.size > MOST) kept.delete(oldest!);
	return drawing;
}
