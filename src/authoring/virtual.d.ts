// What the Vite plugin in plugin.ts provides.
declare module 'virtual:courses' {
	import type { Course } from '#lib/course/model.ts';
	/** All courses, checked, in every language. Server and packages only: it holds the answers. */
	const courses: Course[];
	export default courses;
}

declare module 'virtual:course-prose' {
	import type { Component } from 'svelte';
	import type { MetaphorProps } from '#lib/player/prose/context.ts';
	/** `course/lesson/language` → the lesson's words. */
	export const prose: Record<string, () => Promise<{ default: Component }>>;
	/** `course/metaphor` → its picture. */
	export const metaphors: Record<string, () => Promise<{ default: Component<MetaphorProps> }>>;
}

declare module 'virtual:course-notes' {
	/** By `course/lesson/activity`, while developing only: for those who write the course. */
	const notes: Record<string, { place: string; says: string[] }>;
	export default notes;
}

declare module 'virtual:course-search' {
	/** By `course/language`: the search index as JSON. For the server, which hands it out. */
	const indexes: Record<string, string>;
	export default indexes;
}

declare module 'virtual:course-cards' {
	/** By `course/language`: the address of the pocket cards as PDF, where they were printed. */
	const cards: Record<string, string>;
	export default cards;
}
