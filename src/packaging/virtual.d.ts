// What the plugin in content.ts provides.
declare module 'virtual:package-lessons' {
	import type { Component } from 'svelte';
	import type { MetaphorProps } from '#lib/player/prose/context.ts';
	/** By `lesson/language`: the address of its `LessonData`, and its reading steps. */
	export const lessons: Record<
		string,
		{ data: string; prose: () => Promise<{ default: Component }> }
	>;
	/** By language: the address of the words of all metaphors, by id. */
	export const metaphors: Record<string, string>;
	/** By language: the address of what stands beside the lessons (`BesideData`). */
	export const beside: Record<string, string>;
	/** By language: the address of the final test with its answers; empty when the course has none. */
	export const finalTest: Record<string, string>;
	/** By language: the address of the search index. */
	export const search: Record<string, string>;
	/** By metaphor id. */
	export const pictures: Record<string, () => Promise<{ default: Component<MetaphorProps> }>>;
}
