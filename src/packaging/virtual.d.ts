// What the Vite plugin in content.ts provides.
declare module 'virtual:package-course' {
	import type { Language } from '#lib/course/language.ts';
	import type { Course } from '#lib/course/model.ts';
	/** The course without facts and the words of its metaphors; of its activities only ids and types. */
	const course: Course;
	export default course;
	/** The languages of the package, at least one. */
	export const languages: Language[];
}

declare module 'virtual:package-lessons' {
	import type { Component } from 'svelte';
	import type { Localised } from '#lib/course/localise.ts';
	import type { Lesson } from '#lib/course/model.ts';
	import type { MetaphorProps } from '#lib/player/prose/context.ts';
	export interface LessonContent {
		lesson: Localised<Lesson>;
		prose: Component;
		metaphors: Record<
			string,
			{ props: MetaphorProps; picture: () => Promise<Component<MetaphorProps>> }
		>;
	}
	/** By `lesson/language`. */
	export const lessons: Record<string, () => Promise<LessonContent>>;
}
