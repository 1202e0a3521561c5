import type { Component } from 'svelte';

type View = Component<Record<string, unknown>>;

/** One script file for each type, fetched when a step needs it. */
const loaders: Record<string, () => Promise<{ default: unknown }>> = {
	categorise: () => import('./categorise/View.svelte'),
	choice: () => import('./choice/View.svelte'),
	estimate: () => import('./estimate/View.svelte'),
	match: () => import('./match/View.svelte'),
	order: () => import('./order/View.svelte'),
	reflect: () => import('./reflect/View.svelte'),
	rewrite: () => import('./rewrite/View.svelte'),
	spot: () => import('./spot/View.svelte'),
	vignette: () => import('./vignette/View.svelte'),
};

/** The views of some activity types, by type. Rejects when one cannot be fetched. */
export async function loadViews(types: string[]): Promise<Record<string, View>> {
	const each = [...new Set(types)].map(async (type): Promise<[string, View]> => {
		const load = Object.hasOwn(loaders, type) ? loaders[type] : undefined;
		if (!load) throw new Error(`There is no activity type "${type}"`);
		return [type, (await load()).default as View];
	});
	return Object.fromEntries(await Promise.all(each));
}
