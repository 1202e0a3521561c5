import type { Component } from 'svelte';
import type { AnyType } from './contract.ts';

type View = Component<Record<string, unknown>>;

/** One script file for each type, fetched when a step needs it. */
const loaders: Record<string, () => Promise<{ type: unknown; View: unknown }>> = {
	ask: () => import('./ask/index.ts'),
	categorise: () => import('./categorise/index.ts'),
	choice: () => import('./choice/index.ts'),
	estimate: () => import('./estimate/index.ts'),
	match: () => import('./match/index.ts'),
	order: () => import('./order/index.ts'),
	rate: () => import('./rate/index.ts'),
	reflect: () => import('./reflect/index.ts'),
	rewrite: () => import('./rewrite/index.ts'),
	spot: () => import('./spot/index.ts'),
	vignette: () => import('./vignette/index.ts'),
};

const loaded = new Map<string, AnyType>();

/**
 * Fetches activity types. Afterwards `loadedType` has them.
 *
 * @returns their views, by type
 * @throws when one cannot be fetched; asking again then tries again
 */
export async function loadTypes(types: string[]): Promise<Record<string, View>> {
	const each = [...new Set(types)].map(async (name): Promise<[string, View]> => {
		const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
		if (!load) throw new Error(`There is no activity type "${name}"`);
		const { type, View } = await load();
		loaded.set(name, type as AnyType);
		return [name, View as View];
	});
	return Object.fromEntries(await Promise.all(each));
}

/** An activity type that was loaded. @throws when it was not */
export function loadedType(name: string): AnyType {
	const type = loaded.get(name);
	if (!type) throw new Error(`The activity type "${name}" is not loaded`);
	return type;
}

/** An activity type if it was loaded; how to count its responses among the rest. */
export function loadedRules(name: string): AnyType | undefined {
	return loaded.get(name);
}
