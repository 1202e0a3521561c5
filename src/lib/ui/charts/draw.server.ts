import type { Component, ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import BeforeAfter from './BeforeAfter.svelte';
import Bars from './Bars.svelte';
import Lines from './Lines.svelte';

/*
 * Charts are drawn by the server only. They do not move, so a browser has no use for the library that
 * draws them: in one build with lesson pages its demands on Svelte's runtime alone cost those 2 KB.
 */

export const drawBars = (props: ComponentProps<typeof Bars>) => draw(Bars, props);
export const drawLines = (props: ComponentProps<typeof Lines>) => draw(Lines, props);
export const drawBeforeAfter = (props: ComponentProps<typeof BeforeAfter>) =>
	draw(BeforeAfter, props);

/** Without the comments by which a browser would bring it to life. */
function draw<P extends Record<string, unknown>>(component: Component<P>, props: P): string {
	// Svelte's own type wants to know of slots, which these have not.
	const { body } = render(component as unknown as Component<Record<string, unknown>>, { props });
	return body.replaceAll(/<!--.*?-->/g, '');
}
